extension World.Ledger {
  /// Draws the oddities of a line and counts them; planted lines wear none, so that their cause stays the only one.
  mutating func dress(_ line: World.Line) -> World.Dress {
    var dress = World.Dress()
    dress.hasSentinelRateDate = line.rate == .one
    guard !isPlanting else { return dress }
    if dress.hasSentinelRateDate { count("sentinel-date") }
    if random.chance(8) {
      dress.hasOrgPrefix = true
      count("org-prefix")
    }
    if random.chance(8) {
      dress.hasUpperCaseIDs = true
      count("guid-case")
    }
    if random.chance(10) {
      dress.hasTextAmounts = true
      count("amounts-as-text")
    }
    if random.chance(8), line.subtotal.binaryArtefact != nil, line.total.binaryArtefact != nil {
      dress.hasBinaryArtefacts = true
      count("binary-artefact")
    }
    if random.chance(4), line.product.category == .seats, line.product.sku.hasPrefix("000") {
      dress.hasLostSKUZeros = true
      count("sku-zeros-lost")
    }
    if random.chance(15) {
      dress.hasCapitalChargeType = true
      count("mixed-case-charge-type")
    }
    if random.chance(30) {
      dress.hasTextReseller = true
      count("reseller-forms")
    }
    if !line.reservationOrder.isEmpty {
      if line.product.category == .seats { count("reservation-order-on-seats") }
      if line.reservationOrder.hasPrefix("RIOderId") { count("riorder-prefix") }
    }
    if line.isTrial { count("trial-zero-line") }
    return dress
  }
}
