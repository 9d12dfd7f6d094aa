import Testing

@testable import PartnerCenter

@Suite("An artifact's link")
struct ArtifactLinkTests {
  private static let path =
    "/customers/18ac2950-8ea9-4dfc-92a4-ff4d4cd57796/artifacts/reservedinstance/groups/"
    + "2caf524395724e638ef64e109f1f79ca/lineitems/03500b1b-f2d6-4e23-ab4b-9fd67b917012/resource/"
    + "ebf2e74b-630e-4a09-857d-a1f6c6351336"

  @Test(
    "is followed with and without the version in front",
    arguments: [path, "/v1" + path, String(path.dropFirst())])
  func followed(link: String) throws {
    #expect(try ArtifactLink(link).target == "/v1" + Self.path)
  }

  @Test("of a service before V1.9 is followed, too")
  func old() throws {
    let link = "/customers/18ac2950/artifacts/virtualmachinereservedinstance/groups/2caf/lineitems/03500b1b"
    #expect(try ArtifactLink(link).target == "/v1" + link)
  }

  @Test(
    "is refused where it leads elsewhere",
    arguments: [
      "https://evil.example/customers/1/artifacts/reservedinstance/groups/2",
      "//evil.example/customers/1/artifacts/reservedinstance/groups/2",
      "/\\evil.example/customers/1/artifacts/reservedinstance/groups/2",
      "@evil.example/customers/1/artifacts/reservedinstance/groups/2",
      "/customers/1/artifacts/reservedinstance/../../../invoices/summary",
      "/customers/1/artifacts/reservedinstance/%2e%2e/groups/2",
      "/customers/1/artifacts/reservedinstance/groups/2?next=https://evil.example",
      "/customers/1/artifacts/reservedinstance/groups/2\r\nHost: evil.example",
      "/customers/1/artifacts/savingsplan/groups/2",
      "/customers/1/subscriptions",
      "/v1/v1/customers/1/artifacts/reservedinstance/groups/2",
      "/invoices/summary", "/", "",
    ])
  func refused(link: String) {
    #expect(throws: LinkRefused(link: link)) { try ArtifactLink(link) }
  }

  @Test("is refused in a sentence")
  func sentence() {
    #expect(
      LinkRefused(link: "https://evil.example").description
        == "The entitlement's artifact link “https://evil.example” is not followed: it does not lead to a reservation "
        + "below /customers of this service. The reservation's quantity stays unknown.")
  }
}
