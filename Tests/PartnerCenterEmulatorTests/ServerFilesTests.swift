import Foundation
import PartnerCenterEmulator
import Testing

@Suite("A world as files")
struct ServerFilesTests {
  @Test("Every collection has its file, spelt as it is served")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "emulator-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try ServerSample.world.write(toFolder: folder.path)
    let texts: [String: String] = [
      "lineitems/G000000001-onetime-billinglineitems.jsonl": "1.10\n2.20\n3.30\n4.40\n5.50\n",
      "summary.json": #"{"balanceAmount":12.50,"currencyCode":"EUR"}"# + "\n",
      "entitlements/\(ServerSample.customer).json":
        "[\n" + #"{"productId":"S","expiryDate":null},"# + "\n"
        + #"{"productId":"R","expiryDate":"2026-01-10T00:00:00Z"}"# + "\n]\n",
      "artifacts.json":
        "{\n" + #""\#(ServerSample.artifact)":{"type":"reservedinstance","virtualMachineReservations":[]}"# + "\n}\n",
    ]
    for (name, text) in texts {
      #expect(try String(contentsOf: folder.appending(path: name), encoding: .utf8) == text)
    }
    #expect(throws: (any Error).self) { try ServerSample.world.write(toFolder: folder.path) }
  }

  @Test("The answer key is JSON with the members in order")
  func answerKey() throws {
    let planted = AnswerKey.Planted(
      name: "invoice-total", mCode: "M01", customer: "", invoice: "G000000001", currency: "EUR", amount: "-12.5",
      meaning: "header − lines")
    let key = AnswerKey(seed: 1, lines: 5, planted: [planted], decoys: ["org-prefix": 2])
    #expect(
      try key.text == """
        {
          "decoys" : {
            "org-prefix" : 2
          },
          "lines" : 5,
          "planted" : [
            {
              "amount" : "-12.5",
              "currency" : "EUR",
              "customer" : "",
              "invoice" : "G000000001",
              "m_code" : "M01",
              "meaning" : "header − lines",
              "name" : "invoice-total"
            }
          ],
          "seed" : 1
        }

        """)
  }
}
