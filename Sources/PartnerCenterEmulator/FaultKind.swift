extension Fault {
  /// What happens to a request.
  public enum Kind: Sendable {
    // Instead of the answer.

    /// Another status, with the body the service prints for it (contract §6.1): shape B for 429, a gateway's HTML from
    /// 500 on and for 408, shape A otherwise.
    case status(Int, retryAfterSeconds: Int? = nil)
    /// A refusal with a code of contract §6.3 in shape A, such as 409 with 800064 for a cart that is busy.
    case refused(Int, code: String)
    /// A complete answer with status 200 that is something else.
    case otherBody(Impostor)

    // On the wire.

    /// The connection is cut in the middle of the body.
    case cutBody
    /// The connection stays open in the middle of the body and says nothing for a while, then the rest comes.
    case stalledBody(Duration)
    /// The body comes in so many pieces with a pause after each.
    case drippedBody(pieces: Int, pause: Duration)
    /// A complete HTTP answer whose JSON ends in the middle.
    case truncatedJSON
    /// A `Content-Length` that is wrong by so many bytes: below zero the JSON ends early in a complete HTTP answer and
    /// the rest arrives unasked, above zero the connection ends before the answer does.
    case contentLength(offBy: Int)

    // In the answer.

    /// A list whose pages go wrong.
    case page(Page)
    /// A member spelt otherwise: of every item of a list, of one (counted from zero), or of a document that is no list.
    case member(String, Spelling, item: Int? = nil)
    /// Every number of the items, or of a document that is no list, printed as text (contract §4).
    case numbersAsText
    /// An invoice is issued again: from this request on it has another total, one of its lines differs by the same
    /// amount, and its lines stand one place further on.
    case reissued(invoice: String, amount: String)
    /// The body rewritten: a byte-order mark in front, other items, garbage behind.
    case edited(@Sendable (String) -> String)

    /// A literal body instead of the answer's.
    public static func body(_ text: String) -> Kind { .edited { _ in text } }

    /// What a patient caller gets over by asking again, without a rest longer than its own.
    public static var transient: [Kind] {
      [
        .status(408), .status(429, retryAfterSeconds: 0), .status(500), .status(502), .status(503), .status(504),
        .cutBody, .truncatedJSON,
      ]
    }
  }

  /// A body of another type than the one asked for.
  public enum Impostor: Sendable {
    /// A page for people, as a proxy puts up.
    case html
    /// The answer inside a JSON array.
    case array
    case pdf
  }

  /// What goes wrong with the page a request asks for; contract §5.
  public enum Page: Sendable {
    /// The token of the page leads to the page itself, and only when it is asked again to the next one.
    case servedTwiceUnderSameToken
    /// The page comes again under a token of its own, which leads on.
    case servedTwiceUnderNewToken
    /// The next page is served in its place, and nothing tells; a last page is empty.
    case lost
    /// The next token is the one this page was asked with. It passes first pages, which are asked without one.
    case tokenReused
    /// The token is there, `links.next` is not.
    case linkMissing
    /// `links.next` is there, and no token anywhere.
    case tokenMissing
    /// `links.next` is there, and the token is an empty text.
    case tokenEmpty
    /// `totalCount` prints this number.
    case totalCount(Int)
  }

  /// Another spelling of a member.
  public enum Spelling: Sendable {
    case removed
    /// The same value under another name.
    case renamed(String)
    /// Another JSON literal as value, such as `"abc"` with its quotes.
    case retyped(String)
    /// A member that was not there, with this JSON literal.
    case added(String)
  }
}
