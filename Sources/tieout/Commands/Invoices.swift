import ArgumentParser
import Billing
import MonthEnd
import PartnerCenter

/// What the service bills.
struct Invoices: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invoices", abstract: "See the account's invoices, their lines and their documents.",
    subcommands: [List.self, Show.self, Lines.self, Statement.self, Receipt.self])

  struct List: AccountStep {
    static let words = "invoices list"
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List every document of the account: invoices and what amends them.")

    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let documents = try await desk.account.documents()
      return desk.print { $0.add("invoices", Invoice.columns, documents, nothing: "The account has no invoices.") }
    }
  }

  struct Show: AccountStep {
    static let words = "invoices show"
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show one document and what amends it. Takes a user.")

    @Argument(help: ArgumentHelp("The invoice, such as G000024135.", valueName: "invoice")) var invoice: InvoiceID
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let found = try await desk.account.document(invoice)
      return desk.print { printout in
        printout.add("invoice", Invoice.columns + Invoice.detailColumns, one: found)
        printout.add("amendments", Invoice.columns, found.amendments.flatMap(\.flattened), nothing: "")
      }
    }
  }

  struct Lines: AccountStep {
    static let words = "invoices lines"
    static let configuration = CommandConfiguration(
      commandName: "lines", abstract: "List the lines of an invoice: what is billed, or the daily usage behind it.")

    @Argument(help: ArgumentHelp("The invoice, such as G000024135.", valueName: "invoice")) var invoice: InvoiceID
    @Option(help: ArgumentHelp("onetime, office or azure. (default: each the invoice has)", valueName: "provider"))
    var provider: String?
    @Flag(help: "Daily usage in place of what is billed.") var usage = false
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      // The list knows each document's sets and takes no user, unlike the invoice by its id.
      guard let document = try await desk.account.documents().first(where: { $0.id == invoice }) else {
        throw CommandError.invoiceUnknown(invoice)
      }
      let named = provider.map { LineSet(provider: $0, isUsage: usage) }
      var sets: [LineSet] = []
      for set in document.details where set.isUsage == usage && (named == nil || set == named) && !sets.contains(set) {
        sets.append(set)
      }
      guard !sets.isEmpty else { throw CommandError.setUnknown(document, provider: provider, isUsage: usage) }
      return try await usage ? listUsage(of: document, sets, at: desk) : listCharges(of: document, sets, at: desk)
    }

    private func listCharges(of document: Invoice, _ sets: [LineSet], at desk: Desk) async throws -> Ending {
      try await desk.list("lines", Charge.columns, nothing: "\(document.id) has no such lines.") { listing in
        for set in sets {
          try await desk.account.charges(of: document, set) { listing.add($0) }
        }
      }
    }

    private func listUsage(of document: Invoice, _ sets: [LineSet], at desk: Desk) async throws -> Ending {
      try await desk.list("lines", UsageRecord.columns, nothing: "\(document.id) has no such lines.") { listing in
        for set in sets {
          try await desk.account.usage(of: document, set) { listing.add($0) }
        }
      }
    }
  }
}

extension Invoice {
  static var columns: [Column<Self>] {
    [
      .id("invoice_id") { $0.id }, .id("date") { $0.date.day }, .id("type") { $0.invoiceType },
      .id("document") { $0.documentType }, .id("currency") { $0.currency }, .figure("total") { $0.totalCharges },
      .figure("paid") { $0.paidAmount }, .id("amends") { $0.amendsOf },
      .list("line_sets") { $0.details.map(\.description) },
    ]
  }

  static var detailColumns: [Column<Self>] {
    [.id("period_start") { $0.periodStart }, .id("period_end") { $0.periodEnd }]
  }
}
