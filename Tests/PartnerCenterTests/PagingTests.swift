import PartnerCenter
import Testing

@Suite("Paging")
struct PagingTests {
  /// Asks until nothing is left; the targets and tokens in the order of asking.
  private func walk(
    _ paging: Paging, _ answers: [Paging.Page]
  ) throws -> (asked: [String], verdicts: [Paging.Verdict], paging: Paging) {
    var paging = paging
    var asked: [String] = []
    var verdicts: [Paging.Verdict] = []
    for answer in answers {
      let request = try #require(paging.request, "The walk ended before the script.")
      asked.append(request.target + (request.continuationToken.map { " \($0)" } ?? ""))
      verdicts.append(try paging.record(answer))
    }
    return (asked, verdicts, paging)
  }

  private let lines = APIRequest(.get, "/v1/invoices/G1/lineitems?provider=onetime&size=2")
  private let legacy = APIRequest(.get, "/v1/invoices/D1/lineitems?provider=office&size=2")
  private let documents = APIRequest(.get, "/v1/invoices?size=2")

  @Test("by token: our own parameters with seekOperation=Next and the token of the page before")
  func seek() throws {
    let walked = try walk(
      Paging(.seek, first: lines),
      [
        .init(itemCount: 2, continuationToken: "d19617b8,0705c4a9/80/x=", hasNextLink: true),
        .init(itemCount: 2, continuationToken: "AQAAAA==", hasNextLink: true),
        .init(itemCount: 1, hasNextLink: false),
      ])
    let target = "/v1/invoices/G1/lineitems?provider=onetime&size=2"
    #expect(
      walked.asked == [
        target, "\(target)&seekOperation=Next d19617b8,0705c4a9/80/x=", "\(target)&seekOperation=Next AQAAAA==",
      ])
    #expect(walked.verdicts == [.kept, .kept, .kept])
    #expect(walked.paging.request == nil)
    #expect(walked.paging.page == 2)
  }

  @Test(
    "by token: ends without a link or without a token",
    arguments: [
      (Paging.Page(itemCount: 2, continuationToken: "AQAAAA==", hasNextLink: false), false),
      (.init(itemCount: 2, continuationToken: "", hasNextLink: true), true),
      (.init(itemCount: 2, continuationToken: nil, hasNextLink: true), true),
      (.init(itemCount: 0, continuationToken: nil, hasNextLink: false), false),
    ])
  func seekEnd(page: Paging.Page, endedWithoutToken: Bool) throws {
    let paging = try walk(Paging(.seek, first: lines), [page]).paging
    #expect(paging.request == nil)
    #expect(paging.endedWithoutToken == endedWithoutToken)
  }

  @Test("by token: an empty page with a new token is not the end")
  func seekEmptyPage() throws {
    let paging = try walk(
      Paging(.seek, first: lines), [.init(itemCount: 0, continuationToken: "next", hasNextLink: true)]
    ).paging
    #expect(paging.request?.continuationToken == "next")
  }

  @Test("by token: a page whose token repeats is dropped, and the page it stands in for is asked again")
  func seekRepeats() throws {
    let walked = try walk(
      Paging(.seek, first: lines),
      [
        .init(itemCount: 2, continuationToken: "a", hasNextLink: true),
        .init(itemCount: 2, continuationToken: "a", hasNextLink: true),
        .init(itemCount: 2, continuationToken: "b", hasNextLink: true),
        .init(itemCount: 2, continuationToken: "a", hasNextLink: true),
        .init(itemCount: 1, hasNextLink: false),
      ])
    #expect(walked.asked.map { $0.suffix(1) } == ["2", "a", "a", "b", "b"])
    #expect(walked.verdicts == [.kept, .repeated, .kept, .repeated, .kept])
    #expect(walked.paging.page == 2)
  }

  @Test("by token: a page that never comes is an error, not a shorter collection and not a circle")
  func seekCircle() throws {
    let same = Paging.Page(itemCount: 2, continuationToken: "a", hasNextLink: true)
    let error = PagingFailure.repeating(target: lines.target, page: 1)
    #expect(throws: error) { try walk(Paging(.seek, first: lines), [same, same, same, same]) }
    #expect(
      error.description == "Page 2 of /v1/invoices/G1/lineitems?provider=onetime&size=2 was asked for several times, "
        + "and each time an earlier page came back. The collection is incomplete; run again later.")
  }

  @Test("by offset: advances by what came, not by what was asked for, and reads the rows after the last full page")
  func offset() throws {
    let walked = try walk(
      Paging(.offset, first: legacy),
      [
        .init(itemCount: 2, hasNextLink: true), .init(itemCount: 1, hasNextLink: true),
        .init(itemCount: 1, hasNextLink: false),
      ])
    let target = "/v1/invoices/D1/lineitems?provider=office&size=2"
    #expect(walked.asked == ["\(target)&offset=0", "\(target)&offset=2", "\(target)&offset=3"])
    #expect(walked.paging.request == nil)
  }

  @Test("by offset: ends at an empty page even when that announces another")
  func offsetEmpty() throws {
    let walked = try walk(
      Paging(.offset, first: legacy), [.init(itemCount: 2, hasNextLink: true), .init(itemCount: 0, hasNextLink: true)])
    #expect(walked.paging.request == nil)
  }

  @Test("a service that never ends is an error")
  func endless() throws {
    let page = Paging.Page(itemCount: 2, hasNextLink: true)
    let error = PagingFailure.endless(target: legacy.target, pages: 3)
    #expect(throws: error) { try walk(Paging(.offset, first: legacy, pagesMax: 3), [page, page, page, page]) }
    #expect(error.description.contains("has more than 3 pages"))
  }

  @Test("by offset: a full page without a next link is not taken for the last one")
  func offsetFullPage() throws {
    let walked = try walk(
      Paging(.offset, first: legacy, size: 2),
      [.init(itemCount: 2, hasNextLink: false), .init(itemCount: 1, hasNextLink: false)])
    #expect(walked.asked.count == 2)
    #expect(walked.paging.request == nil)
  }

  @Test("/invoices: ends at a page that adds no new id, because new-commerce documents ignore size and offset")
  func documentsRepeat() throws {
    let all = Paging.Page(itemCount: 3, itemIDs: ["G1", "G2", "G3"], hasNextLink: false)
    let walked = try walk(Paging(.documents, first: documents), [all, all])
    #expect(walked.asked == ["/v1/invoices?size=2&offset=0", "/v1/invoices?size=2&offset=3"])
    #expect(walked.paging.request == nil)
  }

  @Test("/invoices: new-commerce documents on every page do not push the offset past legacy ones")
  func documentsMixed() throws {
    let walked = try walk(
      Paging(.documents, first: documents),
      [
        .init(itemCount: 4, itemIDs: ["G1", "G2", "D1", "D2"], hasNextLink: true),
        .init(itemCount: 4, itemIDs: ["G1", "G2", "D3", "D4"], hasNextLink: true),
        .init(itemCount: 2, itemIDs: ["g1", "G2"], hasNextLink: false),
      ])
    #expect(walked.asked.map { $0.suffix(8) } == ["offset=0", "offset=2", "offset=4"])
    #expect(walked.paging.request == nil)
  }
}
