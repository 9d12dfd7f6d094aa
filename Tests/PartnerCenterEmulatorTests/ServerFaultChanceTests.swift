import PartnerCenterEmulator
import Testing

@Suite("Faults by seed")
struct ServerFaultChanceTests {
  private let paths = (1...40).map { "/v1/invoices?size=\($0)" }

  /// The statuses of so many rounds over all paths.
  private func statuses(
    seed: UInt64, perMille: Int = 400, consecutiveMax: Int = 2, paths: [String], rounds: Int = 3
  ) async throws -> [String: [Int]] {
    let fault = Fault.random(
      perMille: perMille, seed: seed, kinds: [.status(503), .status(429, retryAfterSeconds: 0)],
      pathContains: "/invoices?", consecutiveMax: consecutiveMax)
    return try await ServerCaller.withSample(faults: [fault]) { caller async throws in
      var statuses: [String: [Int]] = [:]
      for _ in 1...rounds {
        for path in paths { statuses[path, default: []].append(try await caller.get(path).status) }
      }
      return statuses
    }
  }

  @Test("The same seed strikes the same requests in whatever order they arrive, another seed others")
  func order() async throws {
    let one = try await statuses(seed: 7, paths: paths)
    #expect(try await statuses(seed: 7, paths: paths.reversed()) == one)
    #expect(try await statuses(seed: 8, paths: paths) != one)
    let all = one.values.joined()
    #expect(Set(all) == [200, 429, 503])
    let struck = all.count { $0 != 200 }
    #expect((24...72).contains(struck), "\(struck) of 120 requests are struck with seed 7 and 400 of a thousand.")
  }

  @Test("Nothing is struck more often in a row than allowed", arguments: [1, 2, 3])
  func consecutive(most: Int) async throws {
    let statuses = try await statuses(
      seed: 3, perMille: 1000, consecutiveMax: most, paths: ["/v1/invoices?size=1", "/v1/invoices?size=2"], rounds: 8)
    let expected = (0..<8).map { $0 % (most + 1) == most }
    for (path, statuses) in statuses {
      #expect(statuses.map { $0 == 200 } == expected, "\(path) with seed 3")
    }
  }

  @Test("Each page of a list is a request of its own")
  func pages() async throws {
    let fault = Fault.random(
      perMille: 1000, seed: 1, kinds: [.status(503)], pathContains: "lineitems", consecutiveMax: 1)
    let lines = "/v1/invoices/G000000001/lineitems?provider=onetime&invoicelineitemtype=billinglineitems&size=2"
    try await ServerCaller.withSample(faults: [fault]) { caller async throws in
      #expect(try await caller.get(lines).status == 503)
      let token = try await caller.get(lines).token.required
      let headers = ["MS-ContinuationToken": token]
      #expect(try await caller.get(lines + "&seekOperation=Next", headers).status == 503)
      #expect(try await caller.get(lines + "&seekOperation=Next", headers).status == 200)
    }
  }

  @Test("A chance of none strikes nothing")
  func never() async throws {
    let statuses = try await statuses(seed: 1, perMille: 0, paths: ["/v1/invoices?size=1"], rounds: 5)
    #expect(statuses.values.joined().allSatisfy { $0 == 200 })
  }
}
