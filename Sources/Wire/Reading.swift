/// One body being read: where it is, and what was remarkable so far.
final class Reading {
  let tape: Tape
  /// The item being read, zero-based, when the body is a collection.
  var item: Int?
  var notes = DecodingNotes()

  init(_ body: [UInt8], as subject: Subject) throws(WireError) {
    tape = try Tape.read(body, as: subject)
    for repair in tape.repairs { notes.repairs[repair, default: 0] += 1 }
  }

  func decoded<Value: Sendable>(_ value: Value) -> Decoded<Value> { Decoded(value: value, notes: notes) }

  func error(_ problem: WireError.Problem, member: String? = nil, at value: JSONValue? = nil) -> WireError {
    WireError(problem, subject: tape.subject, item: item, member: member, offset: value?.range.lowerBound)
  }

  /// Reads every item of a collection.
  func items<Value: Sendable>(
    _ read: (JSONValue, Reading) throws(WireError) -> Value
  ) throws(WireError) -> Decoded<[Value]> {
    let list = try tape.items()
    var values: [Value] = []
    values.reserveCapacity(list.count)
    for value in list.elements {
      item = values.count
      values.append(try read(value, self))
    }
    return decoded(values)
  }

  func one<Value: Sendable>(
    _ read: (JSONValue, Reading) throws(WireError) -> Value
  ) throws(WireError) -> Decoded<Value> {
    decoded(try read(tape.root, self))
  }
}
