import Billing
import PartnerCenter
import Testing

@testable import PartnerCenter

@Suite("What is exported")
struct ExportJobTests {
  private static let invoice = InvoiceID("G016907411")
  private static let dollars = Currency("USD")

  @Test("Each export is asked for as the contract has it")
  func submissions() throws {
    let invoice = try #require(Self.invoice)
    let dollars = try #require(Self.dollars)
    let billed = #"{"invoiceId":"G016907411","attributeSet":"full"}"#
    let cases: [(ExportJob, String, String?, APIRequest.Service)] = [
      (.billedReconciliation(invoice), "/v1.0/reports/partners/billing/reconciliation/billed/export", billed, .graph),
      (.billedUsage(invoice), "/v1.0/reports/partners/billing/usage/billed/export", billed, .graph),
      (
        .billedUsage(invoice, columns: .basic), "/v1.0/reports/partners/billing/usage/billed/export",
        #"{"invoiceId":"G016907411","attributeSet":"basic"}"#, .graph
      ),
      (
        .unbilledUsage(dollars, .current), "/v1.0/reports/partners/billing/usage/unbilled/export",
        #"{"currencyCode":"USD","billingPeriod":"current","attributeSet":"full"}"#, .graph
      ),
      (
        .unbilledReconciliation(dollars, .previous), "/beta/reports/partners/billing/reconciliation/unbilled/export",
        #"{"currencyCode":"USD","billingPeriod":"last","attributeSet":"full"}"#, .graph
      ),
      (
        .billedUsage(invoice, columns: .basic, generation: .v2), "/v1/billedusage/invoices/G016907411?fragment=basic",
        nil, .export
      ),
      (
        .unbilledUsage(dollars, .previous, generation: .v2),
        "/v1/unbilledusage?fragment=full&period=last&currencyCode=USD", nil, .export
      ),
    ]
    for (job, target, body, service) in cases {
      let request = job.submission
      #expect(request.method == .post)
      #expect(request.target == target)
      #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == body)
      #expect(request.service == service)
      #expect(request.credentials == .app)
      // Asking twice only makes a second operation.
      #expect(request.repetition == .freely)
    }
    #expect(Set(cases.map(\.0.description)).count == cases.count)
  }

  @Test(
    "Links are followed by their paths only, and only to operations and manifests",
    arguments: [
      (
        "https://graph.microsoft.com/beta/reports/partners/billing/operations/9ab9cb54-d07f-4f52-9ea6-a09d7de52c14",
        "/beta/reports/partners/billing/operations/9ab9cb54-d07f-4f52-9ea6-a09d7de52c14"
      ),
      ("/v1.0/reports/partners/billing/operations/1", "/v1.0/reports/partners/billing/operations/1"),
      (
        "http://127.0.0.1:8080/v1.0/reports/partners/billing/operations/1?a=b",
        "/v1.0/reports/partners/billing/operations/1?a=b"
      ),
      // The token goes to the address configured, whatever the host of the link.
      (
        "https://evil.example/v1.0/reports/partners/billing/operations/1", "/v1.0/reports/partners/billing/operations/1"
      ),
      ("https://graph.microsoft.com/v1.0/users/1", nil),
      ("https://graph.microsoft.com/v1.0/reports/partners/billing/manifests/1", nil),
      ("https://graph.microsoft.com/v2.0/reports/partners/billing/operations/1", nil),
      ("https://graph.microsoft.com/v1.0/reports/partners/billing/operations/", nil),
      ("https://graph.microsoft.com/v1.0/reports/partners/billing/operations/../../users", nil),
      ("https://graph.microsoft.com/v1.0/reports/partners/billing/operations/..", nil),
      ("https://graph.microsoft.com/v1.0/reports/partners/billing/operations/1/2", nil),
      ("https://graph.microsoft.com/v1.0/reports/partners/billing/operations/1#x", nil),
      ("https://graph.microsoft.com/v1.0/reports/partners/billing/operations/%2e%2e", nil),
      ("", nil),
    ] as [(String, String?)])
  func links(link: String, target: String?) {
    #expect(ExportLink(link, .operation, of: .graph)?.target == target)
  }

  @Test("Manifests and the older generation have places of their own")
  func places() {
    let host = "https://h.example"
    #expect(
      ExportLink("\(host)/v1.0/reports/partners/billing/manifests/m", .manifest, of: .graph)?.target
        == "/v1.0/reports/partners/billing/manifests/m")
    #expect(ExportLink("\(host)/v1/billingoperations/o", .operation, of: .v2)?.target == "/v1/billingoperations/o")
    #expect(ExportLink("\(host)/v1/billingmanifests/m", .manifest, of: .v2)?.target == "/v1/billingmanifests/m")
    #expect(ExportLink("\(host)/v1/billingmanifests/m", .operation, of: .v2) == nil)
    #expect(ExportLink("\(host)/v1/billingmanifests/m", .manifest, of: .graph) == nil)
  }

  @Test(
    "A file's name stays inside its folder",
    arguments: [
      ("part-00049.c000.json.gz", "https://s/x/part-00049.c000.json.gz"), ("a/b.gz", "https://s/x/a/b.gz"),
      ("a b?.gz", "https://s/x/a%20b%3F.gz"), ("../b.gz", nil), ("a/../../b.gz", nil), ("/b.gz", nil), ("", nil),
      ("a//b", nil), (".", nil),
    ] as [(String, String?)])
  func files(name: String, address: String?) {
    #expect(ExportFile.address(of: ExportBlob(name: name), in: "https://s/x") == address)
  }

  @Test("A folder with a query is no folder")
  func folder() {
    #expect(ExportFile.address(of: ExportBlob(name: "a"), in: "https://s/x?sig=1") == nil)
  }

  @Test(
    "Every failure is a sentence that names the export and what helps",
    arguments: [
      (ExportFailure.Kind.noOperation, "was accepted without a link to its operation", "check the address"),
      (
        .linkRefused("https://evil.example/x?sig=secret"), "“https://evil.example/x”",
        "Check the address of the service"
      ),
      (.failed(code: "5001", message: "Something broke"), "failed: Something broke (code 5001).", "Run again later"),
      (.failed(code: "", message: ""), "failed: the service gives no reason.", "Run again later"),
      (.notFinished(seconds: 1_800, status: "running"), "is not ready after 1800 seconds", "Run again later"),
      (.expired(submissions: 3), "was asked for 3 times", "Run again later"),
      (.inconsistent(announced: 3, listed: 2), "announces 3 files and lists 2", "Run again later"),
      (.noManifest, "has neither a manifest nor a link to one", "newer version"),
      (.fileUnnameable("../x"), "lists a file “../x”", "report the archived manifest"),
      (.fileMissing("a.gz"), "lists the file a.gz, which is not there", "Run again later"),
      (.fileRefused("a.gz"), "refuses the file a.gz even with a fresh signature", "clock"),
      (.fileBroken("a.gz"), "the file a.gz does not unpack to its end", "Run again later"),
      (.changing(rounds: 3), "changed while its files were being read, 3 times", "Run again when"),
    ])
  func sentences(kind: ExportFailure.Kind, what: String, help: String) throws {
    let failure = ExportFailure(kind, of: .billedReconciliation(try #require(Self.invoice)))
    let sentence = failure.description
    #expect(sentence.hasPrefix("The export of the reconciliation lines of G016907411"), "\(sentence)")
    #expect(sentence.contains(what), "\(sentence)")
    #expect(sentence.contains(help), "\(sentence)")
    #expect(sentence.hasSuffix("."), "\(sentence)")
    #expect(!sentence.contains("secret"))
  }
}
