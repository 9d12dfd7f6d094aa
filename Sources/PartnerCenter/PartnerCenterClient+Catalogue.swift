public import Billing
public import Wire

extension PartnerCenterClient {
  /// `GET products` of one market and part of the catalogue (contract §8.2).
  public func products(
    in market: Market, view: TargetView, segment: TargetSegment? = nil, scope: ReservationScope? = nil
  ) async throws -> Decoded<[Product]> {
    let view = "targetView=\(view.rawValue)"
    return try await list(
      market.target("products", [view, segment.parameter, scope.parameter]), as: { try Wire.products($0) })
  }

  /// `GET products/{p}` (contract §8.2).
  public func product(
    _ id: ProductID, in market: Market, scope: ReservationScope? = nil
  ) async throws -> Decoded<Product> {
    try await read(market.target(id.path, [scope.parameter]), as: { try Wire.product($0) })
  }

  /// `GET products/{p}/skus` (contract §8.2).
  public func skus(
    of product: ProductID, in market: Market, segment: TargetSegment? = nil, scope: ReservationScope? = nil
  ) async throws -> Decoded<[Sku]> {
    try await list(
      market.target("\(product.path)/skus", [segment.parameter, scope.parameter]), as: { try Wire.skus($0) })
  }

  /// `GET products/{p}/skus/{k}` (contract §8.2).
  public func sku(_ item: CatalogItem, in market: Market, scope: ReservationScope? = nil) async throws -> Decoded<Sku> {
    try await read(market.target(item.path, [scope.parameter]), as: { try Wire.sku($0) })
  }

  /// `GET products/{p}/skus/{k}/availabilities`: the whole list in one answer (contract §8.2, §5).
  public func availabilities(
    of item: CatalogItem, in market: Market, segment: TargetSegment? = nil, scope: ReservationScope? = nil
  ) async throws -> Decoded<[Availability]> {
    try await read(
      market.target("\(item.path)/availabilities", [segment.parameter, scope.parameter]),
      as: { try Wire.availabilities($0) })
  }

  /// `GET products/{p}/skus/{k}/availabilities/{a}` (contract §8.2).
  public func availability(
    _ id: AvailabilityID, of item: CatalogItem, in market: Market
  ) async throws -> Decoded<Availability> {
    try await read(
      market.target("\(item.path)/availabilities/\(id.printed.percentEncoded)"), as: { try Wire.availability($0) })
  }

  /// `POST extensions/product/checkinventory`: what the catalogue does not know is missing in the answer
  /// (contract §8.3).
  ///
  /// - Parameter context: By the names the SKU's `inventoryVariables` list.
  public func inventory(
    of targets: [InventoryTarget], context: [String: String], country: String
  ) async throws -> Decoded<[InventoryItem]> {
    let target = Market.country(country).target("extensions/product/checkinventory")
    // A question that is only written like an order.
    let request = APIRequest(
      .post, target, body: Wire.inventoryRequest(targets, context: context), repetition: .freely)
    return try await read(request, as: { try Wire.inventory($0) })
  }
}

extension ProductID {
  fileprivate var path: String { "products/\(printed.percentEncoded)" }
}

extension CatalogItem {
  fileprivate var path: String { "products/\(product.printed.percentEncoded)/skus/\(sku.printed.percentEncoded)" }
}

extension TargetSegment? {
  fileprivate var parameter: String? { map { "targetSegment=\($0.rawValue)" } }
}

extension ReservationScope? {
  fileprivate var parameter: String? { map { "reservationScope=\($0.rawValue)" } }
}
