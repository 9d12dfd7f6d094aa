import Synchronization

/// The service as it is now; an invoice that is issued again puts another one in its place.
final class Serving: Sendable {
  private let service: Mutex<Service>

  init(_ service: Service) {
    self.service = Mutex(service)
  }

  var now: Service { service.withLock { $0 } }

  func reissue(_ invoice: String, by amount: String) {
    service.withLock { $0.index = WorldIndex($0.index.world.reissuing(invoice, by: amount)) }
  }
}

extension ServedWorld {
  /// The world after an invoice was issued again, with a total and a last line that are so much dearer.
  ///
  /// The lines stand one place further on and the last one comes first, so pages of before and after overlap.
  func reissuing(_ invoice: String, by amount: String) -> ServedWorld {
    var world = self
    world.invoices = invoices.map { document in
      Document(id: document.id, json: document.json.reissuing(invoice, by: amount))
    }
    let sets = lines.keys.filter { $0.invoice.lowercased() == invoice.lowercased() }
      .sorted { ($0.lineItemType, $0.provider) < ($1.lineItemType, $1.provider) }
    let dearer = sets.first { $0.lineItemType == "billinglineitems" && lines[$0]?.isEmpty == false }
    for set in sets {
      guard var moved = lines[set], let last = moved.popLast() else { continue }
      moved.insert(last, at: 0)
      if set == dearer, let line = moved.indices.last { moved[line] = moved[line].adding(amount, to: Self.totals) }
      world.lines[set] = moved
    }
    return world
  }

  /// What a dearer line prints otherwise, whichever of contract §9.4, 9.5 and 9.7 it is.
  private static let totals = ["amount", "subtotal", "totalForCustomer", "pretaxCharges", "postTaxTotal"]
}

extension String {
  /// An invoice with another total, where it is the one meant or one of its amendments is.
  fileprivate func reissuing(_ id: String, by amount: String) -> String {
    guard var invoice = SpeltObject(self) else { return self }
    if RawJSON(self)["id"]?.string?.lowercased() == id.lowercased() { return adding(amount, to: ["totalCharges"]) }
    guard let amendments = invoice["amendments"], amendments.lowercased().contains(id.lowercased()) else { return self }
    invoice["amendments"] = World.array(
      RawJSON(amendments).elements.map { String($0.text).reissuing(id, by: amount) })
    return invoice.text
  }

  /// An object with an amount added to some of its members, printed as a number or as text as before.
  fileprivate func adding(_ amount: String, to names: [String]) -> String {
    guard var object = SpeltObject(self), let amount = World.Exact(amount) else { return self }
    for name in names {
      guard let literal = object[name], let value = World.Exact(literal.filter { !$0.isWhitespace && $0 != "\"" })
      else { continue }
      let sum = (value + amount).text
      object[name] = literal.contains("\"") ? RawJSON.quoted(sum) : sum
    }
    return object.text
  }
}

extension World.Exact {
  /// Reads plain decimal text such as `-12.50`; nil for anything else.
  init?(_ text: String) {
    let isNegative = text.hasPrefix("-")
    let halves = text.drop { $0 == "-" }.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = halves.count > 1 ? halves[1] : ""
    guard let whole = halves.first, !whole.isEmpty, let digits = Int128(String(whole + fraction)) else { return nil }
    self.init(mantissa: isNegative ? -digits : digits, scale: fraction.utf8.count)
  }
}
