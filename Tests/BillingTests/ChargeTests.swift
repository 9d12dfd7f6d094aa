@testable import Billing
import Testing

@Suite("What a line charges")
struct ChargeTests {
  struct Line: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var category: ProductCategory
    var flow: ChargeFlow
    var make: @Sendable (inout Charge) -> Void

    init(
      _ name: String, _ category: ProductCategory, _ flow: ChargeFlow,
      _ make: @escaping @Sendable (inout Charge) -> Void
    ) {
      testDescription = name
      self.category = category
      self.flow = flow
      self.make = make
    }
  }

  static let lines: [Line] = [
    Line("marketplace software of somebody else", .thirdParty, .recurring) {
      $0.publisherName = "Barracuda Networks"
      $0.publisherID = "21223810"
      $0.termAndBillingCycle = "One-Year commitment for monthly/yearly billing"
      $0.billingFrequency = "Monthly"
    },
    Line("a meter of somebody else", .thirdParty, .usage) {
      $0.publisherName = "Barracuda Networks"
      $0.publisherID = "21223810"
      $0.meterDescription = "Firewall hours"
    },
    Line("a publisher without an id stays Microsoft's", .seats, .recurring) {
      $0.publisherName = "Somebody"
      $0.termAndBillingCycle = "One-Month commitment for monthly/yearly billing"
      $0.billingFrequency = "Monthly"
    },
    Line("a reservation paid up front", .reservation, .oneTime) {
      $0.publisherName = "Microsoft Corporation"
      $0.publisherID = "1"
      $0.termAndBillingCycle = "1 Year Reservation"
    },
    Line("a reservation paid monthly", .reservation, .recurring) {
      $0.termAndBillingCycle = "3 Years Reservation billed monthly"
      $0.billingFrequency = "Monthly"
    },
    Line("a savings plan paid up front", .savingsPlan, .oneTime) { $0.termAndBillingCycle = "1 Year Savings Plan" },
    Line("a savings plan paid monthly", .savingsPlan, .recurring) {
      $0.termAndBillingCycle = "1 year savings plan"
      $0.billingFrequency = "Monthly"
    },
    Line("a software subscription", .softwareSubscription, .oneTime) { $0.termAndBillingCycle = "1 Year Subscription" },
    Line("a software subscription told by its SKU", .softwareSubscription, .oneTime) {
      $0.termAndBillingCycle = "One-Year commitment"
      $0.skuName = "SQL Server Standard Core - 1 year"
    },
    Line("seats", .seats, .recurring) {
      $0.publisherName = "Microsoft"
      $0.publisherID = "1"
      $0.termAndBillingCycle = "One-Year commitment for monthly/yearly billing"
      $0.billingFrequency = "Monthly"
    },
    Line("seats for three years", .seats, .recurring) {
      $0.termAndBillingCycle = "Three-Year commitment for yearly billing"
      $0.billingFrequency = "Annual"
    },
    Line("perpetual software", .perpetualSoftware, .oneTime) { $0.productName = "Office LTSC 2021" },
    Line("perpetual server software", .perpetualSoftware, .oneTime) { $0.skuName = "Windows Server 2022" },
    Line("perpetual software on a renamed plan", .perpetualSoftware, .oneTime) {
      $0.subscriptionDescription = "Azure plan"
    },
    Line("an Azure plan", .azurePlan, .usage) {
      $0.subscriptionDescription = "Azure plan"
      $0.chargeEnd = Day("2025-02-28")
    },
    Line("an Azure plan that the partner renamed", .azurePlan, .usage) {
      $0.subscriptionDescription = "Production"
      $0.chargeEnd = Day("2025-02-28")
    },
    Line("an Azure credit", .azurePlan, .credit) {
      $0.chargeType = ChargeType("customerCredit")
      $0.chargeEnd = Day("2025-02-28")
    },
    Line("a refund reduces what it refunds and is no credit", .seats, .recurring) {
      $0.chargeType = ChargeType("cancelImmediate")
      $0.termAndBillingCycle = "One-Year commitment for monthly/yearly billing"
      $0.billingFrequency = "Monthly"
    },
    Line("a legacy licence", .legacyLicence, .recurring) {
      $0.family = .licence
      $0.chargeType = ChargeType("Cycle fee")
    },
    Line("legacy Azure", .legacyAzure, .usage) { $0.family = .azure },
    Line("a legacy credit", .legacyLicence, .credit) {
      $0.family = .licence
      $0.chargeType = ChargeType("Offset a line item")
    },
  ]

  @Test("The documented heuristics, in their order (reconciliation rules §13)", arguments: lines)
  func category(line: Line) throws {
    let position = LinePosition(
      invoice: try #require(InvoiceID("G000024135")), set: LineSet(provider: "one_time", isUsage: false), page: 0,
      index: 0)
    var charge = Charge(position: position, family: .newCommerce)
    line.make(&charge)
    #expect(charge.category == line.category)
    #expect(charge.flow == line.flow)
  }

  @Test(
    "A charge type is understood in every spelling (reconciliation rules §5)",
    arguments: [
      ("new", .new), ("New", .new), ("Purchase", .new), ("renew", .renew), ("cycleCharge", .cycleCharge),
      ("CycleCharge", .cycleCharge), ("cycle_charge", .cycleCharge), ("addQuantity", .addQuantity),
      ("Add Quantity", .addQuantity), ("removeQuantity", .removeQuantity), ("moveQuantity", .moveQuantity),
      ("Convert", .convert), ("changeBillingPlan", .changeBillingPlan), ("cancelImmediate", .cancelImmediate),
      ("Cancel", .cancelImmediate), ("customerCredit", .customerCredit), ("extendTerm", .extendTerm),
      ("Refund", .refund),
      ("Activation fee", .legacyFee), ("Cycle fee", .legacyFee), ("CYCLE FEE", .legacyFee),
      ("PURCHASE FEE", .legacyFee), ("New purchase cycle fee", .legacyFee),
      ("Prorate fees when purchase", .legacyProration), ("Prorate fee when renew", .legacyProration),
      ("Prorate fees when activate", .legacyProration), ("Cycle instance prorate", .legacyProration),
      ("Cancel instance prorate", .legacyProration), ("Cancel fee", .legacyRefund),
      ("Prorate fees when cancel", .legacyRefund),
      ("Prorate fees when convert away from current offering", .legacyRefund),
      ("Prorate fees when convert to a new offering", .legacyProration),
      ("Convert from instance prorate", .legacyProration), ("Offset a line item", .legacyCredit),
      ("One Time Refund", .legacyRefund), ("One-Time Refund", .legacyRefund),
      ("Assess usage fee for current cycle", .legacyUsage),
      ("Assess usage fee when cancel", .legacyUsage), ("Activation discount", .legacyDiscount),
      ("Cycle discount", .legacyDiscount), ("Renew discount", .legacyDiscount), ("Cancel discount", .legacyDiscount),
      ("", .unknown), ("teleport", .unknown),
    ] as [(String, ChargeType.Meaning)])
  func chargeType(printed: String, meaning: ChargeType.Meaning) {
    let type = ChargeType(printed)
    #expect(type.meaning == meaning)
    #expect(type.description == printed)
  }

  @Test("Unknown charge types are kept apart, known ones are one whatever their spelling")
  func equality() {
    #expect(ChargeType("New") == ChargeType("purchase"))
    #expect(ChargeType("teleport") != ChargeType("levitate"))
    #expect(Set([ChargeType("new"), ChargeType("NEW"), ChargeType("teleport"), ChargeType("levitate")]).count == 3)
  }
}

@Suite("Words in free text")
struct MentionTests {
  @Test(
    "A word is found in whatever case, whole and in its place",
    arguments: [
      ("1 Year Reservation", true), ("RESERVATION", true), ("reservatio", false), ("", false), ("Reservierung", false),
      ("öreservation", true), ("xreservationx", true), ("res ervation", false),
    ])
  func mentions(text: String, isThere: Bool) {
    #expect(text.mentions("reservation") == isThere)
  }

  @Test("Only letters are folded")
  func letters() {
    #expect("One-Month commitment".mentions("one-month"))
    #expect(!"one\u{0d}month".mentions("one-month"))
    #expect(!"SQL\u{00}Server".mentions("sql server"))
  }
}
