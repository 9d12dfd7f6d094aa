import Foundation
import PartnerCenterEmulator
import Testing

@Suite("Faults of answers and of the wire")
struct ServerFaultWireTests {
  private let summary = "/v1/invoices/summary"
  private let whole = #"{"balanceAmount":12.50,"currencyCode":"EUR"}"#

  private func with(_ kind: Fault.Kind, _ body: (ServerCaller) async throws -> Void) async throws {
    try await ServerCaller.withSample(faults: [Fault(pathContains: "summary", kind: kind)], body)
  }

  @Test(
    "A status fault prints what the service or a gateway prints for it",
    arguments: [
      (401, #"{"code":"400","description":"Access denied.","data":[],"source":"PartnerFD"}"#),
      (403, #"{"code":"800002","description":"The request was refused on purpose.","data":[],"source":"PartnerFD"}"#),
      (404, #"{"code":"800002","description":"The request was refused on purpose.","data":[],"source":"PartnerFD"}"#),
      (408, "<html><head><title>408</title></head><body><h1>408</h1></body></html>"),
      (429, #"{"statusCode":429,"message":"Rate limit is exceeded."}"#),
      (500, "<html><head><title>500</title></head><body><h1>500</h1></body></html>"),
      (502, "<html><head><title>502</title></head><body><h1>502</h1></body></html>"),
      (503, "<html><head><title>503</title></head><body><h1>503</h1></body></html>"),
      (504, "<html><head><title>504</title></head><body><h1>504</h1></body></html>"),
    ])
  func statuses(status: Int, body: String) async throws {
    try await with(.status(status)) { caller async throws in
      let reply = try await caller.get(summary)
      #expect(reply.status == status)
      #expect(reply.text == body)
      #expect(reply.headers["retry-after"] == nil)
      #expect((reply.headers["www-authenticate"] != nil) == (status == 401))
      #expect(reply.headers["content-type"]?.hasPrefix(body.hasPrefix("<") ? "text/html" : "application/json") == true)
      #expect(try await caller.get(summary).text == whole)
    }
  }

  @Test("Throttling may ask for no rest at all")
  func retryAfterZero() async throws {
    try await with(.status(429, retryAfterSeconds: 0)) { caller async throws in
      #expect(try await caller.get(summary).headers["retry-after"] == "0")
    }
  }

  @Test("A fault for one kind of credentials leaves the other alone", arguments: [false, true])
  func credentials(asUser: Bool) async throws {
    let faults = [
      Fault(pathContains: "", times: 99, credential: .app, kind: .refused(403, code: "900329")),
      Fault(pathContains: "summary", times: 99, credential: .appAndUser, kind: .refused(403, code: "900308")),
    ]
    try await ServerCaller.withSample(asUser: asUser, faults: faults) { caller async throws in
      let reply = try await caller.get(summary)
      #expect(reply.status == 403)
      #expect(reply.code == (asUser ? "900308" : "900329"))
      #expect(try await caller.get("/v1/customers?size=0").status == (asUser ? 200 : 403))
    }
  }

  @Test("A fault for one method leaves the others alone")
  func method() async throws {
    let fault = Fault(pathContains: "/v1/", method: "post", kind: .status(503))
    try await ServerCaller.withSample(faults: [fault]) { caller async throws in
      #expect(try await caller.get(summary).status == 200)
      #expect(try await caller.send("POST", "/v1/extensions/product/checkinventory", body: "{}").status == 503)
    }
  }

  @Test("A dripping body arrives whole, in however many pieces", arguments: [1, 3, 44, 1000])
  func drip(pieces: Int) async throws {
    try await with(.drippedBody(pieces: pieces, pause: .zero)) { caller async throws in
      let reply = try await caller.get(summary)
      #expect(reply.text == whole)
      #expect(reply.headers["content-length"] == "44")
    }
  }

  @Test("A Content-Length that is too small cuts the JSON of a complete answer")
  func lengthTooSmall() async throws {
    try await with(.contentLength(offBy: -10)) { caller async throws in
      let reply = try await caller.get(summary)
      #expect(reply.status == 200)
      #expect(reply.headers["content-length"] == "34")
      #expect(reply.text == #"{"balanceAmount":12.50,"currencyCo"#)
      #expect(try await caller.get(summary).text == whole)
    }
  }

  @Test("A Content-Length that is too large is an error of the connection")
  func lengthTooLarge() async throws {
    try await with(.contentLength(offBy: 10)) { caller async throws in
      await #expect(throws: (any Error).self) { try await caller.get(summary) }
      #expect(try await caller.get(summary).text == whole)
    }
  }

  @Test(
    "A body of another type comes with status 200",
    arguments: [
      (Fault.Impostor.html, "text/html", "<!DOCTYPE html>"), (.array, "application/json", #"[{"balanceAmount":12.50,"#),
      (.pdf, "application/pdf", "%PDF-1.4"),
    ])
  func otherBody(impostor: Fault.Impostor, type: String, start: String) async throws {
    try await with(.otherBody(impostor)) { caller async throws in
      let reply = try await caller.get(summary)
      #expect(reply.status == 200)
      #expect(reply.headers["content-type"]?.hasPrefix(type) == true)
      #expect(reply.text.hasPrefix(start))
    }
  }
}
