import Billing
import Testing

@testable import Wire

@Suite("Customers, orders, subscriptions, entitlements", .enabled(if: Samples.arePresent))
struct CommerceDecodingTests {
  let customer = CustomerID("d8202a51-69f9-4228-b900-d0e081af17d7")

  @Test("Customers have an id, a name and a domain")
  func customers() throws {
    let read = try Wire.customers(try Samples.body("list-customers"))
    #expect(read.notes.isEmpty)
    let ids = ["b44bb1fb-c595-45b0-9e09-d657365580bf", "45c44870-ef77-4fdd-b6fe-3dacb075cff2"]
    #expect(read.value.map(\.id.printed) == ids)
    #expect(read.value.map(\.name) == ["companyName", "companyName"])
    #expect(read.value.map(\.domain) == ["domain", "domain"])
  }

  @Test("Orders carry their customer and what was bought")
  func orders() throws {
    let read = try Wire.orders(try Samples.body("list-orders"))
    #expect(read.notes.isEmpty)
    #expect(
      read.value.map(\.id.printed) == ["9qg-ErcO-4MPbPqq_3MIQaS7bn8W6HfG1", "eeba9d00-7b46-443a-917e-22887a8fc993"])
    #expect(read.value.map(\.billingCycle) == ["onetime", "monthly"])
    #expect(read.value.map(\.status) == ["pending", "completed"])
    #expect(read.value.map(\.created?.description) == ["2018-03-15T02:17:15.6455674Z", "2018-03-07T01:37:05.253Z"])
    #expect(
      read.value.map(\.customer) == Array(repeating: CustomerID("b0d70a69-4c42-4b27-b17b-91a835d8686a"), count: 2))
    #expect(read.value.first?.currency == Currency("USD"))
    let line = try #require(read.value.last?.lines.first)
    #expect(line.number == 0)
    #expect(line.offer == "E59159FC-6F67-4599-B3CB-17FF4020F643")
    #expect(line.subscription == SubscriptionID("db8c695b-1c3c-4c55-b697-771503dd46bf"))
    #expect(line.name == "Azure Active Directory Premium P2")
    #expect(line.quantity == .one)
    #expect(line.price == nil)
    #expect(read.value.first?.lines.first?.catalogItem?.description == "DZH318Z0BQ4B:000Z")
  }

  @Test("One order, and the orders of one billing cycle, read alike")
  func order() throws {
    let read = try Wire.order(try Samples.body("get-order"))
    #expect(read.notes.isEmpty)
    #expect(read.value.id == OrderID("YxH1q4KScfvfkJQjgRI8QY1DznnUWZTH1"))
    #expect(read.value.created?.description == "2018-03-13T22:49:54.3396949Z")
    #expect(read.value.lines.map(\.offer) == ["DZH318Z0BQ4Z:002L:DZH318Z0CMNP"])
    let byCycle = try Wire.orders(try Samples.body("list-orders.by-billing-type.onetime"))
    #expect(byCycle.value.map(\.status) == ["pending", "pending"])
    #expect(byCycle.notes.unknownMembers.isEmpty)
  }

  @Test("A subscription says what runs, since when and until when")
  func subscription() throws {
    let read = try Wire.subscription(
      try Samples.body("get-subscription.new-commerce"), customer: try #require(customer))
    #expect(read.notes.isEmpty)
    let subscription = read.value
    #expect(subscription.id == SubscriptionID("A4C1340D-6911-4758-BBA3-0C4C6007D161"))
    #expect(subscription.customer == customer)
    #expect(subscription.order == OrderID("34b37d7340cc"))
    #expect(subscription.offer == "CFQ7TTC0LH18:0001:CFQ7TTC0K971")
    #expect(subscription.name == "Microsoft 365 Business Basic")
    #expect(subscription.quantity == Amount(15))
    #expect(subscription.status == "expired")
    #expect(subscription.created?.description == "2021-01-14T16:57:15.0966728Z")
    #expect(subscription.effectiveStart?.description == "2021-01-14T16:57:14.498252Z")
    #expect(subscription.commitmentEnd?.day == Day("2022-01-13"))
    #expect(subscription.autoRenews == false)
    #expect(subscription.isTrial == false)
    #expect(subscription.billingType == "license")
    #expect(subscription.billingCycle == "monthly")
    #expect(subscription.termDuration == "P1Y")
  }

  @Test(
    "All samples of subscriptions are read",
    arguments: [
      ("list-subscriptions", ["2015-11-25T06:41:12Z"]), ("list-subscriptions.by-order", ["2015-11-25T06:41:12Z"]),
      ("list-subscriptions.by-partner", ["2017-04-10T23:02:26.02Z"]),
      ("list-subscriptions.software", ["2021-10-15T21:28:19.3058617Z"]),
    ])
  func subscriptions(name: String, created: [String]) throws {
    let read = try Wire.subscriptions(try Samples.body(name), customer: try #require(customer))
    #expect(read.value.prefix(1).map(\.created?.description) == created)
    #expect(read.notes.isEmpty)
  }

  @Test("An Azure subscription has no end")
  func azureSubscription() throws {
    let customer = try #require(customer)
    let read = try Wire.subscription(try Samples.body("get-subscription.azure"), customer: customer)
    #expect(read.notes.isEmpty)
    #expect(read.value.commitmentEnd == .distantFuture)
    #expect(read.value.isTrial == nil)
    #expect(read.value.offer == "MS-AZR-0145P")
    let addOn = try Wire.subscription(try Samples.body("get-subscription.add-on"), customer: customer)
    #expect(addOn.value.quantity == Amount(2))
    #expect(addOn.notes.isEmpty)
  }

  @Test("Entitlements name their order line; bundled ones are only counted")
  func entitlements() throws {
    let read = try Wire.entitlements(try Samples.body("list-entitlements"), customer: try #require(customer))
    #expect(read.notes.isEmpty)
    #expect(read.value.map(\.type) == ["reservedinstance", "software"])
    #expect(read.value.map(\.includedCount) == [0, 2])
    #expect(read.value.map(\.orderLine) == [0, 0])
    #expect(read.value.map(\.quantity) == [.one, .one])
    #expect(read.value.map(\.sku?.printed) == ["007J", "0002"])
    let reserved = try #require(read.value.first)
    #expect(reserved.referenceOrder == OrderID("KaJ8XvkKc_GoNZOUyjVaRJalTBN5MWdV1"))
    #expect(reserved.product == ProductID("DZH318Z0BQ3W"))
    let reservation = try #require(reserved.reservations.first)
    #expect(reserved.reservations.count == 1)
    #expect(reservation.order == ReservationOrderID("ebf2e74b-630e-4a09-857d-a1f6c6351336"))
    #expect(reservation.quantity == nil)
    #expect(reservation.link.hasPrefix("/customers/18ac2950-8ea9-4dfc-92a4-ff4d4cd57796/artifacts/reservedinstance/"))
    #expect(read.value.last?.reservations.isEmpty == true)
  }

  @Test(
    "Reservation details tell how many are reserved",
    arguments: [
      "get-reservation-details", "get-reservation-details.v1-8",
    ])
  func reservations(name: String) throws {
    let read = try Wire.reservationQuantity(try Samples.body(name))
    #expect(read.value == .one)
    #expect(read.notes.isEmpty)
  }
}

@Suite("Reservation quantities")
struct ReservationQuantityTests {
  @Test(
    "Quantities add up; one that is not printed makes the sum unknown",
    arguments: [
      (#"{"reservations":[{"quantity":2},{"quantity":"3"}]}"#, "5"),
      (#"{"virtualMachineReservations":[{"quantity":2}]}"#, "2"),
      (#"{"reservations":[]}"#, "0"),
      (#"{"reservations":[{"quantity":2},{}]}"#, nil),
      (#"{"type":"reservedinstance"}"#, nil),
    ] as [(String, String?)])
  func sum(text: String, expected: String?) throws {
    #expect(try Wire.reservationQuantity(text.bytes).value?.description == expected)
  }

  @Test("Dynamic attributes may hang on the entitlement or on its artifact")
  func dynamicAttributes() throws {
    let text =
      #"{"items":[{"entitlementType":"virtual_machine_reserved_instance","entitledArtifacts":[{"resourceId":"R1","#
      + #""artifactType":"virtual_machine_reserved_instance","dynamicAttributes":{"reservationType":"sqldatabases"}}]}]}"#
    let read = try Wire.entitlements(text.bytes, customer: try #require(CustomerID("c")))
    #expect(read.value.first?.reservations.map(\.order.printed) == ["R1"])
    #expect(read.notes.isEmpty)
  }
}
