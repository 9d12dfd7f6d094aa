import Billing
import Testing

@testable import Wire

@Suite("Carts")
struct CartDecodingTests {
  private func line(_ error: String) throws -> CartLine {
    let body = #"{"id":"c","lineItems":[{"id":"0","catalogItemId":"x","quantity":1,"error":\#(error)}]}"#
    return try #require(try Wire.cart(body.bytes).value.lines.first)
  }

  @Test(
    "tell a line's error by number or by name",
    arguments: [
      ("10003", "InventoryNotAvailable", "There is no inventory: check another SKU or region."),
      (#""10011""#, "SubscriptionNotRegistered", "The Azure subscription is not registered: register it first."),
      (
        #""invalid_promotion_id""#, "InvalidPromotionId",
        "The promotion does not apply: leave it out or check its id."
      ),
      (
        "10999", "10999",
        "The line has an error nobody has documented (code 10999): ask Microsoft's support."
      ),
    ])
  func errors(code: String, name: String, words: String) throws {
    let error = try #require(try line(#"{"errorCode":\#(code),"errorDescription":""}"#).error)
    #expect(error.code.name == name)
    #expect(error.description == words)
  }

  @Test("tell how many are to be had")
  func counts() throws {
    let error = try line(
      #"{"errorCode":10002,"errorDescription":"Too many","additionalInformation":{"availableQuantity":3,"purchasedQuantity":7}}"#
    ).error
    #expect(
      error?.description == "Too many. The quota is used up: buy fewer, or have the quota raised. "
        + "(3 available, 7 bought already)")
  }

  @Test("read a renewal from a list as from an object, and count members nobody knows")
  func renewal() throws {
    let body = """
      {"id":"c","expirationTimestamp":"0001-01-01T00:00:00","surprise":1,"lineItems":[
        {"id":0,"catalogId":"a","quantity":1,"renewsTo":[{"termDuration":"P1Y"}]},
        {"id":1,"catalogItemId":"b","quantity":1,"renewsTo":{"termDuration":"P3Y"},
         "purchaseCommitment":{"amount":0.05,"currency":"usd","grain":"hourly"}}]}
      """
    let cart = try Wire.cart(body.bytes)
    #expect(cart.value.lines.map(\.renewsToTerm) == ["P1Y", "P3Y"])
    #expect(cart.value.lines.map(\.catalogItemID) == ["a", "b"])
    #expect(cart.value.lines[1].commitment?.amount == (try amount("0.05")))
    #expect(cart.value.expires == nil)
    #expect(cart.notes.unknownMembers == ["Cart.surprise": 1])
  }

  @Test("A check-out tells its errors by order group, with advice where the code is known")
  func checkout() throws {
    let body = #"{"orders":[],"orderErrors":[{"orderGroupId":"1","code":800030,"description":"Not registered."}]}"#
    let errors = try Wire.checkout(body.bytes).value.errors
    #expect(errors.map(\.group) == ["1"])
    #expect(errors.first?.advice?.hasPrefix("The Azure subscription is not registered") == true)
  }

  @Test("are sent with texts escaped and numbers digit by digit")
  func request() throws {
    var line = CartLine(number: 0, catalogItemID: "a\"\\\n", quantity: 2, billingCycle: "monthly")
    line.commitment = PurchaseCommitment(amount: try amount("0.05"), currency: Currency("USD"), grain: "hourly")
    line.isAttested = true
    let text = String(decoding: Wire.cartRequest(lines: [line]), as: UTF8.self)
    #expect(
      text == #"{"lineItems":[{"id":0,"catalogItemId":"a\"\\\u000a","quantity":2,"billingCycle":"monthly","#
        + #""attestationAccepted":true,"purchaseCommitment":{"amount":0.05,"currency":"USD","grain":"hourly"}}]}"#)
  }

  @Test(
    "Registration statuses are told apart whatever their case",
    arguments: [
      ("NotRegistered", SubscriptionRegistration.Status.notRegistered), ("registering", .registering),
      ("REGISTERED", .registered), ("Failed", .other("Failed")),
    ])
  func registration(printed: String, status: SubscriptionRegistration.Status) throws {
    let body = #"{"subscriptionId":"s","status":"\#(printed)"}"#
    #expect(try Wire.registration(body.bytes).value.status == status)
  }
}
