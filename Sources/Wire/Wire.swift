/// The service's JSON bodies, read into the nouns of billing.
///
/// Every function reads the whole body, members that nobody needs too: a body that is broken anywhere is refused as a
/// whole, because what was lost cannot be known.
public enum Wire {
  /// Makes sure that a body is one whole JSON document.
  public static func validate(_ body: [UInt8]) throws(WireError) {
    _ = try Tape.read(body, as: .answer)
  }

  /// The raw JSON text of one item of a collection, as it came.
  public static func item(_ body: [UInt8], at index: Int) throws(WireError) -> [UInt8] {
    let items = try Tape.read(body, as: .answer).items()
    for (position, item) in items.elements.enumerated() where position == index {
      return Array(body[item.range])
    }
    throw WireError(.noSuchItem(index: index, count: items.count), subject: .answer, offset: items.range.lowerBound)
  }
}

/// What was read, and what was remarkable about reading it.
public struct Decoded<Value: Sendable>: Sendable {
  public var value: Value
  public var notes: DecodingNotes

  public init(value: Value, notes: DecodingNotes) {
    self.value = value
    self.notes = notes
  }
}
