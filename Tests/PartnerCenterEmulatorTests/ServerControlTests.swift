import PartnerCenterEmulator
import Testing

@Suite("The emulator's own endpoints")
struct ServerControlTests {
  @Test("The clock stands at the world's as-of until it is advanced, and tells the new time")
  func clock() async throws {
    let fault = Fault(pathContains: "", times: 99, kind: .status(503))
    try await ServerCaller.withSample(faults: [fault]) { caller async throws in
      var caller = caller
      caller.bearer = nil
      let start = try await caller.get("/emulator/clock")
      #expect(start.text == #"{"time":"2025-03-20T00:00:00Z","secondsAdvanced":0}"#)
      let moved = try await caller.send("POST", "/emulator/clock?advance=900", body: "")
      #expect(moved.status == 200)
      #expect(moved.text == #"{"time":"2025-03-20T00:15:00Z","secondsAdvanced":900}"#)
      let later = try await caller.send("POST", "/emulator/clock?advance=86400", body: "")
      #expect(later.text == #"{"time":"2025-03-21T00:15:00Z","secondsAdvanced":87300}"#)
      #expect(try await caller.get("/emulator/clock").text == later.text)
    }
  }

  @Test("What the clock shows is what orders live by")
  func orders() async throws {
    try await ServerCaller.withSample { caller async throws in
      let orders = "/v1/customers/\(ServerSample.customer)/orders"
      #expect(try await !caller.get(orders).text.contains("0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc2"))
      _ = try await caller.send("POST", "/emulator/clock?advance=1", body: "")
      #expect(try await caller.get(orders).text.contains("0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc2"))
    }
  }

  @Test(
    "The clock goes forward by whole seconds only",
    arguments: ["", "?advance=-1", "?advance=1.5", "?advance=315619201"])
  func refusals(query: String) async throws {
    try await ServerCaller.withSample { caller async throws in
      let reply = try await caller.send("POST", "/emulator/clock\(query)", body: "")
      #expect(reply.status == 400)
      #expect(
        reply.text
          == #"{"message":"advance must be whole seconds, such as POST /emulator/clock?advance=900, and at most "#
          + #"315619200, ten years."}"#)
      #expect(try await caller.get("/emulator/clock").text.contains(#""secondsAdvanced":0"#))
      #expect(try await caller.send("PUT", "/emulator/clock", body: "").status == 405)
      #expect(try await caller.get("/emulator/nothing").status == 404)
    }
  }
}
