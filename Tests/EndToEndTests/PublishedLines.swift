import Billing
import PartnerCenter
import Testing
import Wire

/// The lines of invoices, billing and usage, of every provider.
extension PublishedCase {
  static let lines = [
    billing(
      "G000773581", "onetime", ["onetime.rev2023", "onetime.page2.rev2023"],
      ["0", "793", "0", "17.61", "0", "793", "0", "17.61"]),
    billing("1234000000", "office", ["office"], ["0", "0"]),
    billing("1234000000", "azure", ["azure-billing"], ["69.67", "0"]),
    // Daily usage prints what it billed, legacy usage what was used.
    usage(
      "onetime", ["billed-usage", "billed-usage.page2"],
      ["0.486031696515249", "0.490235765325545", "0.486031696515249"]),
    usage(
      "onetime", ["billed-usage.rev2023", "billed-usage.page2"],
      ["0.486031696515249", "0.490235765325545", "0.486031696515249"]),
    usage("azure", ["azure-usage"], ["2.9616", "24"]),
  ]

  private static func billing(
    _ invoice: String, _ provider: String, _ samples: [String], _ totals: [String]
  ) -> PublishedCase {
    PublishedCase(
      "Billing lines print their totals: \(samples.joined(separator: ", "))",
      samples.map { "get-invoice-line-items.\($0)" }
    ) { talk in
      let lines = try await talk.charges(try talk.id(invoice), LineSet(provider: provider, isUsage: false))
      #expect(lines.map(\.total?.description) == totals)
    }
  }

  private static func usage(_ provider: String, _ samples: [String], _ printed: [String]) -> PublishedCase {
    PublishedCase(
      "Usage lines print what was used: \(samples.joined(separator: ", "))",
      samples.map { "get-invoice-line-items.\($0)" }
    ) { talk in
      let id: InvoiceID = try talk.id("T000001234")
      let set = LineSet(provider: provider, isUsage: true)
      let currency = try #require(Currency("USD"))
      let lines = try await talk.bodies { try await $0.lineItems(invoice: id, currency: currency, set: set, each: $1) }
        .enumerated().flatMap { talk.known(try Wire.usage($1, invoice: id, set: set, page: $0)) }
      #expect(lines.map { ($0.billingTotal ?? $0.quantity)?.description } == printed)
    }
  }
}
