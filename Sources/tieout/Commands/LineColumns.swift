import Billing

extension Charge {
  /// The columns of billed and unbilled lines alike.
  static var columns: [Column<Self>] {
    [
      .id("line") { $0.position }, .id("customer_id") { $0.customer }, .words("customer_name") { $0.customerName },
      .words("product") { $0.productName }, .words("sku") { $0.skuName }, .id("charge_type") { $0.chargeType },
      .list("order_ids") { $0.orders.map(\.printed) }, .id("subscription_id") { $0.subscription },
      .id("charge_start") { $0.chargeStart }, .id("charge_end") { $0.chargeEnd },
      .figure("unit_price") { $0.effectiveUnitPrice ?? $0.unitPrice },
      .figure("quantity") { $0.billableQuantity ?? $0.quantity }, .id("pricing_currency") { $0.pricingCurrency },
      .id("currency") { $0.currency }, .figure("subtotal") { $0.subtotal }, .figure("tax") { $0.tax },
      .figure("total") { $0.total },
    ]
  }
}

extension UsageRecord {
  static var columns: [Column<Self>] {
    [
      .id("line") { $0.position }, .id("day") { $0.day }, .id("customer_id") { $0.customer },
      .id("subscription_id") { $0.subscription }, .id("azure_subscription_id") { $0.entitlement },
      .words("meter") { $0.meterName.isEmpty ? $0.meter : $0.meterName }, .words("resource") { $0.resource },
      .figure("quantity") { $0.quantity }, .words("unit") { $0.unit },
      .figure("unit_price") { $0.effectiveUnitPrice ?? $0.unitPrice },
      .id("pricing_currency") { $0.pricingCurrency }, .figure("pricing_total") { $0.pricingTotal },
      .id("currency") { $0.billingCurrency }, .figure("total") { $0.billingTotal },
    ]
  }
}
