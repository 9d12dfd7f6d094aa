import Billing
import Foundation
import Reconciliation
import Store
import Testing

/// Something a test needs is not what the test says it is.
struct Unfit: Error {}

func some<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw Unfit() }
  return value
}

func amount(_ text: String) throws -> Amount { try Amount(text) }
func day(_ text: String) throws -> Day { try some(Day(text)) }
func id<Kind>(_ text: String) throws -> Identifier<Kind> { try some(Identifier<Kind>(text)) }

func instant(_ text: String) throws -> Instant {
  guard case .instant(let instant) = Instant.reading(text) else { throw Unfit() }
  return instant
}

let onetime = LineSet(provider: "OneTime", isUsage: false)
let office = LineSet(provider: "office", isUsage: false)
let dailyRated = LineSet(provider: "one_time", isUsage: true)

/// A database in a folder of its own, which goes with the test.
final class Place {
  let folder: URL
  var path: String { folder.appendingPathComponent("tieout.sqlite").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("StoreTests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func ledger() throws -> Ledger { try Ledger(path: path) }
}

extension Ledger {
  /// Every row of every table, as text.
  func contents() throws -> [String] {
    let tables = try rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return try tables.flatMap { table in
      let name = try some(table.first ?? nil)
      return try rows("SELECT * FROM \(name)").map { row in
        "\(name): " + row.map { $0 ?? "NULL" }.joined(separator: "|")
      }.sorted()
    }
  }

  func count(_ table: String) throws -> Int {
    try some(Int(try some(try rows("SELECT count(*) FROM \(table)").first?.first ?? nil)))
  }
}

func invoice(
  _ name: String, _ total: String = "10.00", details: [LineSet] = [onetime], type: String = "invoice",
  amendments: [Invoice] = []
) throws -> Invoice {
  Invoice(
    id: try id(name), date: try instant("2025-02-08T22:40:37.5897767Z"), periodStart: try day("2025-01-01"),
    periodEnd: try day("2025-01-31"), totalCharges: try amount(total), paidAmount: try amount("-3.5"),
    currency: try some(Currency("USD")), documentType: DocumentType(type), invoiceType: InvoiceType("OneTime"),
    details: details, amendments: amendments)
}

func charge(
  _ index: Int, on invoice: String = "G000024135", set: LineSet = onetime, page: Int = 0, customer: String? = "c-1",
  subscription: String? = nil, total: String? = "10.00", tax: String? = "0", currency: String? = "USD"
) throws -> Charge {
  var charge = Charge(
    position: LinePosition(invoice: try id(invoice), set: set, page: page, index: index), family: .newCommerce)
  charge.customer = try customer.map { try id($0) }
  charge.customerName = "Contoso"
  charge.subscription = try subscription.map { try id($0) }
  charge.chargeType = ChargeType("new")
  charge.currency = currency.flatMap { Currency($0) }
  charge.subtotal = try total.map { try amount($0) }
  charge.tax = try tax.map { try amount($0) }
  charge.total = try total.map { try amount($0) }
  return charge
}

extension LinePage {
  init(_ charges: [Charge], digest: String = "d") { self.init(itemsDigest: digest, lines: .charges(charges)) }
}

extension Ledger {
  /// Ingests one page of charges on `G000024135`.
  func ingest(_ charges: [Charge], body: String = "b0") throws {
    try ingestDocuments([try invoice("G000024135", details: [onetime, dailyRated])])
    try ingestLineSet(invoice: try id("G000024135"), set: onetime, bodies: [body]) { _ in LinePage(charges) }
  }
}

/// Three lines on one invoice, one of them mismatched with a consequence.
@discardableResult
func tieSample(in ledger: Ledger) throws -> Findings {
  var lines = [
    try charge(0, total: "470.67"), try charge(1, total: "28.72", tax: "1.5"), try charge(2, total: "1577.24"),
  ]
  lines[1].chargeType = ChargeType("customerCredit")
  try ledger.ingest(lines)
  try ledger.ingestCustomers([Customer(id: try id("c-1"), name: "Contoso")])
  try ledger.begin(
    run: Ledger.Run(id: "r-1", asOf: try instant("2025-03-20"), period: try some(Month("2025-01")), rules: "1"))

  let usd = try some(Currency("USD"))
  let cause = Mismatch(
    rule: .orderMissing, mCode: "M13", cause: "No order carries this charge.",
    subject: Mismatch.Subject(
      customer: try id("C-1"), invoice: try id("G000024135"), order: try id("o-1"), subscription: nil,
      item: CatalogItem(product: try id("CFQ7TTC0LH18"), sku: try id("0001")), detail: "x"),
    identity: Mismatch.Subject(customer: try id("C-1")), customerName: "Contoso", product: "Basic",
    expected: .zero, actual: try amount("1577.24"), currency: usd, positions: [lines[2].position])
  let consequence = Mismatch(
    rule: .invoiceTotal, cause: "The total holds more than its lines.", subject: Mismatch.Subject(detail: "y"),
    expected: nil, actual: nil, currency: usd, count: 3, parent: cause.id)

  var tallies = Tallies()
  let ties = try lines.map { line in
    var tie = Tie(position: line.position)
    tie.order = try id("O-1")
    tie.orderLine = 0
    tie.matchedBy = "order id"
    tie.formula = "product"
    if line.position.index == 2 {
      tie.outcome = .mismatched
      tie.mismatches = [cause.id]
      tie.notes = ["a “note”", "b"]
    }
    try tallies.add(line, outcome: tie.outcome)
    return tie
  }
  let document = try #require(try ledger.documents().first)
  var sum = Tally()
  for line in lines { try sum.add(line) }
  let findings = Findings(
    runID: "r-1", asOf: try instant("2025-03-20"), period: try some(Month("2025-01")),
    invoices: [
      InvoiceVerdict(
        document: document, lines: sum, taxOnTotal: nil, residual: try amount("-2066.63"),
        explanation: "More lines than total.", mismatch: consequence.id)
    ],
    balances: [
      BalanceVerdict(
        currency: usd, balance: try amount("1"), details: nil, openDocuments: try amount("1"),
        accountingDate: try instant("2025-03-19"), mismatches: [])
    ], tallies: tallies, mismatches: [consequence, cause], customerCount: 1)
  try ledger.beginTie()
  try ledger.save(result: PartitionResult(ties: ties, mismatches: [cause], tallies: tallies))
  try ledger.save(findings: findings)
  return findings
}
