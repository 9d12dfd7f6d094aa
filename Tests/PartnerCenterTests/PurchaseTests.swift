import Billing
import Logging
import Synchronization
import Testing
import Wire

@testable import PartnerCenter

@Suite("A purchase over the wire")
struct PurchaseTests {
  private static let cart = #"{"id":"c-1","status":"Active","lineItems":[]}"#
  private static let result =
    #"{"orders":[{"id":"o-1","referenceCustomerId":"1","creationDate":"2025-02-01T00:00:00Z","lineItems":[]}]}"#
  private let lines = [
    CartLine(
      number: 0, catalogItemID: "CFQ7TTC0LH18:0001:CFQ7TTC0K971", quantity: 3, billingCycle: "monthly",
      termDuration: "P1Y")
  ]

  /// Retries without resting; ids count up.
  private func client(over next: ScriptedTransport) -> PartnerCenterClient {
    let ids = Mutex(0)
    let retrying = RetryingTransport(
      next: next, policy: Retry.Policy(attemptsMax: 4), logger: Logger(label: "test"), sleep: { _ in }, random: { 0 },
      makeID: {
        ids.withLock { ids in
          ids += 1
          return "id-\(ids)"
        }
      })
    return PartnerCenterClient(transport: retrying)
  }

  @Test(
    "is one call under one id whatever happens to its answer, and the next call has its own",
    arguments: [408, 429, 502, 503, 504, nil] as [Int?])
  func oneID(status: Int?) async throws {
    let next = ScriptedTransport { request, call in
      guard call < 2 else { return .json(Self.cart, status: 201) }
      guard let status else { throw TransportFailure(.timedOut, target: request.target) }
      return .json("", status: status)
    }
    let customer = try #require(CustomerID("1"))
    let client = client(over: next)
    _ = try await client.createCart(customer: customer, lines: lines, requestID: "mine-1")
    _ = try await client.createCart(customer: customer, lines: lines, requestID: "mine-2")
    #expect(next.asked.map(\.requestID) == ["mine-1", "mine-1", "mine-1", "mine-2"])
    #expect(Set(next.asked.map(\.body)).count == 1)
  }

  @Test("is not repeated after the service's own answer that it failed")
  func ownFailure() async throws {
    let next = ScriptedTransport { _, _ in .json(#"{"code":"800003","description":"No."}"#, status: 500) }
    let customer = try #require(CustomerID("1"))
    let refusal = ServiceRefusal(
      status: 500, code: "800003", message: "No.", target: "/v1/customers/1/carts", method: .post)
    await #expect(throws: refusal) {
      try await client(over: next).createCart(customer: customer, lines: lines, requestID: "mine-1")
    }
    #expect(next.asked.count == 1)
    #expect(refusal.description.hasPrefix("The service refused POST /v1/customers/1/carts (status 500, code 800003)"))
  }

  @Test("A check-out whose answer got lost is never sent again", arguments: [408, 500, 502, 503, 504, nil] as [Int?])
  func checkOutOnce(status: Int?) async throws {
    let next = ScriptedTransport { request, _ in
      guard let status else { throw TransportFailure(.connection, target: request.target) }
      return .json("", status: status)
    }
    let customer = try #require(CustomerID("1"))
    let cart = try #require(CartID("c-1"))
    let unclear = await #expect(throws: CheckoutUnclear.self) {
      try await client(over: next).checkOut(cart, customer: customer, requestID: "mine-1")
    }
    #expect(next.asked.count == 1)
    #expect(unclear?.description.contains("a cart whose status is “Ordered” was bought") == true)
  }

  @Test("A check-out the service cannot have begun with is sent again under its id")
  func checkOutAgain() async throws {
    let next = ScriptedTransport { request, call in
      switch call {
      case 0: throw TransportFailure(.signIn, target: request.target)
      case 1: return .json("", status: 429, headers: ["retry-after": "1"])
      default: return .json(Self.result, status: 201)
      }
    }
    let customer = try #require(CustomerID("1"))
    let cart = try #require(CartID("c-1"))
    let result = try await client(over: next).checkOut(cart, customer: customer, requestID: "mine-1")
    #expect(result.value.orders.map(\.id.printed) == ["o-1"])
    #expect(next.asked.map(\.requestID) == ["mine-1", "mine-1", "mine-1"])
  }

  @Test("A check-out that says neither order nor error is not taken for a purchase")
  func checkOutEmpty() async throws {
    let next = ScriptedTransport { _, _ in .json(#"{"orders":[]}"#, status: 201) }
    let customer = try #require(CustomerID("1"))
    let cart = try #require(CartID("c-1"))
    await #expect(throws: CheckoutUnclear.self) {
      try await client(over: next).checkOut(cart, customer: customer, requestID: "mine-1")
    }
  }

  @Test("An inventory check only asks, so every try is a call of its own")
  func inventory() async throws {
    let next = ScriptedTransport([.json("", status: 500), .json("[]")])
    let product = try #require(ProductID("DZH318Z0BQ3P"))
    let items = try await client(over: next).inventory(of: [.init(product: product)], context: [:], country: "de")
    #expect(items.value.isEmpty)
    #expect(next.asked.map(\.requestID) == ["id-1", "id-2"])
    #expect(next.asked.first?.target == "/v1/extensions/product/checkinventory?country=DE")
  }

  @Test("A registration is accepted with an empty body")
  func registration() async throws {
    let next = ScriptedTransport { _, _ in
      APIResponse(status: 202, headers: ["location": "/customers/1/subscriptions/s-1/registrationstatus"])
    }
    let customer = try #require(CustomerID("1"))
    let subscription = try #require(SubscriptionID("s-1"))
    try await client(over: next).register(subscription, customer: customer, requestID: "mine-1")
    #expect(next.asked == [APIRequest(.post, "/v1/customers/1/subscriptions/s-1/registrations")])
    #expect(next.asked.map(\.requestID) == ["mine-1"])
  }

  @Test(
    "Refusals of a purchase say what helps",
    arguments: [
      (409, "800064", "Another request works on the cart right now", false),
      (400, "800065", "The cart was checked out before", false),
      (400, "800009", "Lines of the cart have errors", false),
      (400, "800030", "The Azure subscription is not registered", false),
      (404, "800008", "There is no such cart", false),
      (404, "400019", "The availability is gone", false),
      (403, "800020", "perpetual software among them", true),
      (403, "2006", "perpetual software among them", true),
      (403, "400036", "perpetual software among them", true),
    ])
  func refusals(status: Int, code: String, words: String, isAboutQualification: Bool) {
    let refusal = ServiceRefusal(
      status: status, code: code, message: "", target: "/v1/customers/1/carts/c-1/checkout", method: .post)
    #expect(refusal.description.contains(words))
    #expect(refusal.isAboutPurchase)
    #expect(refusal.isAboutQualification == isAboutQualification)
    #expect(!refusal.isAboutCustomer)
    #expect(!refusal.isAboutPermission)
  }
}
