import MonthEnd
import PartnerCenterEmulator
import Reconciliation

/// What comes instead of an answer, or of half of it.
extension FaultCase {
  static let answers = statuses + refusals + wires + bodies

  private static let statuses =
    [408, 500, 502, 503, 504].flatMap { status in
      [
        FaultCase("status \(status), once", .same, .status(status)),
        FaultCase(
          "status \(status) for good", .stops(["status \(status)", "run again later"]), times: always, .status(status)),
      ]
    } + [
      FaultCase("status 429 with Retry-After, once", .same, .status(429, retryAfterSeconds: 0)),
      FaultCase("status 429 without Retry-After, once", .same, .status(429)),
      FaultCase(
        "status 429 with Retry-After for good", .stops(["status 429", "asks for patience"]), times: always,
        .status(429, retryAfterSeconds: 0)),
      FaultCase(
        "status 429 without Retry-After for good", .stops(["status 429", "asks for patience"]), times: always,
        .status(429)),
      FaultCase("status 429 for files of an export", .same, on: .exports, at: "/storage/", .status(429)),
      FaultCase("status 503 for a submission", .same, on: .exports, at: "/billed/export", .status(503)),
      FaultCase("status 503 for an operation", .same, on: .exports, at: "/operations/", .status(503)),
    ]

  private static let refusals = [
    FaultCase("401 in mid-run", .same, at: "lineitems?", passes: 2, .status(401)),
    FaultCase(
      name: "tokens that are good for 20 calls", configure: { $0.tokenCallsMax = 20 }, ending: .same),
    FaultCase(
      "401 for good", .stops(["status 401", "fresh token"], code: .signInRefused), at: "lineitems?",
      passes: 2, times: always, .status(401)),
    FaultCase(
      "401 of Graph for good", .stops(["status 401", "/reports/partners/billing/"], code: .signInRefused), on: .exports,
      at: "/reports/", times: always, .status(401)),
    FaultCase(
      "403 for the application", .stops(["code 900329", "takes no app-only token"], code: .signInRefused),
      times: always,
      credential: .app, .refused(403, code: "900329")),
    FaultCase(
      "403 for the user", .stops(["code 900308", "lacks privileges", "GET /v1/invoices/"], code: .signInRefused),
      at: "/v1/invoices/", times: always, credential: .appAndUser, .refused(403, code: "900308")),
    FaultCase("404 for the line items", .stops(["status 404", invoice]), times: always, .status(404)),
    FaultCase(
      "404 for an invoice", .stops(["status 404", "/v1/invoices/"]), at: "/v1/invoices/\(invoice)", .status(404)),
    FaultCase(
      "404 for a customer's orders", .mismatch(.customerUnknown), at: "/orders?", times: 1, .status(404)),
  ]

  private static let wires = [
    FaultCase("a connection cut in the middle of a body, once", .same, .cutBody),
    FaultCase(
      "a connection cut in the middle of each body", .stops(["is not whole", invoice]), times: always, .cutBody),
    FaultCase(
      "a connection cut in the middle of a file", .same, on: .exports, at: "/storage/", .cutBody),
    FaultCase(
      "a connection cut in the middle of each file", .stops(["is not whole", "/storage/"]), on: .exports,
      at: "/storage/", times: always, .cutBody),
    FaultCase("a body that drips", .same, .drippedBody(pieces: 20, pause: .milliseconds(5))),
    FaultCase(
      "a body that drips for too long", .stops(["in time", invoice]), times: always,
      .drippedBody(pieces: 1_000, pause: .milliseconds(50)), change: { $0.bodySecondsMax = 4 }),
    FaultCase(
      "a body that stalls, once", .same, .stalledBody(.seconds(600)),
      change: {
        // On a busy machine healthy answers may take as long.
        $0.readSecondsMax = 3
        $0.attemptsMax = 6
      }),
    FaultCase(
      "a body that stalls each time", .stops(["in time", invoice]), times: always, .stalledBody(.seconds(600)),
      change: { $0.readSecondsMax = 3 }),
    FaultCase("a Content-Length that is too small, once", .same, .contentLength(offBy: -10)),
    FaultCase(
      "a Content-Length that is too small each time", .stops(["is not whole", invoice]), times: always,
      .contentLength(offBy: -10)),
    FaultCase("a Content-Length that is too large, once", .same, .contentLength(offBy: 10)),
    FaultCase(
      "a Content-Length that is too large each time", .stops(["is not whole", invoice]), times: always,
      .contentLength(offBy: 10)),
    FaultCase("JSON that ends in the middle, once", .same, .truncatedJSON),
  ]

  private static let bodies = [
    FaultCase("a page for people, once", .same, .otherBody(.html)),
    FaultCase("a page for people each time", .stops(["not JSON", invoice]), times: always, .otherBody(.html)),
    FaultCase("a PDF, once", .same, .otherBody(.pdf)),
    FaultCase("a PDF each time", .stops(["not JSON", invoice]), times: always, .otherBody(.pdf)),
    FaultCase("an array around the list", .stops(["a list where a collection belongs"]), .otherBody(.array)),
    FaultCase(
      "a page for people instead of each file", .stops(["does not unpack to its end"]), on: .exports, at: "/storage/",
      times: always, .otherBody(.html)),
    FaultCase(
      "a page for people instead of a file, once", .same, on: .exports, at: "/storage/", .otherBody(.html)),
    FaultCase(
      "an array around an operation", .stops(["object"]), on: .exports, at: "/operations/", .otherBody(.array)),
  ]

  private static let invoice = FaultStage.invoice
}
