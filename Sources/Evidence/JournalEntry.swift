import Foundation

/// One line of the journal, one JSON object; `kind` says which.
enum JournalEntry: Codable, Hashable {
  case run(RunRecord)
  case exchange(Exchange)
  case end(RunEnd)
  /// The line before is a stump: a run was cut off while it wrote.
  case cut(Cut)

  struct RunEnd: Codable, Hashable {
    var run: String
    var complete: Bool
    /// How many exchanges the run wrote: lines taken out at the end are missed too.
    var exchanges: Int
    /// The month the run decided on; absent when it did not come so far.
    var period: String?
  }

  struct Cut: Codable, Hashable {
    /// Length of the stump.
    var bytes: Int
  }

  struct UnknownKind: Error {
    let kind: String
  }

  private enum CodingKeys: String, CodingKey { case kind }

  init(from decoder: any Decoder) throws {
    switch try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .kind) {
    case "run": self = .run(try RunRecord(from: decoder))
    case "exchange": self = .exchange(try Exchange(from: decoder))
    case "end": self = .end(try RunEnd(from: decoder))
    case "cut": self = .cut(try Cut(from: decoder))
    case let kind: throw UnknownKind(kind: kind)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .run(let run):
      try container.encode("run", forKey: .kind)
      try run.encode(to: encoder)
    case .exchange(let exchange):
      try container.encode("exchange", forKey: .kind)
      try exchange.encode(to: encoder)
    case .end(let end):
      try container.encode("end", forKey: .kind)
      try end.encode(to: encoder)
    case .cut(let cut):
      try container.encode("cut", forKey: .kind)
      try cut.encode(to: encoder)
    }
  }
}

extension JournalEntry {
  /// The line with its line feed; members sorted, so that equal entries are equal bytes.
  func line() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try Array(encoder.encode(self)) + [0x0a]
  }

  /// Reads a line, or says in a few words why it cannot be read.
  static func reading(_ line: ArraySlice<UInt8>, with decoder: JSONDecoder = JSONDecoder()) -> Reading {
    guard !line.isEmpty else { return .broken("it is empty") }
    do {
      let entry = try decoder.decode(JournalEntry.self, from: Data(line))
      if case .exchange(let exchange) = entry, let contradiction = exchange.contradiction {
        return .broken(contradiction)
      }
      return .entry(entry)
    } catch let error as UnknownKind {
      return .unknown(error.kind)
    } catch DecodingError.keyNotFound(let key, _) {
      return .broken("“\(key.stringValue)” is absent")
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return .broken(path.isEmpty ? "it is no JSON object" : "“\(path)” has another type than it should")
    } catch {
      return .broken("it is no JSON")
    }
  }

  /// Whether a stump may be the beginning of the line that begins a run: its members are sorted, so it begins like this.
  static func mayBeRun(_ stump: ArraySlice<UInt8>) -> Bool {
    let beginning = Array(#"{"apiURL":"#.utf8)
    return stump.starts(with: beginning) || beginning.starts(with: stump)
  }

  enum Reading {
    case entry(JournalEntry)
    case unknown(String)
    case broken(String)
  }
}
