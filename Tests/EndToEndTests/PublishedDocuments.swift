import Billing
import PartnerCenter
import Testing
import Wire

/// Balances, invoices and estimates.
extension PublishedCase {
  static let documents = [
    PublishedCase("The balance is the sum of its parts: 202955.87 + 548138.52 = 751094.39", ["get-invoice-summary"]) {
      talk in
      let summaries = try await talk.bodies { try await $0.summary(each: $1) }.map { talk.known(try Wire.summary($0)) }
      let summary = try #require(summaries.first)
      #expect(summary.currency == Currency("USD"))
      let parts = summary.details.map(\.summary.balance)
      #expect(parts.map(\.description) == ["202955.87", "548138.52"])
      #expect(try parts.reduce(Amount.zero) { try $0 + $1 } == summary.balance)
      #expect(summary.balance.description == "751094.39")
      talk.expectTokens([.app])
    },
    PublishedCase("There is a balance for each currency", ["get-invoice-summaries"]) { talk in
      let all = try await talk.bodies { try await $0.summaries(each: $1) }.flatMap {
        talk.known(try Wire.summaries($0))
      }
      #expect(all.map { "\($0.balance) \($0.currency)" } == ["751094.39 GBP", "1230.33 CHF", "1001.12 EUR"])
      talk.expectTokens([.appAndUser])
    },
    PublishedCase("Invoices are read until a page adds no new one", ["list-invoices"]) { talk in
      let pages = try await talk.bodies { try await $0.invoices(each: $1) }.map { talk.known(try Wire.invoices($0)) }
      #expect(pages.map(\.count) == [2, 0])
      let documents = Invoice.documents(in: pages.flatMap(\.self))
      #expect(
        documents.map { "\($0.id) \($0.totalCharges) \($0.currency) \($0.documentType)" } == [
          "D02005YFHI 24606.35 GBP invoice", "G000024130 586366 CHF void_note",
          "G000024131 107661.12 CHF adjustment_note",
        ])
      #expect(
        documents.flatMap(\.details).map(\.description) == ["office-billing", "onetime-billing", "onetime-billing"])
    },
    PublishedCase(
      "The lines of both pages add up to their invoice: 470.67 + 28.72 + 1577.24 = 2076.63",
      ["get-invoice", "get-invoice-line-items.onetime", "get-invoice-line-items.onetime.page2"]
    ) { talk in
      let id: InvoiceID = try talk.id("G000024135")
      let invoices = try await talk.bodies { try await $0.invoice(id, each: $1) }.map {
        talk.known(try Wire.invoice($0))
      }
      let invoice = try #require(invoices.first)
      #expect(invoice.totalCharges.description == "2076.63")
      let lines = try await talk.charges(id, try #require(invoice.details.first))
      #expect(lines.map(\.total?.description) == ["470.67", "28.72", "1577.24"])
      #expect(lines.map(\.position.page) == [0, 0, 1])
      #expect(try lines.compactMap(\.total).reduce(Amount.zero) { try $0 + $1 } == invoice.totalCharges)
      let tokens = talk.server.asked.map { $0.headers["ms-continuationtoken"] }
      #expect(tokens.prefix(2) == [nil, nil])
      #expect(tokens.last??.hasPrefix("d19617b8-fbe5-4684-a5d8-0230972fb0cf,") == true)
      talk.expectTokens([.appAndUser, .app, .app])
    },
  ]

  static let estimates = [
    PublishedCase("Estimate links say where the four estimates are", ["get-invoice-estimate-links"]) { talk in
      let links = talk.known(try await talk.client.estimateLinks(currency: try #require(Currency("USD"))))
      #expect(
        links.map { "\($0.type) \($0.period)" } == [
          "daily_rated_usage Current", "daily_rated_usage Previous", "non_consumption Current",
          "non_consumption Previous",
        ])
      #expect(links.allSatisfy { $0.link.hasPrefix("/invoices/unbilled/lineitems?provider=") })
    },
    unbilled("unbilled-recon", "unbilled-recon.page2", ["820", "2598", "2598"]),
    unbilled(
      "unbilled-recon.rev2023", "unbilled-recon.page2.rev2023", ["0", "720", "820", "0", "720", "820", "16"]),
    unbilled("unbilled-usage", "unbilled-usage.page2", Array(repeating: "30.7197334080551", count: 3), isUsage: true),
    unbilled(
      "unbilled-usage.rev2023", "unbilled-usage.page2", Array(repeating: "30.7197334080551", count: 3), isUsage: true),
    // Its request asks for usage, its lines are billing lines: what was asked for decides only where nothing else does.
    unbilled(
      "unbilled-usage", "unbilled-recon.usage", ["30.7197334080551", "30.7197334080551", "2598"], isUsage: true),
  ]

  private static func unbilled(
    _ first: String, _ second: String, _ printed: [String], isUsage: Bool = false
  ) -> PublishedCase {
    PublishedCase(
      "Unbilled lines are read to the last page: \(first), \(second)",
      [first, second].map { "get-invoice-line-items.\($0)" }
    ) { talk in
      let dollars = try #require(Currency("USD"))
      let bodies = try await talk.bodies {
        try await $0.unbilledLineItems(currency: dollars, period: .previous, isUsage: isUsage, each: $1)
      }
      let names = [first, second]
      let amounts = try zip(names, bodies).enumerated().flatMap { page, part -> [String?] in
        guard part.0.hasPrefix("unbilled-usage") else {
          return talk.known(try Wire.unbilledCharges(part.1, page: page)).map(\.line.subtotal?.description)
        }
        let set = LineSet(provider: "onetime", isUsage: true)
        return talk.known(try Wire.usage(part.1, invoice: try talk.id("unbilled"), set: set, page: page))
          .map(\.billingTotal?.description)
      }
      #expect(bodies.count == 2)
      #expect(amounts == printed)
    }
  }
}

extension PublishedTalk {
  /// The billing lines of one set of an invoice.
  func charges(_ invoice: InvoiceID, _ set: LineSet) async throws -> [Charge] {
    let dollars = try #require(Currency("USD"))
    let bodies = try await bodies { try await $0.lineItems(invoice: invoice, currency: dollars, set: set, each: $1) }
    return try bodies.enumerated().flatMap { page, body in
      known(try Wire.charges(body, invoice: invoice, set: set, page: page))
    }
  }
}
