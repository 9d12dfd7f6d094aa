import Foundation

/// One sample from the service's public documentation: an answer or the body of a request.
struct PublishedSample: Decodable, Sendable {
  /// `get-order.json`
  let file: String
  /// `response`, `request` or `webhook`.
  let kind: String
  /// `GET /v1/customers/{customer-id}/orders`, sometimes with the host.
  let request: String
  let status: Int?
  let headers: [String: String]

  /// The file without `.json`; comma-separated samples keep their ending.
  var name: String { file.hasSuffix(".json") ? String(file.dropLast(5)) : file }
  var isRequest: Bool { kind == "request" }

  func body() throws -> [UInt8] {
    Array(try Data(contentsOf: Self.folder.appendingPathComponent(file)))
  }
}

extension PublishedSample {
  private static let folder = URL(fileURLWithPath: projectFolder)
    .appendingPathComponent("../shared/partner-center/examples").standardizedFileURL

  static var isPresent: Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent("index.json").path)
  }

  /// What the index lists, and the three files that are not JSON.
  static func all() throws -> [PublishedSample] {
    let index = try Data(contentsOf: folder.appendingPathComponent("index.json"))
    return try JSONDecoder().decode([PublishedSample].self, from: index) + texts
  }

  /// The samples by their names; a name nobody published is an error.
  static func named(_ names: [String]) throws -> [PublishedSample] {
    let all = try all()
    return try names.map { name in
      guard let sample = all.first(where: { $0.name == name }) else { throw Unpublished(name: name) }
      return sample
    }
  }

  /// The files that are there, whether the index lists them or not.
  static func files() throws -> Set<String> {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return Set(names.filter { $0 != "index.json" && $0 != "README.md" })
  }

  struct Unpublished: Error { let name: String }

  private static let texts = [
    (
      "price-sheet.updatedlicensebased.csv",
      "pricesheets(Market='US',PricesheetView='updatedlicensebased')/$value?timeline=history&month=202101"
    ),
    (
      "price-sheet.azure-consumption.csv",
      "pricesheets(Market='ad',PricesheetView='azure_consumption')/$value?timeline=history&month=201909"
    ),
    ("fx-rates.csv", "fxrates(Month='201909')/$value"),
  ].map { file, target in
    PublishedSample(
      file: file, kind: "response", request: "GET https://api.partner.microsoft.com/v1.0/sales/\(target)", status: 200,
      headers: ["Content-Type": "text/csv"])
  }
}
