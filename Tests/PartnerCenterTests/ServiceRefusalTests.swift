import Testing

@testable import PartnerCenter

@Suite("A refusal of the service")
struct ServiceRefusalTests {
  @Test(
    "says what was asked, what the service said and what helps",
    arguments: [
      (
        403, #"{"code":"900329","description":"App only is not supported.","data":[],"source":"x"}"#,
        "The service refused GET /v1/invoices/summaries (status 403, code 900329): App only is not supported. The call "
          + "takes no app-only token: configure a refresh token of a user."
      ),
      (
        403, #"{"code":"900308","description":"No privileges"}"#,
        "The service refused GET /v1/invoices/summaries (status 403, code 900308): No privileges. The user or "
          + "application lacks privileges: give it the role Admin Agent or Global Admin."
      ),
      (
        403, #"{"code":"900309","description":"insufficent_claims"}"#,
        "The service refused GET /v1/invoices/summaries (status 403, code 900309): insufficent_claims. Conditional "
          + "access demands more of the user: consent again with multi-factor authentication."
      ),
    ])
  func sentences(status: Int, body: String, sentence: String) {
    let refusal = ServiceRefusal(.json(body, status: status), target: "/v1/invoices/summaries")
    #expect(refusal.description == sentence)
    #expect(refusal.isAboutPermission)
    #expect(!refusal.isAboutCustomer)
  }

  @Test(
    "knows when only one customer is concerned",
    arguments: [
      (403, "20002", true), (404, "60003", true), (404, "1000", true), (403, "2032", false), (500, "800003", false),
    ])
  func customer(status: Int, code: String, isAboutCustomer: Bool) {
    let refusal = ServiceRefusal(status: status, code: code, message: "", target: "/v1/customers/1/orders")
    #expect(refusal.isAboutCustomer == isAboutCustomer)
  }
}
