/// A list of markets, by the codes of ISO 3166.
public struct Markets: Hashable, Sendable {
  public let facts: [Fact]
  private let places: [String: [Int]]

  /// One place of a list.
  public struct Fact: Hashable, Sendable {
    /// ISO 3166-1 alpha-2, in capitals.
    public let code: String
    /// In English.
    public let name: String
    /// What is worth knowing about the code; empty where there is nothing.
    public let note: String

    init(_ code: String, _ name: String, note: String = "") {
      self.code = code
      self.name = name
      self.note = note
    }
  }

  init(_ facts: [Fact]) {
    self.facts = facts
    places = Dictionary(grouping: facts.indices) { facts[$0].code }
  }

  /// Whether a country is on the list, by its code in any case.
  public func contains(_ country: String) -> Bool { places[Self.key(country)] != nil }

  /// The country's name, or the names of all places under its code; `nil` for a country that is not on the list.
  public func name(of country: String) -> String? {
    places[Self.key(country)].map { $0.map { facts[$0].name }.joined(separator: ", ") }
  }

  /// Each code once, in alphabetical order.
  public var codes: [String] { places.keys.sorted() }

  private static func key(_ country: String) -> String { country.trimmed.uppercased() }
}
