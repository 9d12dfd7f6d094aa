import GRDB

extension Ledger {
  /// Replaces what decoding noticed in one source, such as `customers` or `orders of …`.
  ///
  /// By source, because bodies that did not change are not decoded again, and what was noticed in them still holds.
  public func ingestNotes(_ notes: [DecodingNote], source: String) throws {
    try write { try $0.replaceNotes(notes, source: source) }
  }

  /// Everything decoding noticed, added over all sources.
  public func notes() throws -> [DecodingNote] {
    try read { database in
      var counts: [DecodingNote: Int] = [:]
      let all = try database.values("SELECT kind, subject, count FROM decoding_note") { row in
        DecodingNote(kind: try row.text(), subject: try row.text(), count: try row.number())
      }
      for note in all {
        counts[DecodingNote(kind: note.kind, subject: note.subject, count: 0), default: 0] += note.count
      }
      return counts.map { DecodingNote(kind: $0.key.kind, subject: $0.key.subject, count: $0.value) }
        .sorted { ($0.kind, $0.subject) < ($1.kind, $1.subject) }
    }
  }
}

extension Database {
  func replaceNotes(_ notes: [DecodingNote], source: String) throws {
    try execute(sql: "DELETE FROM decoding_note WHERE source = ?", arguments: [source])
    var insertion = try Insertion(
      self, into: "decoding_note", ["source", "kind", "subject", "count"],
      onConflict: "ON CONFLICT DO UPDATE SET count = count + excluded.count")
    for note in notes where note.count > 0 {
      try insertion.run { row in
        row.put(source)
        row.put(note.kind)
        row.put(note.subject)
        row.put(note.count)
      }
    }
  }
}
