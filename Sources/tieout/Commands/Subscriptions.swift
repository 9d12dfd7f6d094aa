import ArgumentParser
import Billing
import MonthEnd
import PartnerCenter

/// What a customer holds by now.
struct Subscriptions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "subscriptions", abstract: "See a customer's subscriptions.",
    subcommands: [List.self, Show.self, Provisioning.self, Azure.self])

  struct List: AccountStep {
    static let words = "subscriptions list"
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List a customer's subscriptions: all, those of an order, or of a reseller.")

    @Option(help: ArgumentHelp("The customer.", valueName: "id")) var customer: CustomerID
    @Option(help: ArgumentHelp("Only those of this order.", valueName: "id")) var order: OrderID?
    @Option(help: ArgumentHelp("Only those this reseller is on record for.", valueName: "partner-id"))
    var reseller: String?
    @OptionGroup var desk: DeskOptions

    func validate() throws {
      guard order == nil || reseller == nil else {
        throw ValidationError("The service narrows by --order or by --reseller, not by both.")
      }
    }

    func perform(at desk: Desk) async throws -> Ending {
      let found: [Subscription] =
        if let order {
          try await desk.account.reading { try await $0.subscriptions(of: order, customer: customer) }
        } else if let reseller {
          try await desk.account.reading { try await $0.subscriptions(ofPartner: reseller, customer: customer) }
        } else {
          try await desk.account.subscriptions(customer: customer)
        }
      return desk.print { printout in
        printout.add("subscriptions", Subscription.columns, found, nothing: "The service lists no such subscriptions.")
      }
    }
  }

  struct Show: AccountStep {
    static let words = "subscriptions show"
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one subscription.")

    @OptionGroup var place: SubscriptionOptions
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let found = try await desk.account.reading {
        try await $0.subscription(place.subscription, customer: place.customer)
      }
      return desk.show("subscription", Subscription.columns + Subscription.detailColumns, found)
    }
  }

  struct Provisioning: AccountStep {
    static let words = "subscriptions provisioning"
    static let configuration = CommandConfiguration(
      commandName: "provisioning", abstract: "Say how far a subscription is provisioned. Takes a user.",
      discussion: "The service looks about every 15 minutes.")

    @OptionGroup var place: SubscriptionOptions
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let found = try await desk.account.reading {
        try await $0.provisioning(of: place.subscription, customer: place.customer)
      }
      return desk.show("provisioning", SubscriptionProvisioning.columns, found)
    }
  }

  struct Azure: AccountStep {
    static let words = "subscriptions azure"
    static let configuration = CommandConfiguration(
      commandName: "azure", abstract: "List the Azure subscriptions of an Azure plan, or show one.")

    @OptionGroup var place: SubscriptionOptions
    @Option(help: ArgumentHelp("Only this Azure subscription.", valueName: "id")) var entitlement: AzureEntitlementID?
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let found: [AzureEntitlement] =
        if let entitlement {
          [
            try await desk.account.reading {
              try await $0.azureEntitlement(entitlement, of: place.subscription, customer: place.customer)
            }
          ]
        } else {
          try await desk.account.reading {
            try await $0.azureEntitlements(of: place.subscription, customer: place.customer)
          }
        }
      return desk.print { printout in
        printout.add(
          "azure_subscriptions", AzureEntitlement.columns, found, nothing: "It holds no Azure subscriptions.")
      }
    }
  }
}

/// Which subscription of which customer.
struct SubscriptionOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The subscription.", valueName: "subscription")) var subscription: SubscriptionID
  @Option(help: ArgumentHelp("The customer.", valueName: "id")) var customer: CustomerID
}

extension Subscription {
  static var columns: [Column<Self>] {
    [
      .id("subscription_id") { $0.id }, .words("name") { $0.name }, .id("status") { $0.status },
      .figure("quantity") { $0.quantity }, .id("term") { $0.termDuration }, .id("billing_cycle") { $0.billingCycle },
      .id("commitment_end") { $0.commitmentEnd?.shown }, .flag("auto_renews") { $0.autoRenews },
      .id("order_id") { $0.order },
    ]
  }

  static var detailColumns: [Column<Self>] {
    [
      .id("offer_id") { $0.offer }, .id("billing_type") { $0.billingType }, .id("created") { $0.created },
      .id("effective_start") { $0.effectiveStart }, .flag("is_trial") { $0.isTrial },
      .id("product_order_id") { $0.productOrder }, .id("migrated_from") { $0.migratedFrom },
    ]
  }
}

extension SubscriptionProvisioning {
  static var columns: [Column<Self>] {
    [
      .id("status") { $0.status }, .figure("quantity") { $0.quantity }, .id("end") { $0.end?.shown },
      .id("sku_id") { $0.sku },
    ]
  }
}

extension AzureEntitlement {
  static var columns: [Column<Self>] {
    [
      .id("azure_subscription_id") { $0.id }, .words("name") { $0.name }, .id("status") { $0.status },
      .id("subscription_id") { $0.subscription },
    ]
  }
}

extension Instant {
  /// The service's year 9999 means that there is no end (contract §4).
  var shown: String { self >= .distantFuture ? "open" : description }
}
