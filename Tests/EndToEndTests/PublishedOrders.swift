import Billing
import PartnerCenter
import Testing
import Wire

/// What was bought, and what runs.
extension PublishedCase {
  private static let customer = "b0d70a69-4c42-4b27-b17b-91a835d8686a"

  static let orders = [
    PublishedCase("An order and its provisioning", ["get-order", "get-order-provisioning-status"]) { talk in
      let id: OrderID = try talk.id("YxH1q4KScfvfkJQjgRI8QY1DznnUWZTH1")
      let order = talk.known(try await talk.client.order(id, customer: try talk.id(customer)))
      #expect(order.id == id)
      #expect(order.lines.map(\.name) == ["Reserved_VM_Instance_Standard_NC12_AU_East_1_Year"])
      let parts = talk.known(try await talk.client.provisioning(of: id, customer: try talk.id(customer)))
      #expect(parts == [.init(line: 0, status: "fulfilled", parts: [.init(quantity: .one, status: "fulfilled")])])
      talk.expectTokens([.app, .appAndUser])
    },
    PublishedCase(
      "Orders of a customer, and those of one billing cycle", ["list-orders", "list-orders.by-billing-type.onetime"]
    ) { talk in
      let customer: CustomerID = try talk.id(customer)
      let all = try await talk.bodies { try await $0.orders(customer: customer, each: $1) }
        .flatMap { talk.known(try Wire.orders($0)) }
      #expect(all.map(\.id.printed) == ["9qg-ErcO-4MPbPqq_3MIQaS7bn8W6HfG1", "eeba9d00-7b46-443a-917e-22887a8fc993"])
      let oneTime = try await talk.bodies {
        try await $0.orders(customer: customer, billingCycle: "one_time", each: $1)
      }
      .flatMap { talk.known(try Wire.orders($0)) }
      #expect(
        oneTime.flatMap(\.lines).map(\.name) == [
          "Reserved_VM_Instance_Standard_D1_AP_East_1_Year", "Reserved_VM_Instance_Standard_NC12_AU_East_3_Years",
        ])
    },
    PublishedCase(
      "A reservation is followed from its entitlement to its details",
      ["list-entitlements", "get-reservation-details", "get-reservation-details.v1-8"]
    ) { talk in
      let customer: CustomerID = try talk.id("18ac2950-8ea9-4dfc-92a4-ff4d4cd57796")
      let link =
        "/customers/18ac2950-8ea9-4dfc-92a4-ff4d4cd57796/artifacts/reservedinstance/groups/"
        + "2caf524395724e638ef64e109f1f79ca/lineitems/03500b1b-f2d6-4e23-ab4b-9fd67b917012/resource/"
        + "ebf2e74b-630e-4a09-857d-a1f6c6351336"
      let older = link.split(separator: "reservedinstance").joined(separator: "virtualmachinereservedinstance")
      let found = try await talk.bodies { try await $0.entitlements(customer: customer, each: $1) }
        .flatMap { talk.known(try Wire.entitlements($0, customer: customer)) }
      #expect(
        found.map(\.referenceOrder?.printed) == [
          "KaJ8XvkKc_GoNZOUyjVaRJalTBN5MWdV1", "NUXMSvmS20EQ4kFsZmzkSqb747fqKmNk1",
        ])
      #expect(found.flatMap(\.reservations).map(\.link) == [link])
      for link in [link, older] {
        let quantities = try await talk.bodies { try await $0.artifact(customer: customer, link: link, each: $1) }
          .map { talk.known(try Wire.reservationQuantity($0)) }
        #expect(quantities == [.one])
      }
      talk.expectTokens([.appAndUser, .appAndUser, .appAndUser])
    },
  ]

  static let subscriptions = [
    PublishedCase("Customers come with their ids", ["list-customers"]) { talk in
      let customers = try await talk.bodies { try await $0.customers(each: $1) }
        .flatMap { talk.known(try Wire.customers($0)) }
      #expect(
        customers.map { "\($0.id) \($0.name)" } == [
          "b44bb1fb-c595-45b0-9e09-d657365580bf companyName", "45c44870-ef77-4fdd-b6fe-3dacb075cff2 companyName",
        ])
    },
    list("list-subscriptions", "83ef9d05-4169-4ef9-9657-0e86b1eab1de", "1"),
    list("list-subscriptions.software", "924671ba-eab9-45d7-95ed-dbd9477f182b", "1"),
    PublishedCase(
      "Subscriptions of an order and of a reseller", ["list-subscriptions.by-order", "list-subscriptions.by-partner"]
    ) { talk in
      let customer: CustomerID = try talk.id(customer)
      let bought = talk.known(
        try await talk.client.subscriptions(
          of: try talk.id("YxH1q4KScfvfkJQjgRI8QY1DznnUWZTH1") as OrderID, customer: customer))
      #expect(bought.map { "\($0.id) \($0.quantity?.description ?? "")" } == ["83ef9d05-4169-4ef9-9657-0e86b1eab1de 1"])
      let resold = talk.known(try await talk.client.subscriptions(ofPartner: "4847383", customer: customer))
      #expect(resold.map { "\($0.id) \($0.quantity?.description ?? "")" } == ["42226ED6-070A-4E0F-B80C-4CDFB3E97AA7 5"])
    },
    one("azure", "Microsoft Azure", "1"), one("add-on", "Some friendly name", "2"),
    one("new-commerce", "Microsoft 365 Business Basic", "15"),
    PublishedCase(
      "A subscription's registration, its provisioning and what is inside it",
      [
        "get-subscription-registration-status", "get-subscription-provisioning-status", "list-azure-entitlements",
        "get-azure-entitlement",
      ]
    ) { talk in
      let customer: CustomerID = try talk.id(customer)
      let id: SubscriptionID = try talk.id("065eefc4-915b-453d-c558-152e39ec25b1")
      let registration = talk.known(try await talk.client.registrationStatus(of: id, customer: customer))
      #expect(registration.status == .notRegistered)
      let provisioning = talk.known(try await talk.client.provisioning(of: id, customer: customer))
      #expect(provisioning.status == "success")
      #expect(provisioning.quantity == Amount(5))
      #expect(provisioning.end?.description == "2018-05-10T00:00:00Z")
      let inside = talk.known(try await talk.client.azureEntitlements(of: id, customer: customer))
      #expect(inside.map { "\($0.id) \($0.status)" } == ["899ae6f1-8a74-4d5e-b6c6-e6b5019bbff8 active"])
      let one = talk.known(
        try await talk.client.azureEntitlement(
          try talk.id("5b76b8c3-dd85-4096-bb2e-9804b1d7b383"), of: id, customer: customer))
      #expect(one.status == "inactive")
      #expect(one.subscription == id)
      talk.expectTokens([.app, .appAndUser, .app, .app])
    },
  ]

  private static func list(_ sample: String, _ id: String, _ quantity: String) -> PublishedCase {
    PublishedCase("Subscriptions of a customer: \(sample)", [sample]) { talk in
      let customer: CustomerID = try talk.id(customer)
      let found = try await talk.bodies { try await $0.subscriptions(customer: customer, each: $1) }
        .flatMap { talk.known(try Wire.subscriptions($0, customer: customer)) }
      #expect(found.map(\.id.printed) == [id])
      #expect(found.map(\.quantity?.description) == [quantity])
    }
  }

  private static func one(_ sample: String, _ name: String, _ quantity: String) -> PublishedCase {
    PublishedCase("One subscription says what runs: \(sample)", ["get-subscription.\(sample)"]) { talk in
      let id: SubscriptionID = try talk.id("83ef9d05-4169-4ef9-9657-0e86b1eab1de")
      let subscription = talk.known(try await talk.client.subscription(id, customer: try talk.id(customer)))
      #expect(subscription.name == name)
      #expect(subscription.quantity?.description == quantity)
    }
  }
}
