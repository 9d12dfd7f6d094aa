import Billing
import PartnerCenter
import Testing

@Suite("Documents")
struct DocumentTests {
  @Test("are the bytes of a PDF, whatever the header says")
  func pdf() async throws {
    let transport = ScriptedTransport { _, _ in
      .json("%PDF-1.7\nrest", headers: ["content-type": "application/json"])
    }
    let invoice = try #require(InvoiceID("G000024132"))
    let receipt = try #require(ReceiptID("r-1"))
    let client = PartnerCenterClient(transport: transport)
    #expect(try await client.statement(of: invoice) == Array("%PDF-1.7\nrest".utf8))
    #expect(try await client.receipt(receipt, of: invoice) == Array("%PDF-1.7\nrest".utf8))
    #expect(
      transport.asked.map(\.target) == [
        "/v1/invoices/G000024132/documents/statement", "/v1/invoices/G000024132/receipts/r-1/documents/statement",
      ])
    #expect(transport.asked.allSatisfy { $0.credentials == .appAndUser && $0.answerKind == .pdf })
  }

  @Test("A JSON error in place of a document is a refusal, with status 200 too", arguments: [200, 404])
  func refusal(status: Int) async throws {
    let transport = ScriptedTransport { _, _ in .json(#"{"message":"The request is invalid."}"#, status: status) }
    let invoice = try #require(InvoiceID("G1"))
    let refusal = ServiceRefusal(
      status: status, code: nil, message: "The request is invalid.", target: "/v1/invoices/G1/documents/statement")
    await #expect(throws: refusal) { try await PartnerCenterClient(transport: transport).statement(of: invoice) }
  }

  @Test(
    "What is neither is told by how it begins",
    arguments: [("<html>\nbusy", "begins “<html> busy”"), ("", "is empty")])
  func neither(body: String, words: String) async throws {
    let transport = ScriptedTransport { _, _ in .json(body) }
    let invoice = try #require(InvoiceID("G1"))
    let error = await #expect(throws: NotPDF.self) {
      try await PartnerCenterClient(transport: transport).statement(of: invoice)
    }
    #expect(
      error?.description == "The answer to /v1/invoices/G1/documents/statement is no PDF: it \(words). It was not "
        + "saved; run again later.")
  }
}
