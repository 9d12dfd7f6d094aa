import Billing
import CSimdjson

extension Record {
  /// A price, a quantity or a rate, as printed: a number or a text that is one (contract §4).
  func amount(_ member: Member) throws(WireError) -> Amount? {
    guard let value = find(member) else { return nil }
    guard value.kind == .number || value.kind == .string else {
      throw reading.error(
        .wrongType(found: value.kind.phrase, expected: "an amount"), member: "\(member)", at: value)
    }
    do {
      return try Amount(value.text)
    } catch {
      let text = String(value.text.prefix(60))
      let expected =
        switch error {
        case .notANumber: "an amount"
        case .tooManyDigits: "an amount of at most 38 digits"
        }
      throw reading.error(.unreadable(text: text, expected: expected), member: "\(member)", at: value)
    }
  }

  /// A sum of money of a document or a line: what binary arithmetic printed as 17.219999999999999 is 17.22.
  ///
  /// One that is too long to be added to others counts as not printed: it is the mismatch of its line and must not stop the
  /// sums of all the rest.
  func money(_ member: Member, or alias: Member? = nil) throws(WireError) -> Amount? {
    guard let printed = try amount(member) else {
      guard let alias else { return nil }
      return try money(alias)
    }
    guard printed.canBeAdded else {
      reading.notes.wrongTypes["\(Member.resource).\(member) too long for a sum of money", default: 0] += 1
      return nil
    }
    let meant = printed.withoutBinaryArtefact
    if meant != printed {
      reading.notes.repairs["binary artefact read as the short decimal it stands for", default: 0] += 1
    }
    return meant
  }
}

extension Amount {
  /// At most 13 digits before the point and 24 after it: no documented amount has more, and sums of them fit.
  fileprivate var canBeAdded: Bool { fractionDigits <= 24 && magnitude < Amount(10_000_000_000_000) }
}

extension Record {
  /// A date; what cannot be read counts as absent, because one bad date must not cost a page (contract §14).
  func instant(_ member: Member) -> Instant? {
    guard let value = find(member) else { return nil }
    guard value.kind == .string else {
      noteWrongType(member)
      return nil
    }
    switch Instant.reading(value.text) {
    case .absent: return nil
    case .instant(let instant): return instant
    case .unreadable:
      reading.notes.unreadableDates["\(Member.resource).\(member)", default: 0] += 1
      return nil
    }
  }

  func day(_ member: Member) -> Day? { instant(member)?.day }
}
