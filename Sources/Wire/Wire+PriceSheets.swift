public import Billing

extension Wire {
  /// Reads a price sheet of any view by its heading row (contract §10.3).
  ///
  /// A price that is no number counts as not printed and is noted, never as zero.
  public static func priceSheet(_ body: [UInt8]) throws(CSVError) -> Decoded<[PriceSheetRow]> {
    var table = try CSVTable(
      body, subject: "The price sheet", resource: "PriceSheet", known: priceColumns,
      demanded: ["ProductId", "SkuId", "Currency", "UnitPrice"])
    var rows: [PriceSheetRow] = []
    rows.reserveCapacity(table.text.rows.count)
    for row in table.text.rows { rows.append(priceSheetRow(row, &table)) }
    return Decoded(value: rows, notes: table.notes)
  }

  private static func priceSheetRow(_ row: CSVText.Row, _ table: inout CSVTable) -> PriceSheetRow {
    var price = PriceSheetRow()
    price.product = ProductID(table.words(row, "ProductId"))
    price.productTitle = table.words(row, "ProductTitle")
    price.sku = SkuID(table.words(row, "SkuId"))
    price.skuTitle = table.words(row, "SkuTitle")
    price.skuDescription = table.words(row, "SkuDescription")
    price.publisher = table.words(row, "Publisher")
    price.unit = table.words(row, "UnitOfMeasure")
    price.term = table.words(row, "TermDuration")
    price.billingPlan = table.words(row, "BillingPlan")
    price.market = table.words(row, "Market")
    price.currency = table.currency(row, "Currency")
    price.segment = table.words(row, "Segment")
    price.unitPrice = table.amount(row, "UnitPrice")
    price.retailPrice = table.amount(row, "ERP Price")
    price.tierFirst = table.amount(row, "PricingTierRangeMin")
    // The largest 64-bit number, rounded on its way through binary arithmetic, means “open”.
    price.tierLast = table.amount(row, "PricingTierRangeMax").flatMap { $0 < openTier ? $0 : nil }
    price.effectiveFrom = table.instant(row, "EffectiveStartDate")
    price.effectiveUntil = table.instant(row, "EffectiveEndDate")
    price.saleEnds = table.instant(row, "EndofSaleDate")
    price.meterIDs = list(table.words(row, "MeterIds"))
    price.meterType = table.words(row, "MeterType")
    price.tags = list(table.words(row, "Tags"))
    return price
  }

  /// 9·10¹⁸: no price list counts so far.
  private static let openTier = Amount(9_000_000_000_000_000_000)

  private static func list(_ cell: String) -> [String] {
    cell.split { $0 == ";" || $0 == "," }.map { $0.split(separator: " ").joined(separator: " ") }
  }

  private static let priceColumns = [
    "ProductTitle", "ProductId", "SkuId", "SkuTitle", "Publisher", "SkuDescription", "UnitOfMeasure", "TermDuration",
    "BillingPlan", "Market", "Currency", "UnitPrice", "PricingTierRangeMin", "PricingTierRangeMax",
    "EffectiveStartDate", "EffectiveEndDate", "MeterIds", "MeterType", "Tags", "ERP Price", "Segment", "EndofSaleDate",
  ]
}
