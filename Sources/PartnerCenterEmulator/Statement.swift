/// A PDF of one page, small enough to be written by hand: contract §9.10.
enum Statement {
  /// - Parameter lines: Plain ASCII.
  static func pdf(_ lines: [String]) -> String {
    let shown = lines.map { line in "(\(escaped(line))) Tj T*" }.joined(separator: "\n")
    let page = "BT\n/F1 12 Tf\n14 TL\n72 770 Td\n\(shown)\nET\n"
    let objects = [
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        + " /Resources << /Font << /F1 4 0 R >> >> >>",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
      "<< /Length \(page.utf8.count) >>\nstream\n\(page)endstream",
    ]
    var text = "%PDF-1.4\n"
    var entries = "0000000000 65535 f \n"
    for (number, object) in objects.enumerated() {
      let place = String(text.utf8.count)
      entries += String(repeating: "0", count: 10 - place.utf8.count) + place + " 00000 n \n"
      text += "\(number + 1) 0 obj\n\(object)\nendobj\n"
    }
    let table = text.utf8.count
    return text + "xref\n0 \(objects.count + 1)\n\(entries)"
      + "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n"
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "()\\".contains(character) { result.append("\\") }
      result.append(character.isASCII ? character : "?")
    }
  }
}

extension Service {
  /// `GET invoices/{i}/documents/statement`: a PDF whose header says JSON, as the sample's does.
  func statement(of document: WorldIndex.Document) -> Answer {
    let invoice = RawJSON(document.json)
    let total = invoice["totalCharges"]?.literal ?? ""
    return Answer(
      headers: [
        ("Content-Type", "application/json"),
        ("Content-Disposition", "attachment; filename=Invoice_\(document.id).pdf"),
      ],
      body: [Statement.pdf(["Invoice \(document.id)", "Total charges: \(total) \(document.currency)"])])
  }

  /// `GET invoices/{i}/receipts/{r}/documents/statement`: of the tax receipts the invoice names.
  func receipt(_ id: String, of document: WorldIndex.Document) throws(Refusal) -> Answer {
    let receipts = RawJSON(document.json)["taxReceipts"]?.elements ?? []
    guard receipts.contains(where: { $0["id"]?.string?.lowercased() == id.lowercased() }) else {
      throw Refusal(404, code: "1000", "The receipt \(id) was not found.")
    }
    return Answer(
      headers: [
        ("Content-Type", "application/pdf"), ("Content-Disposition", "attachment; filename=\(id).pdf"),
      ],
      body: [Statement.pdf(["Tax receipt \(id)", "Invoice \(document.id)"])])
  }
}
