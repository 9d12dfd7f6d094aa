import PartnerCenterEmulator
import Testing

@Suite("Faults as they are written at a terminal")
struct ServerFaultOptionTests {
  @Test(
    "Path, passes and times stand behind the kind, each as wanted",
    arguments: [
      ("cut", "", 0, 1), ("cut@/v1/invoices", "/v1/invoices", 0, 1), ("cut#3", "", 3, 1), ("cut x2", "", 0, 0),
      ("cutx12", "", 0, 12), ("cut@lineitems?provider=onetime#3x12", "lineitems?provider=onetime", 3, 12),
      ("drip:2,0@x1x5", "x1", 0, 5), ("cut@orders/0x1#0x1", "orders/0x1", 0, 1), ("cut@", "", 0, 1),
      ("stall:2x3", "", 0, 3),
    ])
  func parts(text: String, path: String, passes: Int, times: Int) throws {
    guard times > 0 else {
      #expect(throws: (any Error).self) { try Fault(option: text) }
      return
    }
    let fault = try Fault(option: text)
    #expect(fault.pathContains == path)
    #expect(fault.passes == passes)
    #expect(fault.times == times)
    #expect(fault.chance == nil)
  }

  @Test(
    "Every kind is written as the table says",
    arguments: [
      ("status:503", "status(503, retryAfterSeconds: nil)"),
      ("status:429,0", "status(429, retryAfterSeconds: Optional(0))"),
      ("refused:409,800064", #"refused(409, code: "800064")"#), ("app-refused", #"refused(403, code: "900329")"#),
      ("user-refused", #"refused(403, code: "900308")"#), ("html", "otherBody(Impostor.html)"),
      ("array", "otherBody(Impostor.array)"),
      ("pdf", "otherBody(Impostor.pdf)"), ("cut", "cutBody"), ("stall:2", "stalledBody(2.0 seconds)"),
      ("drip:3,50", "drippedBody(pieces: 3, pause: 0.05 seconds)"), ("truncated", "truncatedJSON"),
      ("length:-10", "contentLength(offBy: -10)"), ("page-twice", "page(Page.servedTwiceUnderSameToken)"),
      ("page-twice-new-token", "page(Page.servedTwiceUnderNewToken)"), ("page-lost", "page(Page.lost)"),
      ("token-reused", "page(Page.tokenReused)"), ("link-missing", "page(Page.linkMissing)"),
      ("token-missing", "page(Page.tokenMissing)"), ("token-empty", "page(Page.tokenEmpty)"),
      ("total-count:-1", "page(Page.totalCount(-1))"),
      ("reissued:G000000001=-2.25", #"reissued(invoice: "G000000001", amount: "-2.25")"#),
      ("member-removed:subtotal", #"member("subtotal", Spelling.removed, item: nil)"#),
      ("member-renamed:subtotal=subTotalX", #"member("subtotal", Spelling.renamed("subTotalX"), item: nil)"#),
      (#"member-retyped:subtotal="a=b""#, #"member("subtotal", Spelling.retyped("\"a=b\""), item: nil)"#),
      (#"member-added:newMember={"a":1}"#, #"member("newMember", Spelling.added("{\"a\":1}"), item: nil)"#),
      ("numbers-as-text", "numbersAsText"),
    ])
  func kinds(text: String, kind: String) throws {
    let fault = try Fault(option: text)
    #expect(fault.kinds.map { "\($0)".replacing("PartnerCenterEmulator.Fault.", with: "") } == [kind])
    let name = text.prefix { $0 != ":" }
    #expect(
      Fault.optionTable.split(separator: "\n").contains { $0.hasPrefix("  \(name) ") || $0.hasPrefix("  \(name):") })
  }

  @Test("The two refusals by credentials wait for theirs")
  func credentials() throws {
    #expect(try Fault(option: "app-refused").credential == .app)
    #expect(try Fault(option: "user-refused").credential == .appAndUser)
    #expect(try Fault(option: "status:403").credential == nil)
  }

  @Test(
    "What is not understood is said in a sentence",
    arguments: [
      (
        "status:banana@/v1",
        "The fault 'status:banana@/v1' is not understood. Write it as status:CODE[,SECONDS], and then @PATH, #PASSES and "
          + "xTIMES as needed; TIMES is at least 1."
      ),
      (
        "cut:5",
        "The fault 'cut:5' is not understood. Write it as cut, and then @PATH, #PASSES and xTIMES as needed; TIMES is at "
          + "least 1."
      ),
      (
        "reissued:G1=many",
        "The fault 'reissued:G1=many' is not understood. Write it as reissued:INVOICE=AMOUNT, and then @PATH, #PASSES and "
          + "xTIMES as needed; TIMES is at least 1."
      ),
      (
        "cut@/v1x0",
        "The fault 'cut@/v1x0' is not understood. Write it as cut, and then @PATH, #PASSES and xTIMES as needed; TIMES is "
          + "at least 1."
      ),
      (
        "cutx99999999999999999999",
        "The number 99999999999999999999 in the fault 'cutx99999999999999999999' is too large. Write at most "
          + "9223372036854775807."
      ),
    ])
  func errors(text: String, sentence: String) {
    #expect { try Fault(option: text) } throws: { "\($0)" == sentence }
  }

  @Test("A kind that does not exist is answered with those that do", arguments: ["", "banana", "Cut", "@/v1"])
  func unknown(text: String) {
    let kind = text.prefix { $0 != "@" }
    #expect { try Fault(option: text) } throws: { error in
      "\(error)".hasPrefix("There is no fault of the kind '\(kind)'. Name one of status, refused, app-refused,")
        && "\(error)".hasSuffix(", member-added, numbers-as-text.")
    }
  }

  @Test(
    "Arguments outside their range are refused",
    arguments: [
      "status", "status:200", "status:429,-1", "status:429,soon", "refused:409", "stall:-1", "drip:0,5", "drip:5",
      "length:0", "total-count:many", "member-removed:", "member-removed:a=b", "member-renamed:a", "html:5",
    ])
  func ranges(text: String) {
    #expect(throws: (any Error).self) { try Fault(option: text) }
  }
}
