public import Billing

extension Wire {
  /// The body that creates a cart (contract §8.4).
  public static func cartRequest(lines: [CartLine], isResellerAttested: Bool? = nil) -> [UInt8] {
    RequestText.object([
      ("partnerOnRecordAttestationAccepted", isResellerAttested.map { .flag($0) }),
      ("lineItems", .list(lines.map(\.request))),
    ]).bytes
  }

  /// The body that replaces a cart: the whole of it, without what only the service says (contract §8.4).
  public static func cartRequest(_ cart: Cart) -> [UInt8] {
    RequestText.object([
      ("id", .text(cart.id.printed)),
      ("creationTimestamp", cart.created.map { .text("\($0)") }),
      ("lastModifiedTimestamp", cart.lastModified.map { .text("\($0)") }),
      ("expirationTimestamp", cart.expires.map { .text("\($0)") }),
      ("lastModifiedUser", .some(cart.lastModifiedBy)),
      ("status", .some(cart.status)),
      ("partnerOnRecordAttestationAccepted", cart.isResellerAttested.map { .flag($0) }),
      ("lineItems", .list(cart.lines.map(\.request))),
    ]).bytes
  }

  /// The body of an inventory check (contract §8.3).
  ///
  /// - Parameter context: By the names the SKU lists: `customerId`, `azureSubscriptionId`, `armRegionName`.
  public static func inventoryRequest(_ targets: [InventoryTarget], context: [String: String]) -> [UInt8] {
    RequestText.object([
      (
        "targetItems",
        .list(
          targets.map {
            .object([("productId", .text($0.product.printed)), ("skuId", $0.sku.map { .text($0.printed) })])
          })
      ),
      ("inventoryContext", .object(context.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })),
    ]).bytes
  }
}

extension CartLine {
  fileprivate var request: RequestText {
    .object([
      ("id", .number("\(number)")),
      ("catalogItemId", .text(catalogItemID)),
      ("friendlyName", .some(name)),
      ("quantity", .number("\(quantity)")),
      ("billingCycle", .text(billingCycle)),
      ("termDuration", .some(termDuration)),
      ("customTermEndDate", customTermEnd.map { .text("\($0)") }),
      ("promotionId", .some(promotion)),
      ("participants", participants.isEmpty ? nil : .list(participants.map(\.request))),
      ("provisioningContext", .some(provisioningContext)),
      ("renewsTo", renewsToTerm.isEmpty ? nil : .object([("termDuration", .text(renewsToTerm))])),
      ("attestationAccepted", isAttested.map { .flag($0) }),
      ("purchaseCommitment", commitment?.request),
      ("addonItems", addOns.isEmpty ? nil : .list(addOns.map(\.request))),
    ])
  }
}

extension Participant {
  fileprivate var request: RequestText { .object([("key", .text(role)), ("value", .text(partner))]) }
}

extension PurchaseCommitment {
  fileprivate var request: RequestText {
    .object([
      ("amount", .number("\(amount)")), ("currency", currency.map { .text($0.code) }), ("grain", .text(grain)),
    ])
  }
}
