/// What one export is about.
struct ExportDataset: Hashable, Sendable {
  enum Kind: String, Sendable { case usage, reconciliation }

  enum Scope: Hashable, Sendable {
    case invoice(String)
    /// The currency in capitals.
    case unbilled(currency: String, isCurrent: Bool)
  }

  var kind: Kind
  var scope: Scope
  /// The short list of columns.
  var isBasic: Bool
  /// Of Graph, not of the v2 beta.
  var isGraph: Bool

  var fragment: String { isBasic ? "basic" : "full" }

  /// What is one text in both generations and both fragments: the data, not its dress.
  var key: String {
    switch scope {
    case .invoice(let id): "\(kind.rawValue)/invoice/\(id.lowercased())"
    case .unbilled(let currency, let isCurrent):
      "\(kind.rawValue)/unbilled/\(currency)/\(isCurrent ? "current" : "last")"
    }
  }

  /// The earliest month each generation has: contract §11.1.
  var earliest: World.Month { isGraph ? "2023-09" : "2022-09" }

  var lineItemType: String { kind == .usage ? "usagelineitems" : "billinglineitems" }
}

extension Service {
  /// The month a dataset is about: for an invoice the one before its date.
  func month(of dataset: ExportDataset) -> World.Month {
    let today = World.Instant(seconds: now).day
    switch dataset.scope {
    case .unbilled(_, let isCurrent): return World.Month(today.firstOfMonth(adding: isCurrent ? 0 : -1))
    case .invoice(let id):
      let date = anyDocument(id).flatMap { RawJSON($0.json)["invoiceDate"]?.string?.prefix(7) }
      let issued = date.flatMap { World.Month(String($0)) }?.firstDay ?? today
      return World.Month(issued.firstOfMonth(adding: -1))
    }
  }

  /// The lines of a dataset as the synchronous interface prints them, or would print them if it still did.
  func lines(of dataset: ExportDataset) -> [String] {
    guard dataset.earliest.firstDay <= month(of: dataset).firstDay else { return [] }
    switch dataset.scope {
    case .invoice(let id):
      guard let document = anyDocument(id) else { return [] }
      return anyLines(.init(invoice: document.id, provider: "onetime", lineItemType: dataset.lineItemType))
    case .unbilled(let currency, let isCurrent):
      let currency = currency.lowercased()
      let estimate = Estimate(index: index, currency: currency, isCurrent: isCurrent)
      return dataset.kind == .usage
        ? estimate.usage(upTo: World.Instant(seconds: now).day)
        : estimate.charges + waitingLines(currency, isCurrent ? "current" : "previous")
    }
  }
}
