import Billing
import CSimdjson

extension Record {
  /// A text; numbers and truth values count as their text, because ids come as either.
  func text(_ member: Member) -> String? {
    guard let value = find(member) else { return nil }
    switch value.kind {
    case .string, .number: return value.text
    case .true: return "true"
    case .false: return "false"
    case .object, .array, .null:
      noteWrongType(member)
      return nil
    }
  }

  /// The text of the member, or of its older name; "" when there is none.
  func words(_ member: Member, or alias: Member? = nil) -> String {
    text(member) ?? alias.flatMap { text($0) } ?? ""
  }

  func id<Kind>(_ member: Member, or alias: Member? = nil) -> Identifier<Kind>? {
    text(member).flatMap { Identifier($0) } ?? alias.flatMap { id($0) }
  }

  func currency(_ member: Member) -> Currency? {
    guard let text = text(member) else { return nil }
    guard let currency = Currency(text) else {
      noteWrongType(member)
      return nil
    }
    return currency
  }

  func flag(_ member: Member) -> Bool? {
    guard let text = text(member) else { return nil }
    switch text.lowercased() {
    case "true": return true
    case "false": return false
    default:
      noteWrongType(member)
      return nil
    }
  }

  /// A whole number, or a text of digits.
  func whole(_ member: Member) -> Int? {
    guard let text = text(member) else { return nil }
    guard let number = Int(text) ?? (try? Amount(text))?.whole else {
      noteWrongType(member)
      return nil
    }
    return number
  }

  func object(_ member: Member) -> JSONValue? { container(member, .object) }
  func list(_ member: Member) -> JSONValue? { container(member, .array) }

  /// What a list holds; nothing where there is none.
  func elements(_ member: Member) -> [JSONValue] { list(member).map { Array($0.elements) } ?? [] }

  private func container(_ member: Member, _ kind: JSONKind) -> JSONValue? {
    guard let value = find(member) else { return nil }
    guard value.kind == kind else {
      noteWrongType(member)
      return nil
    }
    return value
  }
}

extension Record {
  /// A list of texts; a single text counts as a list of one.
  func texts(_ member: Member) -> [String] {
    guard let value = find(member) else { return [] }
    switch value.kind {
    case .array: return value.elements.filter { $0.kind == .string && $0.token.textLength > 0 }.map(\.text)
    case .string: return [value.text]
    default:
      noteWrongType(member)
      return []
    }
  }
}
