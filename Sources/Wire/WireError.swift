import Billing
import CSimdjson

/// Why a body cannot be read: what is wrong, where, and what helps.
public struct WireError: Error, Hashable, Sendable {
  let problem: Problem
  let subject: Subject
  /// Zero-based, among the items of a collection.
  let item: Int?
  /// The member's documented name, where one is to blame.
  public let member: String?
  /// Counted from the first byte of the body.
  public let offset: Int?

  /// Whether the text is not whole JSON: then asking again may help, otherwise the same would come again.
  public var isBrokenText: Bool {
    if case .broken = problem { true } else { false }
  }

  enum Problem: Hashable, Sendable {
    case broken(Flaw)
    case wrongType(found: String, expected: String)
    case unreadable(text: String, expected: String)
    case missing
    case noSuchItem(index: Int, count: Int)
  }

  /// How a text fails to be JSON.
  enum Flaw: Hashable, Sendable {
    case empty, truncated, unexpected, trailing, number, escape, controlCharacter, encoding, tooDeep, tooLarge, memory
  }

  init(_ problem: Problem, subject: Subject, item: Int? = nil, member: String? = nil, offset: Int? = nil) {
    self.problem = problem
    self.subject = subject
    self.item = item
    self.member = member
    self.offset = offset
  }
}

/// Which body is read, in the words of whoever asked for it.
enum Subject: Hashable, Sendable {
  case answer
  case resource(String)
  case lines(InvoiceID, LineSet, page: Int)

  /// `Line G000024135/onetime-billing/0/17`, or `Invoices, item 3`.
  func place(item: Int?) -> String {
    switch self {
    case .answer: item.map { "The answer, item \($0 + 1)" } ?? "The answer"
    case .resource(let name): item.map { "\(name), item \($0 + 1)" } ?? name
    case .lines(let invoice, let set, let page):
      item.map { "Line \(LinePosition(invoice: invoice, set: set, page: page, index: $0))" }
        ?? "Page \(invoice)/\(set)/\(page)"
    }
  }
}

extension WireError: CustomStringConvertible {
  public var description: String {
    let place = subject.place(item: item)
    let name = member.map { "member “\($0)”" } ?? "the value"
    let byte = offset.map { " (byte \($0))" } ?? ""
    switch problem {
    case .broken(let flaw):
      return "\(place): \(flaw)\(byte). Ask the service again; if it answers the same, report the archived body to it."
    case .wrongType(let found, let expected):
      return "\(place): \(name) is \(found) where \(expected) belongs\(byte). \(Self.changed)"
    case .unreadable(let text, let expected):
      return "\(place): \(name) says “\(text)”, which is not \(expected)\(byte). \(Self.changed)"
    case .missing:
      return "\(place): \(name) is missing\(byte). \(Self.changed)"
    case .noSuchItem(let index, let count):
      return
        "\(place): there is no item \(index + 1), only \(count). Check that the body is the one the line came from."
    }
  }

  private static var changed: String {
    "The service may have changed its data: look at the archived body, and look for a newer version of this program."
  }
}

extension WireError.Flaw: CustomStringConvertible {
  init(_ kind: JSONFlawKind) {
    self =
      switch kind {
      case .empty: .empty
      case .truncated: .truncated
      case .trailing: .trailing
      case .number: .number
      case .escape: .escape
      case .controlCharacter: .controlCharacter
      case .UTF8: .encoding
      case .tooDeep: .tooDeep
      case .tooLarge: .tooLarge
      case .memory: .memory
      case .unexpected, .none: .unexpected
      }
  }

  var description: String {
    switch self {
    case .empty: "the body is empty where JSON was expected"
    case .truncated: "the JSON text was cut off"
    case .unexpected: "the text is not JSON from here on"
    case .trailing: "something follows after the end of the JSON document"
    case .number: "a number is not written the way JSON writes numbers"
    case .escape: "a string has an escape that JSON does not know"
    case .controlCharacter: "a string has a bare control character"
    case .encoding: "the text is not valid UTF-8"
    case .tooDeep: "the JSON text nests more than 128 deep"
    case .tooLarge: "the JSON text is larger than four gigabytes"
    case .memory: "there is not enough memory to read the JSON text"
    }
  }
}
