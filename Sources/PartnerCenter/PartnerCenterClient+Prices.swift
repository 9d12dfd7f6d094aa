public import Billing
public import Wire

extension PartnerCenterClient {
  /// `GET sales/pricesheets(…)/$value`: the prices of a market; takes a user (contract §10.3, §2.2).
  ///
  /// - Parameters:
  ///   - market: ISO alpha-2.
  ///   - month: Of a sheet of the past; goes with `history`.
  /// - Throws: `CSVError` for what is no price sheet; `ServiceRefusal` with status 404 when there is no future sheet.
  public func priceSheet(
    market: String, view: PriceView, timeline: PriceTimeline = .current, month: Month? = nil
  ) async throws -> Decoded<[PriceSheetRow]> {
    let sheet = "pricesheets(Market='\(market.uppercased().percentEncoded)',PricesheetView='\(view.rawValue)')"
    let query = "timeline=\(timeline.rawValue)" + (month.map { "&month=\($0.digits)" } ?? "")
    return try Wire.priceSheet(try await prices("/v1.0/sales/\(sheet)/$value?\(query)"))
  }

  /// `GET sales/fxrates(…)/$value`: what currencies are worth in dollars; takes a user (contract §10.3, §2.2).
  public func exchangeRates(month: Month) async throws -> Decoded<[ExchangeRate]> {
    try Wire.exchangeRates(try await prices("/v1.0/sales/fxrates(Month='\(month.digits)')/$value"))
  }

  private func prices(_ target: String) async throws -> [UInt8] {
    let request = APIRequest(.get, target, of: .pricing, credentials: .appAndUser, answerKind: .csv)
    return try await answer(to: request).body
  }
}

extension Month {
  /// `202502`
  fileprivate var digits: String { description.filter { $0 != "-" } }
}
