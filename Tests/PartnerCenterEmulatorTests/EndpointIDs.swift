import Foundation
import PartnerCenterEmulator

/// What the words in braces of a listed endpoint stand for in one running emulator, and how each is asked.
struct EndpointIDs {
  private let user: ServerCaller
  private let graph: ServerCaller
  private var words: [String: String] = [:]
  private let artifact: String

  init(base: String, world: ServedWorld, invoice: String) async throws {
    user = try await Self.caller(base, world, form: ServerCaller.userForm)
    graph = try await Self.caller(
      base, world,
      form: ServerCaller.appForm.replacing("graph.windows.net", with: "graph.microsoft.com"))
    artifact = try "/v1" + world.artifacts.keys.min().required
    let (path, azure, azureID) = try ShopSample.azure()
    let customer = try String(path.split(separator: "/").last.required)
    let item = ShopSample.seats.split(separator: ":").map(String.init)
    words = [
      "tenant": world.partnerTenant, "i": invoice, "r": "E-Tax-1", "provider": "onetime", "type": "billinglineitems",
      "currency": "eur", "period": "current", "unbilled": "last", "country": "DE", "view": "OnlineServices",
      "p": item[0], "k": item[1], "a": item[2], "c": customer, "size": "0", "s": azure, "azure": azure, "e": azureID,
      "seconds": "0", "fragment": "full", "sheet": "software", "timeline": "current", "month": "202501",
    ]
    words["o"] = try (world.orders[customer]?.first).required.id
    words["cart"] = try await user.send("POST", path + "/carts", body: Self.cart).id
    try await export(invoice)
  }

  /// Submits an export of each generation and follows it to its blobs.
  private mutating func export(_ invoice: String) async throws {
    let billing = "/v1.0/reports/partners/billing"
    let submitted = try await graph.send(
      "POST", "\(billing)/usage/billed/export", body: #"{"invoiceId":"\#(invoice)"}"#)
    words["operation"] = try submitted.headers["location"].flatMap(Self.last).required
    let operation = try await graph.get("\(billing)/operations/\(words["operation"] ?? "")")
    words["manifest"] = try (operation.json["resourceLocation@odata.navigationLink"] as? String).flatMap(Self.last)
      .required
    let manifest = try await graph.get("\(billing)/manifests/\(words["manifest"] ?? "")")
    let folder = try (manifest.json["rootDirectory"] as? String).required
    words["folder"] = try String(folder.split(separator: "/storage/").last.required)
    words["blob"] = try (manifest.objects("blobs").first?["name"] as? String).required
    words["signature"] = try (manifest.json["sasToken"] as? String).required

    let older = try await user.send("POST", "/v1/billedusage/invoices/\(invoice)", body: "")
    words["v2operation"] = try older.headers["operation-location"].flatMap(Self.last).required
    let finished = try await user.get("/v1/billingoperations/\(words["v2operation"] ?? "")")
    words["v2manifest"] = try (finished.json["resourceLocation"] as? String).flatMap(Self.last).required
  }

  func filling(_ path: String) -> String {
    path.contains("/artifacts/")
      ? artifact : words.reduce(path) { $0.replacing("{\($1.key)}", with: $1.value) }
  }

  func caller(for path: String) -> ServerCaller {
    if path.hasPrefix("/storage/") { return ServerCaller(base: user.base) }
    return path.contains("/reports/partners/") ? graph : user
  }

  func body(_ method: String, _ path: String) -> String? {
    guard method != "GET" else { return nil }
    if path.hasSuffix("/token") { return ServerCaller.userForm }
    if path.hasSuffix("/export") {
      return #"{"invoiceId":"\#(words["i"] ?? "")","currencyCode":"EUR","billingPeriod":"last"}"#
    }
    return path.hasSuffix("/carts") || method == "PUT" ? Self.cart : "{}"
  }

  private static let cart = ShopSample.cart(ShopSample.softwareLine)

  private static func caller(_ base: String, _ world: ServedWorld, form: String) async throws -> ServerCaller {
    var caller = ServerCaller(base: base)
    caller.bearer = try await caller.signIn(form, tenant: world.partnerTenant).json["access_token"] as? String
    return caller
  }

  /// The last word of an address.
  private static func last(_ address: String) -> String? { address.split(separator: "/").last.map(String.init) }
}
