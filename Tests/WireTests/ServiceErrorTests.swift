import Testing

@testable import Wire

@Suite("Refusals and tokens")
struct ServiceErrorTests {
  @Test(
    "Every documented shape of a refusal is understood",
    arguments: [
      (
        400, #"{"code":"2055","description":"The etag is stale.","data":[],"source":"x"}"#, "2055", "The etag is stale."
      ),
      (404, #"{"code":20003,"description":"No such subscription.","attributes":{}}"#, "20003", "No such subscription."),
      (
        429, #"{"statusCode":429,"message":"Rate limit is exceeded. Try again in 57 seconds."}"#, nil,
        "Rate limit is exceeded. Try again in 57 seconds."
      ),
      (400, #"{"message":"The request is invalid."}"#, nil, "The request is invalid."),
      (
        403, #"{"error":{"code":"unAuthorized","message":"Caller is not authorized.","target":"referral"}}"#,
        "unAuthorized", "Caller is not authorized."
      ),
      (
        401, #"{"error":"invalid_client","error_description":"AADSTS7000215: wrong secret.\r\nTrace ID: 1"}"#,
        "invalid_client", "AADSTS7000215: wrong secret."
      ),
      (503, "", nil, "The service gives no reason."),
      (500, "{}", nil, "The service gives no reason."),
      (
        502, "<html>\n <head><title>Bad Gateway</title></head></html>", nil,
        "The answer is not JSON but begins “<html> <head><title>Bad Gateway</title></head></html>”."
      ),
    ] as [(Int, String, String?, String)])
  func shapes(status: Int, body: String, code: String?, message: String) {
    #expect(
      Wire.serviceError(body.bytes, status: status) == ServiceError(status: status, code: code, message: message))
  }

  @Test("The samples of refusals are understood", .enabled(if: Samples.arePresent))
  func samples() throws {
    let throttled = Wire.serviceError(try Samples.body("error.throttled-429"), status: 429)
    #expect(throttled.message == "Rate limit is exceeded. Try again in 57 seconds.")
    let refused = Wire.serviceError(try Samples.body("error.partner-api"), status: 401)
    #expect(refused.description == "Caller is not authorized to access the resource. (status 401, code unAuthorized)")
    #expect(Wire.serviceError(try Samples.body("error.schema"), status: 400).code == "<string>")
  }

  @Test(
    "Tokens live as long as the text of digits says", .enabled(if: Samples.arePresent),
    arguments: [
      ("token.app-only", "value-has-been-removed", 3600), ("token.authorization-code", "Access", 3599),
      ("token.refresh-token", "AccessTokenValue", 3600),
    ])
  func tokens(name: String, token: String, lifetime: Int) throws {
    let answer = try Wire.token(try Samples.body(name))
    #expect(answer == TokenAnswer(accessToken: token, lifetimeSeconds: lifetime))
  }

  @Test("A token prints as redacted, however it is printed")
  func redacted() throws {
    let answer = try Wire.token(#"{"access_token":"geheim","refresh_token":"auch","expires_in":"3600"}"#.bytes)
    #expect(answer.refreshToken == "auch")
    var dumped = ""
    dump(answer, to: &dumped)
    for text in ["\(answer)", String(reflecting: answer), dumped] {
      #expect(!text.contains("geheim") && !text.contains("auch"))
      #expect(text.contains("<redacted>"))
    }
  }

  @Test(
    "A sign-in answer without token or lifetime is refused without printing it",
    arguments: [
      (#"{"expires_in":"3600","id_token":"geheim"}"#, "The sign-in answer: member “access_token” is missing."),
      (#"{"access_token":"geheim"}"#, "The sign-in answer: member “expires_in” is missing."),
      (
        #"{"access_token":"geheim","expires_in":"soon"}"#,
        "The sign-in answer: member “expires_in” says “soon”, which is not a number of seconds."
      ),
    ])
  func brokenToken(text: String, sentence: String) throws {
    let error = #expect(throws: WireError.self) { try Wire.token(text.bytes) }
    #expect(error?.description.hasPrefix(sentence) == true)
    #expect(error?.description.contains("geheim") == false)
  }
}
