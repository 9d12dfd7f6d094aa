import Billing
import MonthEnd
import PartnerCenter
import PartnerCenterEmulator
import Testing

/// What makes a run stop.
struct StoppingFault: Sendable, CustomTestStringConvertible {
  var name: String
  var code = ExitCode.dataIncomplete
  /// What the sentence has to say.
  var words: [String]
  var world = FaultRehearsal.world
  var faults: [Fault] = []
  var change: @Sendable (inout Settings) -> Void = { _ in }

  var testDescription: String { name }
}

extension StoppingFault {
  static let all = brokenBodies + unreadableLines + refusals

  private static let brokenBodies = [
    StoppingFault(
      name: "a body that ends in the middle",
      words: ["not whole", "cut off", ServedWorld.LineSet.spoilt.invoice],
      faults: [always(.truncatedJSON)]),
    StoppingFault(
      name: "a connection that is cut in the middle of every body", words: ["not whole", "run again"],
      faults: [always(.cutBody)]),
    StoppingFault(
      name: "an empty body", words: ["not whole", "empty where JSON was expected"], faults: [always(.body(""))]),
    StoppingFault(
      name: "a gateway's page with status 200", words: ["not whole", "not JSON"],
      faults: [always(.body("<html><body>Sign in</body></html>"))]),
    StoppingFault(
      name: "something behind the end", words: ["not whole", "follows after the end"],
      faults: [always(.edited { $0 + "{}" })]),
    StoppingFault(
      name: "a missing comma in a member that nobody reads", words: ["not whole", "not JSON from here on", "byte"],
      world: FaultRehearsal.world.spoiling(0) { $0.setMember("discountDetails", #"{"a":[1 2]}"#) }),
    StoppingFault(
      name: "an unknown escape in a member that nobody reads",
      words: ["not whole", "an escape that JSON does not know"],
      world: FaultRehearsal.world.spoiling(0) { $0.setMember("discountDetails", #""\q""#) }),
    StoppingFault(
      name: "a collection without items", words: ["“items” is missing"],
      faults: [Fault(pathContains: "/customers?", times: 99, kind: .body("{}"))]),
    StoppingFault(
      name: "a page that comes again and again instead of the next",
      words: ["each time an earlier page came back", "Page 2", "run again later"],
      world: FaultRehearsal.worldOfShortPages, faults: FirstPage.repeated(times: 99)),
  ]

  private static let unreadableLines = [
    StoppingFault(
      name: "an amount that became an object", words: ["“subtotal” is an object", "an amount", position(0)],
      world: FaultRehearsal.world.spoiling(0) { $0.setMember("subtotal", #"{"x":1}"#) }),
    StoppingFault(
      name: "an amount of 45 digits", words: ["“totalForCustomer”", "at most 38 digits", position(0)],
      world: FaultRehearsal.world.spoiling(0) {
        $0.setMember("totalForCustomer", String(repeating: "123456789", count: 5))
      }),
    StoppingFault(
      name: "an amount that is a word", words: ["“taxTotal”", "says “n/a”", "not an amount", position(0)],
      world: FaultRehearsal.world.spoiling(0) { $0.setMember("taxTotal", #""n/a""#) }),
  ]

  private static let refusals = [
    StoppingFault(
      name: "a service in trouble for good", words: ["status 503", "run again later"],
      faults: [always(.status(503))]),
    StoppingFault(
      name: "a service that asks for patience for good", words: ["status 429", "asks for patience"],
      faults: [always(.status(429, retryAfterSeconds: 0))]),
    StoppingFault(
      name: "a call that is forbidden", code: .signInRefused, words: ["status 403", "Check the roles"],
      faults: [always(.status(403))]),
    StoppingFault(
      name: "a token that is refused for good", code: .signInRefused, words: ["status 401", "fresh token"],
      faults: [always(.status(401))]),
    StoppingFault(
      name: "a wrong client secret", code: .signInRefused,
      words: ["refused the app-only token", "AADSTS7000215", "new client secret"],
      change: { settings in Secret("wrong").map { settings.credentials?.clientSecret = $0 } }),
    StoppingFault(
      name: "an unknown tenant", code: .signInRefused, words: ["AADSTS90002", "Check the tenant"],
      change: { $0.credentials?.tenant = "elsewhere.example" }),
    StoppingFault(
      name: "no refresh token for a call that takes a user", code: .signInRefused,
      words: ["takes a token of an application and a user", "GET /v1/invoices/", "configure the refresh token"],
      change: { $0.credentials?.refreshToken = nil }),
    StoppingFault(
      name: "a refresh token that is dead", code: .signInRefused,
      words: ["refused the app+user token", "consent again"],
      change: { $0.credentials?.refreshToken = Secret("dead") }),
    StoppingFault(
      name: "a service that cannot be reached", words: ["could not be reached", "Check the network"],
      change: { $0.apiURL = "http://127.0.0.1:1" }),
    StoppingFault(
      name: "a sign-in service that cannot be reached", words: ["sign-in service gave no answer", "/v1/invoices"],
      change: { $0.loginURL = "http://127.0.0.1:1" }),
    StoppingFault(
      name: "a period without invoices", code: .notReady, words: ["invoices of 2025-03 do not exist yet"],
      change: { $0.period = Month("2025-03") }),
  ]

  private static func always(_ kind: Fault.Kind) -> Fault {
    Fault(pathContains: ServedWorld.LineSet.spoilt.path, times: 99, kind: kind)
  }

  private static func position(_ index: Int) -> String {
    "\(ServedWorld.LineSet.spoilt.invoice)/onetime-billing/0/\(index)"
  }
}
