public import Billing
import GRDB

extension Ledger {
  /// Replaces all documents: those that are no longer served go, with their lines.
  ///
  /// Amendments are counted once, by id, whether they hang on another document, stand in the list, or both.
  public func ingestDocuments(_ invoices: [Invoice]) throws {
    let documents = Self.flattened(invoices)
    try write { database in
      let before = try Self.documents(database)
      guard before != documents else { return }
      try database.forgetFindings()

      let served = Set(documents.map(\.id))
      for gone in before where !served.contains(gone.id) {
        try database.execute(sql: "DELETE FROM document WHERE id = ?", arguments: [gone.id.printed])
      }
      var document = try Insertion(database, upsertInto: "document", key: "id", Invoice.columnsWritten)
      for (ordinal, invoice) in documents.enumerated() {
        try document.run { invoice.put(into: &$0, ordinal: ordinal) }
      }

      try database.execute(sql: "DELETE FROM document_set")
      var set = try Insertion(database, into: "document_set", ["invoice", "line_set", "ordinal"])
      for invoice in documents {
        for (ordinal, lineSet) in invoice.details.enumerated() {
          try set.run { row in
            row.put(invoice.id)
            row.put(lineSet.description)
            row.put(ordinal)
          }
        }
      }
    }
  }

  /// Every document once, without its amendments, in the order served.
  public func documents() throws -> [Invoice] { try read(Self.documents) }

  static func documents(_ database: Database) throws -> [Invoice] {
    let sets: [InvoiceID: [LineSet]] = try database.valuesByKey(
      "SELECT invoice, line_set FROM document_set ORDER BY invoice, ordinal", key: { try $0.id() },
      { try $0.lineSet() })
    return try database.values(
      "SELECT \(Invoice.columnsRead.joined(separator: ", ")) FROM document ORDER BY ordinal"
    ) { row in
      try Invoice(reading: &row) { sets[$0] ?? [] }
    }
  }

  /// Documents by id, each once and without amendments; an amendment knows what it hangs on.
  private static func flattened(_ invoices: [Invoice]) -> [Invoice] {
    var documents: [Invoice] = []
    var places: [InvoiceID: Int] = [:]
    func add(_ invoice: Invoice, under parent: InvoiceID?) {
      if let place = places[invoice.id] {
        if documents[place].amendsOf == nil { documents[place].amendsOf = parent }
      } else {
        var document = invoice
        document.amendments = []
        document.amendsOf = invoice.amendsOf ?? parent
        var seen: Set<LineSet> = []
        document.details = invoice.details.filter { seen.insert($0).inserted }
        places[invoice.id] = documents.count
        documents.append(document)
      }
      for amendment in invoice.amendments { add(amendment, under: invoice.id) }
    }
    for invoice in invoices { add(invoice, under: nil) }
    return documents
  }
}
