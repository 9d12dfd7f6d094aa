import ArgumentParser
import Billing
import Logging
import MonthEnd
import PartnerCenter

/// Whether an Azure subscription may buy reservations.
struct Registration: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registration",
    abstract: "Register an Azure subscription for reservations, and see how far it is.",
    subcommands: [Start.self, Status.self])

  struct Start: AccountStep {
    static let words = "registration start"
    static let configuration = CommandConfiguration(
      commandName: "start", abstract: "Ask that an Azure subscription may buy reservations.",
      discussion: "The service takes its time: `registration status --follow` waits until it is decided.")

    @OptionGroup var place: RegistrationOptions
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      try await desk.account.client.register(
        place.subscription, customer: place.customer, requestID: APIRequest.makeID())
      return desk.print { printout in
        printout.add(
          "accepted",
          sentence: "The service accepted the registration of \(place.subscription). "
            + "See how far it is with `tieout registration status`.")
      }
    }
  }

  struct Status: AccountStep {
    static let words = "registration status"
    static let configuration = CommandConfiguration(
      commandName: "status", abstract: "Say how far the registration of an Azure subscription is.",
      discussion: "With --follow it ends with 1 when the registration failed or is not decided after half an hour.")

    @OptionGroup var place: RegistrationOptions
    @Flag(help: "Look again until it is registered or has failed.") var follow = false
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      guard follow else {
        let registration = try await desk.account.reading {
          try await $0.registrationStatus(of: place.subscription, customer: place.customer)
        }
        return desk.show("registration", SubscriptionRegistration.columns, registration)
      }
      let (registration, end) = try await desk.account.followRegistration(
        of: place.subscription, customer: place.customer,
        each: { desk.logger.info("registration looked at", metadata: ["status": "\($0.status)"]) })
      return desk.print { printout in
        printout.add("registration", SubscriptionRegistration.columns, one: registration)
        printout.ending = end == .registered ? .tiedOut : .mismatches
        switch end {
        case .registered, .rest: break
        case .failed:
          printout.add(
            "remark",
            sentence: "The registration failed. Check that the subscription is an active Azure one, and start again.")
        case .outOfPatience:
          printout.add("remark", sentence: "It is not decided after half an hour. Look again later.")
        }
      }
    }
  }
}

/// Which subscription of which customer.
struct RegistrationOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The customer.", valueName: "id")) var customer: CustomerID
  @Option(help: ArgumentHelp("The customer's Azure subscription.", valueName: "id")) var subscription: SubscriptionID
}

extension SubscriptionRegistration {
  static var columns: [Column<Self>] {
    [.id("subscription_id") { $0.subscription }, .words("status") { $0.status.description }]
  }
}
