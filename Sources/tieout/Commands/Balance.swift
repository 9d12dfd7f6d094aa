import ArgumentParser
import Billing
import MonthEnd

/// What the partner owes.
struct Balance: AccountStep {
  static let words = "balance"
  static let configuration = CommandConfiguration(
    commandName: "balance", abstract: "Show the unpaid balance, as a whole and by type of invoice.",
    discussion: "--all-currencies takes a user; without it an application is enough.")

  @Flag(name: .customLong("all-currencies"), help: "Of every currency, not only the partner's first.")
  var isOfAllCurrencies = false
  @OptionGroup var desk: DeskOptions

  func perform(at desk: Desk) async throws -> Ending {
    let summaries = try await desk.account.balances(inAllCurrencies: isOfAllCurrencies)
    return desk.print { printout in
      printout.add(
        "balances", BalanceRow.columns, summaries.flatMap { BalanceRow.all(of: $0) },
        nothing: "The account has no balance in any currency.")
    }
  }
}

/// A balance as a whole, or the part of one type of invoice in it.
private struct BalanceRow {
  /// `nil` for the whole.
  var type: InvoiceType?
  var summary: AccountSummary

  static func all(of summary: AccountSummary) -> [BalanceRow] {
    [BalanceRow(summary: summary)] + summary.details.map { BalanceRow(type: $0.invoiceType, summary: $0.summary) }
  }

  static var columns: [Column<Self>] {
    [
      .id("currency") { $0.summary.currency }, .id("invoice_type") { $0.type?.printed ?? "all" },
      .figure("balance") { $0.summary.balance }, .id("accounting_date") { $0.summary.accountingDate },
      .id("first_invoice") { $0.summary.firstInvoiceCreationDate },
      .id("latest_invoice") { $0.summary.latestInvoiceDate },
      .id("last_payment") { $0.summary.lastPaymentDate },
      .figure("last_payment_amount") { $0.summary.lastPaymentAmount },
    ]
  }
}
