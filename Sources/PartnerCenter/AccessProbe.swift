public import Billing

/// A family of calls that take the same token, and the cheapest read that shows whether the service accepts it.
public struct AccessProbe: Hashable, Sendable {
  /// Whose calls they are: “Partner Center, application and user”.
  public let family: String
  /// The calls of the family: contract §2.2.
  public let covers: String
  public let request: APIRequest
  /// Whether a run needs the family.
  public let isNeeded: Bool

  /// All families, those that a run needs first.
  ///
  /// - Parameter today: Exchange rates are asked for by month.
  public static func all(on today: Day) -> [AccessProbe] {
    let month = today.month.description.filter { $0 != "-" }
    return [
      AccessProbe(
        family: "Partner Center, application",
        covers: "collection of invoices, balance in one currency, line items billed and unbilled, estimate links, "
          + "orders, carts, customers, subscriptions, registrations, products, SKUs, availabilities, inventory",
        request: APIRequest(.get, "/v1/invoices?size=1"), isNeeded: true),
      AccessProbe(
        family: "Partner Center, application and user",
        covers: "invoice by id, statement, receipt, summaries, entitlements, reservations, provisioning status",
        request: APIRequest(.get, "/v1/invoices/summaries", credentials: .appAndUser), isNeeded: true),
      AccessProbe(
        family: "Prices, application and user", covers: "price sheets, exchange rates",
        request: APIRequest(
          .get, "/v1.0/sales/fxrates(Month='\(month)')/$value", of: .pricing, credentials: .appAndUser,
          answerKind: .csv),
        isNeeded: false),
      export("Microsoft Graph, application", .app),
      export("Microsoft Graph, application and user", .appAndUser),
    ]
  }

  /// An operation that nobody ever began: who may not ask is refused, who may learns that there is none.
  private static func export(_ family: String, _ credentials: APIRequest.Credentials) -> AccessProbe {
    AccessProbe(
      family: family, covers: "billing export: invoices and usage, billed and unbilled; either of the two is enough",
      request: APIRequest(
        .get, "/v1.0/reports/partners/billing/operations/00000000-0000-0000-0000-000000000000", of: .graph,
        credentials: credentials), isNeeded: false)
  }
}

/// What came of a probe.
public struct AccessFinding: Hashable, Sendable {
  public enum Result: Hashable, Sendable {
    case works
    /// - Parameter code: The service's own, or the status.
    case refused(code: String, sentence: String)
    /// No answer, or one that says neither.
    case unclear(sentence: String)
  }

  public var probe: AccessProbe
  public var result: Result
  /// What to do; empty where nothing is to be done.
  public var advice: String

  public init(probe: AccessProbe, result: Result, advice: String) {
    self.probe = probe
    self.result = result
    self.advice = advice
  }

  public var works: Bool { result == .works }
}

extension AccessProbe {
  /// Signs in and reads once.
  ///
  /// - Throws: only what ends the whole check, such as a cancellation.
  public func finding(through transport: any Transport) async throws -> AccessFinding {
    do {
      return finding(of: try await transport.answer(to: request))
    } catch let error as SignInError {
      let code = error.code.isEmpty ? "no token" : error.code
      return AccessFinding(
        probe: self, result: .refused(code: code, sentence: error.whatHappened), advice: error.advice)
    } catch let failure as TransportFailure {
      return AccessFinding(
        probe: self, result: .unclear(sentence: "\(failure)"), advice: "Check the address and the network; run again.")
    }
  }

  /// What an answer says about the token it was asked with.
  func finding(of response: APIResponse) -> AccessFinding {
    let refusal = ServiceRefusal(response, to: request)
    switch response.status {
    case 200..<300: return AccessFinding(probe: self, result: .works, advice: "")
    case 404 where acceptsNothingThere: return AccessFinding(probe: self, result: .works, advice: "")
    case 400 where request.service != .pricing:
      return unclear("\(refusal)")
    // The pricing host says 400 where the sign-in is set up wrong (contract §10.3).
    case 400, 401, 403:
      let code = refusal.code.flatMap { $0.isEmpty ? nil : $0 } ?? "status \(response.status)"
      return AccessFinding(
        probe: self, result: .refused(code: code, sentence: String(refusal.message.prefix(300))),
        advice: advice(refusal))
    default:
      return unclear("\(refusal)")
    }
  }

  private func unclear(_ sentence: String) -> AccessFinding {
    AccessFinding(probe: self, result: .unclear(sentence: sentence), advice: "Check the address, or run again later.")
  }

  /// Graph and the pricing host answer 404 only to who may ask.
  private var acceptsNothingThere: Bool { request.service == .graph || request.service == .pricing }

  private func advice(_ refusal: ServiceRefusal) -> String {
    switch (request.service, request.credentials) {
    case (.graph, .app):
      "Give the application the application permission PartnerBilling.Read.All of Microsoft Graph and let an administrator "
        + "consent."
    case (.graph, .appAndUser):
      "Give the application the delegated permission PartnerBilling.Read.All of Microsoft Graph and let the user consent "
        + "again."
    case (.pricing, _): "Let a user with the role Global Admin, Admin Agent or Sales Agent consent."
    default: refusal.advice
    }
  }
}
