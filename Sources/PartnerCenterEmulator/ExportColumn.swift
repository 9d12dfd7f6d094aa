/// A column of an export, and the member of the synchronous line it comes from: contract §11.4, §11.5.
struct ExportColumn: Sendable {
  enum Form: Sendable {
    case text, number
    /// 0.15 is 15 here.
    case percent
    /// JSON as it is.
    case raw
    case category
  }

  /// Where a column is left out of the short list.
  enum Basic: Sendable { case never, v2, graph, both }

  let name: String
  let member: String
  let form: Form
  let basic: Basic

  static func columns(of dataset: ExportDataset) -> [ExportColumn] {
    guard dataset.kind == .usage else { return reconciliation }
    guard dataset.isBasic else { return usage }
    return usage.filter { column in
      switch column.basic {
      case .never: false
      case .v2: !dataset.isGraph
      case .graph: dataset.isGraph
      case .both: true
      }
    }
  }

  private static func text(_ name: String, _ member: String = "", _ basic: Basic = .never) -> ExportColumn {
    column(name, member, .text, basic)
  }

  private static func basic(_ name: String, _ member: String = "") -> ExportColumn {
    column(name, member, .text, .both)
  }

  private static func number(_ name: String, _ member: String = "") -> ExportColumn {
    column(name, member, .number, .both)
  }

  private static func column(_ name: String, _ member: String, _ form: Form, _ basic: Basic) -> ExportColumn {
    ExportColumn(name: name, member: member.isEmpty ? name.lowercased() : member, form: form, basic: basic)
  }

  private static let usage = [
    basic("PartnerId"), basic("PartnerName"), basic("CustomerId"), basic("CustomerName"), text("CustomerDomainName"),
    text("CustomerCountry"), text("MpnId"), text("Tier2MpnId", "resellermpnid"), basic("InvoiceNumber"),
    basic("ProductId"), basic("SkuId"), text("AvailabilityId"), basic("SkuName"), text("ProductName"),
    basic("PublisherName"), text("PublisherId"), text("SubscriptionDescription"), basic("SubscriptionId"),
    basic("ChargeStartDate"), basic("ChargeEndDate"), basic("UsageDate"), text("MeterType"), text("MeterCategory"),
    text("MeterId"), text("MeterSubCategory"), text("MeterName"), text("MeterRegion"),
    text("Unit", "unitofmeasure", .v2), text("ResourceLocation"), text("ConsumedService"), text("ResourceGroup"),
    basic("ResourceURI"), basic("ChargeType"), number("UnitPrice"), number("Quantity"), text("UnitType", "", .graph),
    number("BillingPreTaxTotal"), basic("BillingCurrency"), number("PricingPreTaxTotal"), basic("PricingCurrency"),
    text("ServiceInfo1"), text("ServiceInfo2"), text("Tags"), text("AdditionalInfo", "", .graph),
    number("EffectiveUnitPrice"), number("PCToBCExchangeRate"), basic("EntitlementId"), text("EntitlementDescription"),
    column("PartnerEarnedCreditPercentage", "rateofpartnerearnedcredit", .percent, .never),
    column("CreditPercentage", "rateofcredit", .percent, .both), basic("CreditType"), basic("BenefitOrderID"),
    text("BenefitID"), basic("BenefitType"),
  ]

  private static let reconciliation = [
    text("PartnerId"), text("CustomerId"), text("CustomerName"), text("CustomerDomainName"), text("CustomerCountry"),
    text("InvoiceNumber"), text("MpnId"), text("Tier2MpnId", "resellermpnid"), text("OrderId"), text("OrderDate"),
    text("ProductId"), text("SkuId"), text("AvailabilityId"), text("SkuName"), text("ProductName"), text("ChargeType"),
    number("UnitPrice"), number("Quantity"), number("Subtotal"), number("TaxTotal"),
    number("Total", "totalforcustomer"),
    text("Currency"), text("PriceAdjustmentDescription"), text("PublisherName"), text("PublisherId"),
    text("SubscriptionDescription"), text("SubscriptionId"), text("ChargeStartDate"), text("ChargeEndDate"),
    text("TermAndBillingCycle"), number("EffectiveUnitPrice"), text("UnitType"), text("AlternateId"),
    number("BillableQuantity"), text("BillingFrequency"), text("PricingCurrency"), number("PCToBCExchangeRate"),
    text("PCToBCExchangeRateDate"), text("MeterDescription"), text("ReservationOrderId"), text("CreditReasonCode"),
    text("ReferenceId"), text("SubscriptionStartDate"), text("SubscriptionEndDate"),
    column("ProductQualifiers", "", .raw, .never), text("PromotionId"),
    column("ProductCategory", "", .category, .never),
  ]
}
