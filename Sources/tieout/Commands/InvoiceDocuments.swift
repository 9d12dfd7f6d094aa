import ArgumentParser
import Billing
import MonthEnd
import PartnerCenter

extension Invoices {
  struct Statement: AccountStep {
    static let words = "invoices statement"
    static let configuration = CommandConfiguration(
      commandName: "statement", abstract: "Save an invoice as PDF, by default beside the evidence. Takes a user.")

    @Argument(help: ArgumentHelp("The invoice, such as G000024135.", valueName: "invoice")) var invoice: InvoiceID
    @Option(
      help: ArgumentHelp("File or folder. (default: documents in the folder of the evidence)", valueName: "path"))
    var out: String?
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let pdf = try await desk.account.client.statement(of: invoice)
      return try desk.save(pdf, out: out, name: "Invoice_\(invoice).pdf")
    }
  }

  struct Receipt: AccountStep {
    static let words = "invoices receipt"
    static let configuration = CommandConfiguration(
      commandName: "receipt", abstract: "Save a tax receipt as PDF; only Taiwan has them. Takes a user.")

    @Argument(help: ArgumentHelp("The invoice, such as G000024135.", valueName: "invoice")) var invoice: InvoiceID
    @Argument(help: ArgumentHelp("The tax receipt.", valueName: "receipt")) var receipt: ReceiptID
    @Option(
      help: ArgumentHelp("File or folder. (default: documents in the folder of the evidence)", valueName: "path"))
    var out: String?
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let pdf = try await desk.account.client.receipt(receipt, of: invoice)
      return try desk.save(pdf, out: out, name: "E-Tax-\(receipt).pdf")
    }
  }
}

extension Desk {
  /// Saves a document and says where.
  func save(_ bytes: [UInt8], out: String?, name: String) throws -> Ending {
    let file = DocumentFile(out: out, archive: settings.archive, name: name)
    try file.write(bytes)
    return print { printout in
      printout.add("path", sentence: file.path)
      printout.add("byte_count", fact: .number(bytes.count))
    }
  }
}
