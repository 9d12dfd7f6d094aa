import ArgumentParser
import Billing
import Foundation
import MonthEnd
import PartnerCenter
import Testing

@testable import tieout

@Suite("Options, environment and configuration")
struct ChoicesTests {
  /// Writes a configuration file and gives its path to the body.
  static func withFile<Result>(_ text: String, _ body: (String) async throws -> Result) async throws -> Result {
    let file = FileManager.default.temporaryDirectory.appending(path: "tieout-\(UUID().uuidString).yaml")
    try text.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try await body(file.path)
  }

  static func settings(
    given: [Key: String] = [:], environment: [String: String] = [:], file text: String? = nil
  ) async throws -> Settings {
    let noon = Instant(seconds: 1_742_472_000)
    guard let text else {
      return try await Choices(given: given, environment: environment).settings(asOf: noon)
    }
    return try await withFile(text) { path in
      let all = given.merging([.config: path]) { $1 }
      return try await Choices(given: all, environment: environment).settings(asOf: noon)
    }
  }

  @Test(
    "An option stands above the environment, that above the file, that above the default",
    arguments: [
      ("option.sqlite", "environment.sqlite", "file.sqlite", "option.sqlite"),
      (nil, "environment.sqlite", "file.sqlite", "environment.sqlite"),
      (nil, nil, "file.sqlite", "file.sqlite"),
      (nil, "", "file.sqlite", "file.sqlite"),
      (nil, nil, nil, "tieout.sqlite"),
    ] as [(String?, String?, String?, String)])
  func precedence(option: String?, variable: String?, file: String?, expected: String) async throws {
    let settings = try await Self.settings(
      given: option.map { [.database: $0] } ?? [:], environment: variable.map { ["TIEOUT_DATABASE": $0] } ?? [:],
      file: file.map { "database: \($0)" })
    #expect(settings.database == expected)
  }

  @Test("Where the lines come from, and how patiently, can be chosen by each kind of choice")
  func lines() async throws {
    let settings = try await Self.settings(
      given: [.lineItems: "both", .refetch: "yes", .asOf: "2025-03-20"],
      environment: ["TIEOUT_EXPORT_FOLDER": "downloads", "TIEOUT_CALLS_PER_MINUTE": "90"],
      file: "line-items: api\nexport-seconds-max: 60\nresume-hours-max: 0\nrefetch: no")
    #expect(settings.lineItems == .both)
    #expect(settings.refetches)
    #expect(settings.asOfIsGiven)
    #expect(settings.exportFolder == "downloads")
    #expect(settings.callsPerMinute == 90)
    #expect(settings.exportSecondsMax == 60)
    #expect(settings.resumeHoursMax == 0)
    #expect(try await Self.settings(file: "refetch: true").refetches)
    #expect(try await Self.settings(environment: ["TIEOUT_AS_OF": "2025-03-20"]).asOfIsGiven)
    #expect(try await Self.settings(file: "as-of: 2025-03-20").asOfIsGiven)
  }

  @Test("The options of a run are choices")
  func runOptions() throws {
    let run = try Run.parse(["--line-items", "export", "--export-folder", "downloads", "--refetch"])
    #expect(run.fetch.given == [.lineItems: "export", .exportFolder: "downloads", .refetch: "yes"])
    #expect(try Run.parse([]).fetch.given == [:])
  }

  @Test("Without a choice everything has its documented default")
  func defaults() async throws {
    let settings = try await Self.settings()
    #expect(settings.database == "tieout.sqlite")
    #expect(settings.archive == "evidence")
    #expect(settings.reports == "reports")
    #expect(settings.period == nil)
    #expect(settings.asOf.description == "2025-03-20T12:00:00Z")
    #expect(settings.apiURL == "https://api.partnercenter.microsoft.com")
    #expect(settings.taxOnTotal.isEmpty)
    #expect(settings.mismatchesAllowed == 0)
    #expect(settings.pageSize == 2000)
    #expect(!settings.asOfIsGiven)
    #expect(settings.lineItems == .auto)
    #expect(settings.exportFolder == nil)
    #expect(!settings.refetches)
    #expect(settings.callsPerMinute == 500)
    #expect(settings.exportSecondsMax == 1_800)
    #expect(settings.resumeHoursMax == 24)
  }

  @Test("Rates are read exactly, with quotation marks and without")
  func rates() async throws {
    let settings = try await Self.settings(
      environment: ["TIEOUT_TAX_ON_TOTAL_NZD": "0.15", "TIEOUT_TAX_ON_TOTAL_AUD": "0.10"],
      file: "tax-on-total: {AUD: \"0.11\", cad: 0.05, CHF: 0.0810000000000000000001}")
    let expected = ["AUD": "0.10", "NZD": "0.15", "CAD": "0.05", "CHF": "0.0810000000000000000001"]
    #expect(settings.taxOnTotal.count == 4)
    for (code, rate) in expected {
      #expect(settings.taxOnTotal[try #require(Currency(code))] == (try Amount(rate)))
    }
  }

  @Test("A day is its first moment, UTC, and an address loses its last slash")
  func readings() async throws {
    let settings = try await Self.settings(
      given: [.asOf: "2025-03-20", .apiURL: "http://127.0.0.1:8080/", .period: "2025-02"],
      environment: ["TIEOUT_PAGE_SIZE": "500"])
    #expect(settings.asOf.description == "2025-03-20T00:00:00Z")
    #expect(settings.apiURL == "http://127.0.0.1:8080")
    #expect(settings.period?.description == "2025-02")
    #expect(settings.pageSize == 500)
  }

  @Test(
    "A mistake in the file is a sentence",
    arguments: [
      ("foo: 1", "The configuration file FILE has the unknown key “foo”. The README lists the known ones."),
      ("apiUrl: x", "The configuration file FILE has the unknown key “apiUrl”. Was “api-url” meant?"),
      ("api-url: {x: y}", "The configuration file FILE has the unknown key “api-url.x”. Was “api-url” meant?"),
      ("config: x", "The configuration file FILE has the unknown key “config”. The README lists the known ones."),
      (
        "tax-on-total.AUD: 0.1\ntax-on-total: {AUD: 0.2}",
        "The configuration file FILE has the key “tax-on-total.AUD” twice. Keep one of them."
      ),
      ("api-url: [a, b]", "“api-url” in the configuration file FILE is a list; it takes one value."),
      (
        "client-secret: hush",
        """
        The configuration file FILE holds a secret, “client-secret”. Keep it in a file of its own and name that file \
        with “client-secret-file”, or set the environment variable TIEOUT_CLIENT_SECRET.
        """
      ),
      ("- 1", "The configuration file FILE cannot be read: it has no lines of the form “key: value”."),
      ("page-size: 2001", "“2001” is not understood as page-size. Wanted is a whole number from 1 to 2000."),
      ("page-size: abc", "“abc” is not understood as page-size. Wanted is a whole number from 1 to 2000."),
      ("line-items: csv", "“csv” is not understood as line-items. Wanted is auto, api, export or both."),
      ("refetch: maybe", "“maybe” is not understood as refetch. Wanted is yes or no."),
      ("period: 2025-13", "“2025-13” is not understood as period. Wanted is a month such as 2025-02."),
      ("tax-on-total: {DOLLAR: 0.1}", "“DOLLAR” under tax-on-total is no currency. Use an ISO 4217 code such as AUD."),
      (
        "tax-on-total: {AUD: 10}",
        """
        “10” is not understood as the tax rate of AUD. Wanted is a fraction between 0 and 1, such as "0.10" for 10 %.
        """
      ),
    ])
  func mistakes(text: String, sentence: String) async throws {
    try await Self.withFile(text) { path in
      let error = await #expect(throws: UsageError.self) {
        try await Choices(given: [.config: path], environment: [:]).settings(asOf: .now)
      }
      let said = try #require(error?.description)
      #expect(said.replacingOccurrences(of: path, with: "FILE") == sentence)
    }
  }

  @Test("A table with nothing in it, as a commented sample leaves it, is no mistake")
  func emptyTable() async throws {
    #expect(try await Self.settings(file: "tax-on-total:\n#  AUD: \"0.10\"\npage-size: 7").pageSize == 7)
  }

  @Test("A missing file is named")
  func missingFile() async throws {
    let error = await #expect(throws: UsageError.self) {
      try await Choices(given: [.config: "/nowhere/tieout.yaml"], environment: [:])
    }
    #expect(
      error?.description.hasPrefix("The configuration file /nowhere/tieout.yaml cannot be read: ") == true)
  }

  @Test("Secrets come from the environment or from files of their own, and print redacted")
  func secrets() async throws {
    let path = try await Self.withFile("from-file\n") { path in
      let choices = try await Choices(
        given: [.tenant: "contoso.onmicrosoft.com", .clientID: "c"],
        environment: ["TIEOUT_CLIENT_SECRET": "from-environment", "TIEOUT_REFRESH_TOKEN_FILE": path])
      let credentials = try choices.credentials()
      #expect(credentials.refreshToken != nil)
      #expect("\(credentials)".contains("from-") == false)
      return path
    }
    let gone = try await Choices(
      given: [.tenant: "t", .clientID: "c"], environment: ["TIEOUT_CLIENT_SECRET_FILE": path])
    let error = #expect(throws: UsageError.self) { try gone.credentials() }
    #expect(
      error?.description
        == "The file \(path), named by “client-secret-file”, cannot be read. Check its path and its permissions.")
  }

  @Test("What is missing for the sign-in is named")
  func missingCredentials() async throws {
    let nothing = try await Choices(given: [:], environment: [:])
    let error = #expect(throws: UsageError.self) { try nothing.credentials() }
    #expect(
      error?.description == """
        The run cannot sign in: --tenant, --client-id, TIEOUT_CLIENT_SECRET are missing. The README says where to set them.
        """)
    #expect(
      UsageError.credentialsMissing(["TIEOUT_CLIENT_SECRET"]).description
        == "The run cannot sign in: TIEOUT_CLIENT_SECRET is missing. The README says where to set them.")
  }

  @Test(
    "An address that secrets must not travel to is refused, and a password in it is not repeated",
    arguments: [
      "ftp://x", "nonsense", "http://api.example.com", "https://user:hunter2@api.example.com",
      "https://api.example.com?sig=hunter2",
    ])
  func addresses(text: String) async throws {
    for key in [Key.apiURL, .loginURL, .graphURL] {
      let choices = try await Choices(given: [key: text], environment: [:])
      let error = #expect(throws: ConfigurationError.self) { try choices.settings(asOf: .now) }
      #expect(error.map { Ending(for: $0) } == .usage)
      #expect(error?.description.contains("--\(key.rawValue)") == true)
      #expect(error?.description.contains("hunter2") == false)
    }
  }

  @Test("An empty file is no secret")
  func emptySecret() {
    #expect(
      UsageError.secretEmpty(key: "client-secret-file", path: "x").description
        == "The file x, named by “client-secret-file”, is empty. Put the secret into it, without quotation marks.")
  }

  @Test("The commented sample is understood as it stands")
  func sample() async throws {
    let sample = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "samples/tieout.yaml")
    let choices = try await Choices(given: [.config: sample.path], environment: [:])
    let settings = try choices.settings(asOf: .now)
    #expect(settings.taxOnTotal == [try #require(Currency("AUD")): try Amount("0.10")])
    #expect(settings.pageSize == 2000)
  }
}
