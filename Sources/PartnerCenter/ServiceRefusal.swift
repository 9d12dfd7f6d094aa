import Billing
import Wire

/// The service answered, and the answer is no: after retries, where these could help.
public struct ServiceRefusal: Error, Hashable, Sendable {
  public var status: Int
  /// The service's own code (contract §6.3), where the body has one.
  public var code: String?
  public var message: String
  public var target: String
  public var method: APIRequest.Method

  public init(status: Int, code: String?, message: String, target: String, method: APIRequest.Method = .get) {
    self.status = status
    self.code = code
    self.message = message
    self.target = target
    self.method = method
  }

  init(_ response: APIResponse, target: String, method: APIRequest.Method = .get) {
    let error = Wire.serviceError(response.body, status: response.status)
    self.init(status: response.status, code: error.code, message: error.message, target: target, method: method)
  }

  init(_ response: APIResponse, to request: APIRequest) {
    self.init(response, target: request.target, method: request.method)
  }

  /// There is no commerce relationship with the customer any more, or the customer is gone: the partner's other
  /// customers are not affected (contract §6.3).
  public var isAboutCustomer: Bool {
    code == "20002" || code == "60003"
      || (status == 404 && target.hasPrefix("/v1/customers/") && !isAboutPurchase)
  }

  /// The token was not enough: who signs in has to change, not the run.
  public var isAboutPermission: Bool {
    status == 401 || (status == 403 && !isAboutCustomer && !isAboutQualification)
  }

  /// What was to be bought is refused, not who asked.
  public var isAboutPurchase: Bool { code.flatMap { PurchaseCode.advice(for: $0) } != nil }

  /// The partner does not qualify for what was to be bought, as for perpetual software (contract §6.3).
  public var isAboutQualification: Bool { code.map { PurchaseCode.isAboutQualification($0) } ?? false }
}

extension ServiceRefusal: CustomStringConvertible {
  public var description: String {
    let code = code.map { ", code \($0)" } ?? ""
    let said = message.isEmpty ? "" : ": \(message.prefix(300))"
    let ended = said.isEmpty || said.last?.isPunctuation == true ? said : said + "."
    return
      "The service refused \(method.rawValue) \(target) (status \(status)\(code))\(ended.isEmpty ? "." : ended) \(advice)"
  }

  /// What helps.
  var advice: String {
    if let code, let advice = PurchaseCode.advice(for: code) { return advice }
    return switch (code, status) {
    case ("900329", _):
      "The call takes no app-only token: configure a refresh token of a user."
    case ("900308", _):
      "The user or application lacks privileges: give it the role Admin Agent or Global Admin."
    case ("900309", _):
      "Conditional access demands more of the user: consent again with multi-factor authentication."
    case ("20002", _): "The partner has no commerce relationship with this customer."
    case ("60003", _): "The customer's tenant is gone."
    case (_, 401): "Even a fresh token was not accepted: check that the application is registered in Partner Center."
    case (_, 403): "Check the roles of the user and the application's registration in Partner Center."
    case (_, 404): "What was asked for does not exist, or not for this partner."
    case (_, 429): "The service asks for patience: run again later or with fewer parallel calls."
    case (_, 408), (_, 500...): "The service is in trouble or busy: run again later."
    case (_, 300..<400): "The address leads elsewhere: check the address of the API."
    default: "Run with --log-level debug to see the calls before it."
    }
  }
}
