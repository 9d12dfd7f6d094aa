import PartnerCenter
import Testing

@Suite("A service's address")
struct ServiceAddressTests {
  @Test(
    "is https, or http on this machine",
    arguments: [
      ("https://api.partnercenter.microsoft.com", "https://api.partnercenter.microsoft.com"),
      ("https://partner.partnercenterapi.microsoftonline.cn/", "https://partner.partnercenterapi.microsoftonline.cn"),
      ("https://proxy.example:8443/partner/", "https://proxy.example:8443/partner"),
      ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
      ("http://localhost:8080/", "http://localhost:8080"),
    ])
  func accepted(text: String, base: String) throws {
    #expect(try ServiceAddress(text, option: "--api-url").base == base)
  }

  @Test(
    "is refused in a sentence",
    arguments: [
      (
        "http://api.partnercenter.microsoft.com",
        "--api-url is “http://api.partnercenter.microsoft.com”: tokens are sent over https only; http is accepted for "
          + "127.0.0.1 and localhost."
      ),
      (
        "http://127.0.0.1.evil.example", "--api-url is “http://127.0.0.1.evil.example”: tokens are sent over https only"
      ),
      ("ftp://127.0.0.1", "tokens are sent over https only"),
      ("api.partnercenter.microsoft.com", "which is no web address. Write it like https://"),
      ("", "which is no web address"),
      ("https://user:pass@host.example", "--api-url for host.example has a user name, a query or a fragment."),
      ("https://host.example/?a=b", "--api-url for host.example has a user name, a query or a fragment."),
    ])
  func refused(text: String, part: String) {
    do {
      _ = try ServiceAddress(text, option: "--api-url")
      Issue.record("“\(text)” was accepted.")
    } catch {
      #expect(error.description.contains(part), "\(error)")
      #expect(!error.description.contains("pass@"))
    }
  }
}
