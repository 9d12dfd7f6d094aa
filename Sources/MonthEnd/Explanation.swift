import Billing
import Evidence
import Reconciliation
import Store
import Wire

extension MonthEnd {
  /// Tells the story of a mismatch: the chain from the balance down to its lines, and the raw JSON behind it with the
  /// archive's digest.
  ///
  /// - Throws: `Stop.noSuchMismatch` for an id that the last run did not find.
  public func explain(mismatch id: String) throws -> [String] {
    let ledger = try Ledger(path: settings.database, createsFile: false)
    guard let findings = try ledger.findings() else { throw Stop.nothingTied(database: settings.database) }
    guard let mismatch = findings.mismatches.first(where: { $0.id.lowercased() == id.lowercased() }) else {
      throw Stop.noSuchMismatch(id)
    }
    let explanation = Explanation(
      ledger: ledger, archive: try? Archive(reading: settings.archive), findings: findings)
    return try explanation.lines(of: mismatch)
  }
}

/// Walks from a mismatch to everything it rests on.
struct Explanation {
  /// More lines of one cause than this are counted, not shown.
  static let linesShownMax = 20

  let ledger: Ledger
  let archive: Archive?
  let findings: Findings

  func lines(of mismatch: Mismatch) throws -> [String] {
    var text = head(of: mismatch)
    if let parent = mismatch.parent.flatMap({ id in findings.mismatches.first { $0.id == id } }) {
      text += ["", "It is a consequence of \(parent.id) (\(parent.rule.rawValue)): \(parent.cause)"]
    }
    let consequences = findings.consequences(of: mismatch.id)
    if !consequences.isEmpty {
      text += ["", "Consequences:"]
      text += consequences.map { "  \($0.id) \($0.rule.rawValue): \($0.cause)" }
    }
    text += ["", "The chain:"]
    text += chain(of: mismatch)
    text += try documents(of: mismatch)
    for position in mismatch.positions.prefix(Self.linesShownMax) { text += try line(at: position) }
    if mismatch.positions.count > Self.linesShownMax {
      text.append("… and \(mismatch.positions.count - Self.linesShownMax) lines more.")
    }
    if let customer = mismatch.subject.customer {
      text += try commerce(of: customer, mismatch: mismatch)
      text += try purchases(of: customer, behind: mismatch)
    }
    return text
  }

  private func head(of mismatch: Mismatch) -> [String] {
    let digits = mismatch.currency.fractionDigits
    func printed(_ amount: Amount?) -> String {
      amount.map { "\($0.formatted(fractionDigitsMin: digits)) \(mismatch.currency)" } ?? "unknown"
    }
    let code = mismatch.mCode.isEmpty ? "" : " (\(mismatch.mCode))"
    return [
      "\(mismatch.id): \(mismatch.rule.rawValue)\(code), \(mismatch.state.rawValue)", mismatch.cause,
      "expected \(printed(mismatch.expected)), actual \(printed(mismatch.actual)), "
        + "difference \(printed(mismatch.difference))"
        + (mismatch.count > 1 ? ", \(mismatch.count) findings of one cause" : ""),
    ]
  }

  /// Balance → invoice, as far as the mismatch is about them.
  private func chain(of mismatch: Mismatch) -> [String] {
    var text: [String] = []
    for balance in findings.balances where balance.currency == mismatch.currency {
      text.append(
        "  balance \(balance.currency): \(balance.balance?.description ?? "unknown"), of its parts "
          + "\(balance.details?.description ?? "unknown"), open documents "
          + "\(balance.openDocuments?.description ?? "unknown")")
    }
    let invoices = Set(mismatch.positions.map(\.invoice) + [mismatch.subject.invoice].compactMap { $0 })
    for verdict in findings.invoices where invoices.contains(verdict.document.id) {
      let document = verdict.document
      text.append(
        "  \(document.documentType) \(document.id) of \(document.date.day), filed under \(document.month): "
          + "\(document.totalCharges) \(document.currency), lines \(verdict.lines.total) (\(verdict.lines.count))"
          + (verdict.taxOnTotal.map { ", tax on the total \($0)" } ?? "")
          + ", residual \(verdict.residual?.description ?? "unknown"): \(verdict.explanation)")
    }
    return text.isEmpty ? ["  no balance or invoice is concerned"] : text
  }

  private func line(at position: LinePosition) throws -> [String] {
    guard let charge = try ledger.charge(at: position) else { return ["", "Line \(position) is not in the database."] }
    var text = [
      "",
      "Line \(position): \(charge.chargeType) \(charge.productName), \(charge.category.rawValue), "
        + "\(charge.flow.rawValue)",
    ]
    if let tie = try ledger.tie(at: position) {
      text.append(
        "  \(tie.outcome.rawValue)" + (tie.matchedBy.isEmpty ? "" : ", matched by \(tie.matchedBy)")
          + (tie.order.map { ", order \($0)" } ?? "") + (tie.orderLine.map { " line \($0)" } ?? "")
          + (tie.subscription.map { ", subscription \($0)" } ?? "")
          + (tie.formula.isEmpty ? "" : ", amount by: \(tie.formula)"))
      text += tie.notes.map { "  note: \($0)" }
    }
    guard let sha256 = try ledger.body(of: position) else { return text }
    text.append("  from body \(sha256), item \(position.index):")
    return text + raw(sha256, item: position.index)
  }

  /// What the service printed of the invoice, or of the balance, when that is what does not tie.
  private func documents(of mismatch: Mismatch) throws -> [String] {
    switch mismatch.rule.scope {
    case .invoice:
      guard let invoice = mismatch.subject.invoice else { return [] }
      return try raw(
        "invoice", where: { body in try Wire.invoice(body).value.flattened.contains { $0.id == invoice } ? 0 : nil })
    case .partner:
      return try raw(
        "summaries", where: { body in try Wire.summaries(body).value.firstIndex { $0.currency == mismatch.currency } })
    case .line, .event, .customer: return []
    }
  }

  /// The raw JSON of the first item that a question finds among the bodies of an endpoint.
  func raw(
    _ endpoint: String, customer: CustomerID? = nil, where place: ([UInt8]) throws -> Int?
  ) throws -> [String] {
    guard let archive else { return [Self.noArchive] }
    for reference in try ledger.bodies(endpoint: endpoint, customer: customer?.key) {
      guard let body = try? archive.body(sha256: reference.sha256), let item = try place(body) else { continue }
      let text = (try? Wire.item(body, at: item)) ?? body
      return ["  from body \(reference.sha256):", "  " + String(decoding: text, as: UTF8.self)]
    }
    return []
  }

  private static let noArchive = "  (the archive is not at hand; name it with --archive)"

  private func raw(_ sha256: String, item: Int) -> [String] {
    guard let archive else { return [Self.noArchive] }
    do {
      let body = try archive.body(sha256: sha256)
      // A file of an export has no list around its lines.
      let text = try GzipReader.isFile(body) ? GzipReader.line(item, of: body) : Wire.item(body, at: item)
      return ["  " + String(decoding: text, as: UTF8.self)]
    } catch {
      return ["  (\(error))"]
    }
  }

  /// Orders and subscriptions the mismatch names, with what the service printed of them.
  private func commerce(of customer: CustomerID, mismatch: Mismatch) throws -> [String] {
    let partition = try ledger.partition(of: customer)
    let subject = mismatch.subject
    var text: [String] = []
    for order in partition.orders
    where subject.order == order.id || subject.order.map({ $0 == order.alternateID }) == true {
      text += ["", "Order \(order.id) of \(order.created?.description ?? "an unknown day"), \(order.status):"]
      text += order.lines.map {
        "  line \($0.number): \($0.quantity) × \($0.name) (\($0.offer)), price \($0.price?.description ?? "unknown")"
      }
      text += try raw("orders", customer: customer) { try Wire.orders($0).value.firstIndex { $0.id == order.id } }
    }
    for subscription in partition.subscriptions where subscription.id == subject.subscription {
      text += [
        "",
        "Subscription \(subscription.id): \(subscription.name), \(subscription.quantity?.description ?? "unknown") × "
          + "\(subscription.offer), \(subscription.status)",
      ]
      text += try raw("subscriptions", customer: customer) { body in
        try Wire.subscriptions(body, customer: customer).value.firstIndex { $0.id == subscription.id }
      }
    }
    if mismatch.rule == .entitlementMissing || mismatch.rule == .quantityEntitled {
      text += ["", "What \(partition.customerName) is entitled to:"]
      text += partition.entitlements.map { entitlement in
        "  \(entitlement.quantity?.description ?? "unknown") × \(entitlement.product?.printed ?? "")"
          + ":\(entitlement.sku?.printed ?? "") by order \(entitlement.referenceOrder?.printed ?? "unknown")"
          + entitlement.reservations.map { ", reservation \($0.order): \($0.quantity?.description ?? "unknown")" }
          .joined()
      }
      for body in try ledger.bodies(endpoint: "entitlements", customer: customer.key) {
        text.append("  from body \(body.sha256)")
      }
    }
    return text
  }
}
