extension Service {
  /// What is not Partner Center itself: exports of both generations, their storage, price sheets; nil for the rest.
  ///
  /// Each of them has tokens, errors and paths of its own.
  func answer(outsidePartnerCenter call: Call, _ signIn: SignIn) throws(Refusal) -> Answer? {
    let words = call.path.map { $0.lowercased() }
    guard words.count > 1 else { return nil }
    switch (words[0], words[1]) {
    case ("storage", _): return try blob(call)
    case ("v1.0", "reports"), ("beta", "reports"):
      _ = try signIn.kindInShapeD(of: call, for: .graph)
      return try graph(words, call)
    case ("v1.0", "sales"):
      let kind = try signIn.kindInShapeD(of: call, for: .partnerCenter)
      return try sales(call, kind)
    case ("v1", "unbilledusage"), ("v1", "billedusage"), ("v1", "billingoperations"), ("v1", "billingmanifests"):
      _ = try signIn.kind(of: call.headers["authorization"])
      return try v2(call, Array(words.dropFirst()))
    default: return nil
    }
  }

  // MARK: Microsoft Graph

  /// `/{v1.0|beta}/reports/partners/billing/…`: contract §11.1.
  private func graph(_ words: [String], _ call: Call) throws(Refusal) -> Answer {
    guard words.count > 4, words[1...3] == ["reports", "partners", "billing"] else { throw .shapeDNotFound("The path") }
    switch (call.method, words[4...].joined(separator: "/")) {
    case ("POST", "usage/unbilled/export"): return submit(try unbilled(.usage, call), call)
    case ("POST", "usage/billed/export"): return submit(try billed(.usage, call), call)
    case ("POST", "reconciliation/unbilled/export"): return submit(try unbilled(.reconciliation, call), call)
    case ("POST", "reconciliation/billed/export"): return submit(try billed(.reconciliation, call), call)
    case ("GET", let path) where words.count == 6 && path.hasPrefix("operations/"):
      return try operation(words[5], call, isGraph: true)
    case ("GET", let path) where words.count == 6 && path.hasPrefix("manifests/"):
      return try manifest(words[5], call, isGraph: true)
    default: throw .shapeDNotFound("The path")
    }
  }

  private func body(of call: Call) throws(Refusal) -> RawJSON {
    do { return try call.json } catch { throw .shapeDInvalid("The body is no JSON object.") }
  }

  private func isBasic(_ body: RawJSON, _ kind: ExportDataset.Kind) throws(Refusal) -> Bool {
    let set = body["attributeSet"]?.string ?? "full"
    switch (set.lowercased(), kind) {
    case ("full", _): return false
    case ("basic", .usage): return true
    default: throw .shapeDInvalid("The attributeSet '\(set)' is not known for \(kind.rawValue).")
    }
  }

  private func billed(_ kind: ExportDataset.Kind, _ call: Call) throws(Refusal) -> ExportDataset {
    let body = try body(of: call)
    guard let invoice = body["invoiceId"]?.string, !invoice.isEmpty else {
      throw .shapeDInvalid("The invoiceId is missing.")
    }
    return ExportDataset(kind: kind, scope: .invoice(invoice), isBasic: try isBasic(body, kind), isGraph: true)
  }

  private func unbilled(_ kind: ExportDataset.Kind, _ call: Call) throws(Refusal) -> ExportDataset {
    let body = try body(of: call)
    guard let currency = body["currencyCode"]?.string, !currency.isEmpty else {
      throw .shapeDInvalid("The currencyCode is missing.")
    }
    guard let period = body["billingPeriod"]?.string?.lowercased(), ["current", "last"].contains(period) else {
      throw .shapeDInvalid("The billingPeriod is neither current nor last.")
    }
    return ExportDataset(
      kind: kind, scope: .unbilled(currency: currency.uppercased(), isCurrent: period == "current"),
      isBasic: try isBasic(body, kind), isGraph: true)
  }

  // MARK: The v2 beta

  /// `/v1/…`: contract §11.1; what is refused is refused as by Partner Center.
  private func v2(_ call: Call, _ words: [String]) throws(Refusal) -> Answer {
    switch (call.method, words[0], words.count) {
    case ("POST", "unbilledusage", 1):
      guard let currency = call.value("currencycode"), let period = call.value("period"),
        ["current", "last"].contains(period)
      else { throw .invalidRequest }
      return submit(try v2(.unbilled(currency: currency.uppercased(), isCurrent: period == "current"), call), call)
    case ("POST", "billedusage", 3) where words[1] == "invoices":
      return submit(try v2(.invoice(call.path[3]), call), call)
    case ("GET", "billingoperations", 2): return try operation(words[1], call, isGraph: false)
    case ("GET", "billingmanifests", 2): return try manifest(words[1], call, isGraph: false)
    default: throw .unknownPath(call.path)
    }
  }

  private func v2(_ scope: ExportDataset.Scope, _ call: Call) throws(Refusal) -> ExportDataset {
    let fragment = call.value("fragment") ?? "full"
    guard ["full", "basic"].contains(fragment) else { throw .notUnderstood("fragment", fragment) }
    return ExportDataset(kind: .usage, scope: scope, isBasic: fragment == "basic", isGraph: false)
  }
}
