import Billing
import MonthEnd
import PartnerCenter
import PartnerCenterEmulator
import Testing

@Suite("Following a registration")
struct ScenarioCommandRegistrationTests {
  @Test(
    "What to do after each status",
    arguments: [
      ([.registered], .registered),
      ([.registering], .rest(.seconds(2))),
      ([.registering, .registering, .registering], .rest(.seconds(8))),
      ([.registering, .registered], .registered),
      ([.notRegistered], .rest(.seconds(2))),
      ([.registering, .notRegistered], .failed),
      (Array(repeating: .notRegistered, count: 6), .failed),
      ([.other("Rejected")], .failed),
    ] as [([SubscriptionRegistration.Status], RegistrationWatch.Step)])
  func steps(statuses: [SubscriptionRegistration.Status], last: RegistrationWatch.Step) {
    var watch = RegistrationWatch()
    var steps: [RegistrationWatch.Step] = []
    for status in statuses { steps.append(watch.step(after: status)) }
    #expect(steps.last == last)
  }

  @Test("Rests grow to a minute and end with patience")
  func patience() {
    var watch = RegistrationWatch()
    var rests: [Duration] = []
    while case .rest(let rest) = watch.step(after: .registering) { rests.append(rest) }
    #expect(Array(rests.prefix(7)) == [2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
    #expect(rests.reduce(.zero, +) >= .seconds(1_800))
    #expect(rests.reduce(.zero, +) < .seconds(1_861))
    #expect(watch.step(after: .registering) == .outOfPatience)
    #expect(watch.step(after: .registered) == .registered)
  }

  @Test("A registration is looked at until it is registered")
  func follow() async throws {
    let world = ScenarioCommandDesk.world
    let configuration = Emulator.Configuration(registrationPolls: 2)
    let workplace = try Workplace()
    try await Emulator.withServer(world: world, configuration: configuration) { base in
      let desk = ScenarioCommandDesk(
        base: base, world: world, configuration: configuration, workplace: workplace)
      let azure = try desk.azure()
      let customer = try #require(CustomerID(azure.customer))
      let subscription = try #require(SubscriptionID(azure.subscription))
      let settings = try Settings.test(in: workplace, baseURL: base, world: world)
      try await Account.with(settings, logger: quiet) { account in
        try await account.client.register(subscription, customer: customer, requestID: "r1")
        var rests: [Duration] = []
        var seen: [SubscriptionRegistration.Status] = []
        let (registration, end) = try await account.followRegistration(
          of: subscription, customer: customer, sleep: { rests.append($0) }, each: { seen.append($0.status) })
        #expect(end == .registered)
        #expect(registration.status == .registered)
        #expect(seen == [.registering, .registering, .registered])
        #expect(rests == [.seconds(2), .seconds(4)])
      }
    }
  }
}
