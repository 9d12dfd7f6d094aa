extension Table {
  /// The table as XML after the published schema.
  ///
  /// - Parameter depth: how many folders beneath the reports' folder the file lies, where the schema is.
  package func xml(depth: Int = 0) throws -> [UInt8] {
    try XMLWriter.document { writer in
      writer.element(name) { writer in
        let schema = String(repeating: "../", count: depth) + ReportSchema.fileName
        writer.attribute("xmlns", ReportSchema.namespace)
        writer.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        writer.attribute("xsi:schemaLocation", "\(ReportSchema.namespace) \(schema)")
        for fact in facts {
          if let printed = fact.cell.printed { writer.attribute(fact.name, printed) }
        }
        for row in rows { write(row, to: &writer) }
      }
    }
  }

  private func write(_ row: Row, to writer: inout XMLWriter) {
    writer.element(rowName) { writer in
      for (column, cell) in zip(columns, row.cells) {
        if let printed = cell.printed { writer.element(column.name, text: printed) }
      }
      guard !row.nested.isEmpty else { return }
      writer.element(nestedName) { writer in
        for nested in row.nested { write(nested, to: &writer) }
      }
    }
  }
}
