import Foundation
import MonthEnd
import PartnerCenterEmulator
import Reconciliation

/// Pages that go wrong, and members that are not what they were.
extension FaultCase {
  static let pages = served + lost + [totalCountLies]

  private static let served = [
    FaultCase("the first page twice under its token", .same, .page(.servedTwiceUnderSameToken)),
    FaultCase("a later page twice under its token", .same, passes: 1, .page(.servedTwiceUnderSameToken)),
    FaultCase("a page twice under a new token", .mismatch(.invoiceTotal, "M02"), .page(.servedTwiceUnderNewToken)),
    FaultCase(
      "a page of daily usage twice under a new token", .mismatch(.usageTotal, "M02"), at: FaultStage.usage,
      .page(.servedTwiceUnderNewToken)),
    FaultCase("a token that leads to its own page, once", .same, .page(.tokenReused)),
    FaultCase(
      "a token that always leads to its own page", .stops(["an earlier page came back", FaultStage.invoice]),
      times: always, .page(.tokenReused)),
  ]

  /// What nobody can tell from the pages themselves, their sums do.
  private static let lost =
    [
      ("lost", Fault.Page.lost), ("without a link", .linkMissing), ("without a token", .tokenMissing),
      ("with an empty token", .tokenEmpty),
    ].flatMap { name, page in
      [
        FaultCase(
          "a page \(name)", .mismatch(.invoiceTotal, "M01", besides: [.orderUnbilled, .subscriptionUnbilled]),
          passes: 1,
          .page(page)),
        FaultCase(
          "a page of daily usage \(name)", .mismatch(.usageTotal, "M01"), at: FaultStage.usage, .page(page)),
      ]
    } + [
      FaultCase("a first page lost", .mismatch(.invoiceTotal, "M01"), .page(.lost)),
      FaultCase(
        "a page of legacy licences lost", .mismatch(.invoiceTotal, "M46"), at: FaultStage.licences, .page(.lost)),
      FaultCase("a page of customers lost", .mismatch(.customerUnknown), at: "/v1/customers?", .page(.lost)),
    ]

  private static let totalCountLies = FaultCase(
    "a totalCount that lies", .same, at: "", times: always, .page(.totalCount(3)))

  static let members = [
    FaultCase("a member missing: the total", .mismatch(.amountMissing), .member("totalForCustomer", .removed, item: 0)),
    FaultCase(
      "a member missing: the amount before tax", .mismatch(.amountMissing), .member("subtotal", .removed, item: 0)),
    FaultCase(
      "a member missing: the currency", .mismatch(.invoiceCurrency, "M13"), .member("currency", .removed, item: 0)),
    FaultCase(
      "a member missing: the charge type", .mismatch(.chargeTypeUnknown), .member("chargeType", .removed, item: 0)),
    FaultCase(
      "a member missing: the cost of a day", .mismatch(.usageTotal), at: FaultStage.usage,
      .member("billingPreTaxTotal", .removed, item: 0)),
    FaultCase(
      "a member missing: the items", .stops(["“items” is missing"]),
      .edited { $0.replacing(#""items":"#, with: #""elements":"#) }),
    FaultCase(
      "a member renamed", .mismatch(.amountMissing), .member("totalForCustomer", .renamed("grandTotal"), item: 0)),
    FaultCase("a member retyped", .stops(["“subtotal”", "“abc”"]), .member("subtotal", .retyped(#""abc""#), item: 0)),
    FaultCase(
      "a member retyped as an object", .stops(["“taxTotal” is an object"]), .member("taxTotal", .retyped("{}"), item: 0)
    ),
    FaultCase("a member added", .same, .member("moodOfTheDay", .added(#"{"a":[1]}"#))),
    FaultCase("every amount as text", .same, at: "lineitems", times: always, .numbersAsText),
  ]
}
