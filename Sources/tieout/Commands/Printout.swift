import MonthEnd

/// What a command has to say when it has done its work: paragraphs for people, one JSON object for programs.
struct Printout {
  let command: String
  var ending: Ending = .tiedOut
  private var members: [(String, JSONText)] = []
  private var paragraphs: [[String]] = []

  init(_ command: String) { self.command = command }

  /// One thing, member by member.
  mutating func add<Row>(_ member: String, _ columns: [Column<Row>], one row: Row) {
    let rows = Rows(columns, [row])
    members.append((member, rows.objects.first ?? .null))
    paragraphs.append(rows.card)
  }

  /// A table; `nothing` stands in its place where it has no rows, and where it is empty nothing is said.
  mutating func add<Row>(_ member: String, _ columns: [Column<Row>], _ rows: some Sequence<Row>, nothing: String) {
    let rows = Rows(columns, rows)
    members.append((member, .list(rows.objects)))
    if !rows.cells.isEmpty {
      paragraphs.append(rows.lines)
    } else if !nothing.isEmpty {
      paragraphs.append([nothing])
    }
  }

  /// A sentence; programs find it under a name.
  mutating func add(_ member: String, sentence: String) {
    members.append((member, .text(sentence)))
    paragraphs.append([sentence.onOneLine])
  }

  /// A fact that only programs want to hear.
  mutating func add(_ member: String, fact: JSONText) { members.append((member, fact)) }

  var json: JSONText {
    .object([("command", .text(command)), ("exit_code", .number(Int(ending.rawValue)))] + members)
  }

  var text: String { paragraphs.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") }
}
