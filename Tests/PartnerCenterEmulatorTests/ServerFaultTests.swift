import Foundation
import PartnerCenterEmulator
import Testing

@Suite("Faults on purpose")
struct ServerFaultTests {
  @Test("A status fault hits as often as it says, after the requests it lets pass")
  func status() async throws {
    let fault = Fault(pathContains: "/INVOICES", passes: 1, times: 2, kind: .status(429, retryAfterSeconds: 57))
    try await ServerCaller.withSample(faults: [fault]) { caller async throws in
      var replies: [ServerCaller.Reply] = []
      for _ in 1...4 { replies.append(try await caller.get("/v1/invoices")) }
      #expect(replies.map(\.status) == [200, 429, 429, 200])
      #expect(replies[1].headers["retry-after"] == "57")
      #expect(
        replies[1].text == #"{"statusCode":429,"message":"Rate limit is exceeded. Try again in 57 seconds."}"#)
    }
  }

  @Test("A gateway's failure is HTML")
  func gateway() async throws {
    try await ServerCaller.withSample(faults: [.init(pathContains: "summary", kind: .status(504))]) {
      caller async throws in
      let reply = try await caller.get("/v1/invoices/summary")
      #expect(reply.status == 504)
      #expect(reply.text.hasPrefix("<html>"))
    }
  }

  @Test("A cut body is an error of the connection")
  func cut() async throws {
    try await ServerCaller.withSample(faults: [.init(pathContains: "summary", kind: .cutBody)]) { caller async throws in
      await #expect(throws: (any Error).self) { try await caller.get("/v1/invoices/summary") }
      #expect(try await caller.get("/v1/invoices/summary").status == 200)
    }
  }

  @Test("Truncated JSON comes as a complete answer")
  func truncated() async throws {
    try await ServerCaller.withSample(faults: [.init(pathContains: "summary", kind: .truncatedJSON)]) {
      caller async throws in
      let reply = try await caller.get("/v1/invoices/summary")
      #expect(reply.status == 200)
      #expect(reply.text == #"{"balanceAmount":12.50"#)
    }
  }

  @Test("A stalled body arrives whole in the end")
  func stalled() async throws {
    let fault = Fault(pathContains: "summary", kind: .stalledBody(.milliseconds(300)))
    try await ServerCaller.withSample(faults: [fault]) { caller async throws in
      let start = ContinuousClock.now
      #expect(try await caller.get("/v1/invoices/summary").json["currencyCode"] as? String == "EUR")
      #expect(.now - start >= .milliseconds(300))
    }
  }

  @Test("A body can be rewritten or replaced")
  func edited() async throws {
    let faults = [
      Fault(pathContains: "summary", kind: .edited { "\u{FEFF}" + $0 }),
      Fault(pathContains: "summary", kind: .body(#"{"currencyCode":"\ud800"}"#)),
    ]
    try await ServerCaller.withSample(faults: faults) { caller async throws in
      #expect(try await caller.get("/v1/invoices/summary").bytes.starts(with: [0xEF, 0xBB, 0xBF, 0x7B]))
      #expect(try await caller.get("/v1/invoices/summary").text == #"{"currencyCode":"\ud800"}"#)
      #expect(try await caller.get("/v1/invoices/summary").json["currencyCode"] as? String == "EUR")
    }
  }

  @Test("A port that is taken is named, with what helps")
  func portTaken() async throws {
    try await ServerCaller.withSample { caller async throws in
      let port = try (caller.base.split(separator: ":").last.flatMap { Int($0) }).required
      do {
        try await ServerCaller.withSample(.init(port: port)) { _ in }
        Issue.record("Two emulators listen on one port.")
      } catch {
        #expect("\(error)".hasPrefix("The emulator cannot listen on 127.0.0.1:\(port) ("))
        #expect("\(error)".hasSuffix("Choose another port; 0 takes a free one."))
      }
    }
  }

  @Test("The server is gone as soon as its body returns, and hands an error of the body on", .timeLimit(.minutes(2)))
  func stops() async throws {
    struct Stop: Error {}
    await #expect(throws: Stop.self) {
      try await ServerCaller.withSample { caller async throws in
        _ = try await caller.get("/v1/invoices")
        throw Stop()
      }
    }
    let base = try await ServerCaller.withSample { $0.base }
    await #expect(throws: (any Error).self) { try await ServerCaller(base: base).get("/v1/invoices") }
  }
}
