extension Archive {
  /// Reads everything in the archive and lists what is not as it was written, sorted; an empty list is the proof.
  ///
  /// - Throws: `ArchiveError` when the archive itself cannot be read.
  public func verify() throws -> [Flaw] {
    guard case .file = try Files.kind(of: journalPath) else { throw ArchiveError.missing(path: path) }
    let journal = Journal(reading: try Files.read(journalPath))
    let (names, foreign) = try bodies.inventory()
    var flaws = journal.flaws + foreign
    let present = Set(names)
    for (sha256, named) in journal.bodies where !present.contains(sha256) {
      flaws.append(.bodyMissing(sha256: sha256, line: named.line))
    }
    // A run that was cut off may have written a body and not the line that names it.
    let isClosed = journal.flaws.isEmpty && journal.runs.allSatisfy(\.isComplete)
    var lengths: [String: Int] = [:]
    for sha256 in names {
      do {
        let found = try body(sha256: sha256).count
        lengths[sha256] = found
        if let named = journal.bodies[sha256] {
          if named.bytes != found {
            flaws.append(.bodyLength(sha256: sha256, line: named.line, expected: named.bytes, found: found))
          }
        } else if isClosed {
          flaws.append(.bodyUnnamed(sha256: sha256))
        }
      } catch let flaw as Flaw {
        flaws.append(flaw)
      }
    }
    for (sha256, line, bytes) in journal.bodiesElsewhere {
      guard let found = lengths[sha256], found != bytes else { continue }
      flaws.append(.bodyLength(sha256: sha256, line: line, expected: bytes, found: found))
    }
    return flaws.sorted()
  }
}
