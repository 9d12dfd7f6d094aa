extension Fault {
  /// One kind of fault as it is written at a terminal.
  struct OptionRow: Sendable {
    let name: String
    /// What stands behind the colon, for people.
    let argument: String
    let meaning: String
    var credential: Credential?
    /// The fault of an argument; nil for an argument that is not understood.
    let make: @Sendable (_ argument: String?) -> Kind?

    var usage: String { name + argument }
  }

  static let rows: [OptionRow] = answers + wires + pages + members

  private static let answers: [OptionRow] = [
    .init("status", ":CODE[,SECONDS]", "another status, with Retry-After") { argument in
      let numbers = argument?.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) } ?? []
      guard (1...2).contains(numbers.count), let status = numbers[0], (400...599).contains(status) else { return nil }
      guard numbers.count == 2 else { return .status(status) }
      return numbers[1].flatMap { $0 >= 0 ? .status(status, retryAfterSeconds: $0) : nil }
    },
    .init("refused", ":STATUS,CODE", "a refusal with a code of the service, 409,800064") { argument in
      let words = argument?.split(separator: ",") ?? []
      guard words.count == 2, let status = Int(words[0]), (400...599).contains(status) else { return nil }
      return .refused(status, code: String(words[1]))
    },
    .init("app-refused", "", "403 for tokens of the application alone", credential: .app) { argument in
      argument == nil ? .refused(403, code: "900329") : nil
    },
    .init("user-refused", "", "403 for tokens of a user", credential: .appAndUser) { argument in
      argument == nil ? .refused(403, code: "900308") : nil
    },
    .init("html", "", "status 200 and a page for people", .otherBody(.html)),
    .init("array", "", "the answer inside a JSON array", .otherBody(.array)),
    .init("pdf", "", "status 200 and a PDF", .otherBody(.pdf)),
  ]

  private static let wires: [OptionRow] = [
    .init("cut", "", "the connection is cut in the middle of the body", .cutBody),
    .init("stall", ":SECONDS", "the body stops in the middle for a while") { argument in
      argument.flatMap { Int($0) }.flatMap { $0 >= 0 ? .stalledBody(.seconds($0)) : nil }
    },
    .init("drip", ":PIECES,MILLISECONDS", "the body comes in pieces with pauses") { argument in
      let numbers = argument?.split(separator: ",").map { Int($0) ?? -1 } ?? []
      guard numbers.count == 2, numbers[0] > 0, numbers[1] >= 0 else { return nil }
      return .drippedBody(pieces: numbers[0], pause: .milliseconds(numbers[1]))
    },
    .init("truncated", "", "a complete answer whose JSON ends in the middle", .truncatedJSON),
    .init("length", ":BYTES", "a Content-Length wrong by so many bytes, as -10") { argument in
      argument.flatMap { Int($0) }.flatMap { $0 == 0 ? nil : .contentLength(offBy: $0) }
    },
  ]

  private static let pages: [OptionRow] = [
    .init("page-twice", "", "the page comes again under the same token", .page(.servedTwiceUnderSameToken)),
    .init(
      "page-twice-new-token", "", "the page comes again under a token of its own", .page(.servedTwiceUnderNewToken)),
    .init("page-lost", "", "the next page in its place", .page(.lost)),
    .init("token-reused", "", "the next token is the page's own", .page(.tokenReused)),
    .init("link-missing", "", "a token without links.next", .page(.linkMissing)),
    .init("token-missing", "", "links.next without a token", .page(.tokenMissing)),
    .init("token-empty", "", "links.next with an empty token", .page(.tokenEmpty)),
    .init("total-count", ":NUMBER", "totalCount prints this number") { argument in
      argument.flatMap { Int($0) }.map { .page(.totalCount($0)) }
    },
    .init("reissued", ":INVOICE=AMOUNT", "the invoice is issued again, so much dearer") { argument in
      argument.flatMap { $0.pair }.flatMap { invoice, amount in
        World.Exact(amount) == nil ? nil : .reissued(invoice: invoice, amount: amount)
      }
    },
  ]

  private static let members: [OptionRow] = [
    .init("member-removed", ":NAME", "every item without the member") { argument in
      argument.flatMap { $0.isEmpty || $0.contains("=") ? nil : .member($0, .removed) }
    },
    .init("member-renamed", ":NAME=OTHER", "the member under another name") { argument in
      argument.flatMap { $0.pair }.map { .member($0, .renamed($1)) }
    },
    .init("member-retyped", ":NAME=JSON", "another literal, such as subtotal=\"abc\"") { argument in
      argument.flatMap { $0.pair }.map { .member($0, .retyped($1)) }
    },
    .init("member-added", ":NAME=JSON", "a member that was not there") { argument in
      argument.flatMap { $0.pair }.map { .member($0, .added($1)) }
    },
    .init("numbers-as-text", "", "every number of the items in quotes", .numbersAsText),
  ]
}

extension Fault.OptionRow {
  init(
    _ name: String, _ argument: String, _ meaning: String, credential: Fault.Credential? = nil,
    make: @escaping @Sendable (_ argument: String?) -> Fault.Kind?
  ) {
    self.init(name: name, argument: argument, meaning: meaning, credential: credential, make: make)
  }

  init(_ name: String, _ argument: String, _ meaning: String, _ kind: Fault.Kind) {
    self.init(name, argument, meaning) { $0 == nil ? kind : nil }
  }
}

extension String {
  /// What stands before and behind the first equals sign; nil where one of them is empty.
  fileprivate var pair: (String, String)? {
    let halves = split(separator: "=", maxSplits: 1)
    return halves.count == 2 ? (String(halves[0]), String(halves[1])) : nil
  }
}
