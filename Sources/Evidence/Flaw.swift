/// Something in an archive that is not as it was written.
///
/// `Archive.verify()` lists them all; a reader throws the one it meets.
public enum Flaw: Error, Hashable, Sendable {
  case brokenLine(Int, reason: String)
  case unknownKind(line: Int, kind: String)
  case runRepeated(line: Int, run: String)
  case runUnknown(line: Int, run: String)
  case lineAfterEnd(line: Int, run: String)
  case numberRepeated(line: Int, run: String, number: Int)
  case exchangesMissing(run: String, first: Int, count: Int)

  case bodyMissing(sha256: String, line: Int?)
  case bodyDamaged(sha256: String, reason: String)
  case bodyAltered(sha256: String, found: String)
  case bodyLength(sha256: String, line: Int, expected: Int, found: Int)
  case bodyUnnamed(sha256: String)
  case leftover(path: String)
  case foreignFile(path: String)
}

extension Flaw: CustomStringConvertible {
  public var description: String {
    switch self {
    case .brokenLine(let line, let reason):
      "\(Archive.journalName), line \(line) cannot be read: \(reason). \(Self.restoreJournal)"
    case .unknownKind(let line, let kind):
      "\(Archive.journalName), line \(line) is of the kind “\(kind)”, which this build does not know. "
        + "Install the build that wrote it."
    case .runRepeated(let line, let run):
      "\(Archive.journalName), line \(line) begins run \(run) a second time: two archives were joined. "
        + "Keep each archive in its own folder."
    case .runUnknown(let line, let run):
      "\(Archive.journalName), line \(line) belongs to run \(run), which no line before it begins. "
        + Self.restoreJournal
    case .lineAfterEnd(let line, let run):
      "\(Archive.journalName), line \(line) belongs to run \(run), which had ended before it. \(Self.restoreJournal)"
    case .numberRepeated(let line, let run, let number):
      "\(Archive.journalName), line \(line) is request \(number) of run \(run) a second time, or one more than the run "
        + "counted. \(Self.restoreJournal)"
    case .exchangesMissing(let run, let first, let count):
      "\(Archive.journalName) lacks \(count) of the requests of run \(run), the first is number \(first): lines were "
        + "taken out. \(Self.restoreJournal)"
    case .bodyMissing(let sha256, let line):
      "\(Archive.bodyPath(sha256)) is missing" + (line.map { ", named by \(Archive.journalName), line \($0)" } ?? "")
        + ". Restore it from a backup."
    case .bodyDamaged(let sha256, let reason):
      "\(Archive.bodyPath(sha256)) cannot be unpacked. \(reason) \(Self.restoreBody)"
    case .bodyAltered(let sha256, let found):
      "\(Archive.bodyPath(sha256)) holds another text than its name says: its SHA-256 is \(found). \(Self.restoreBody)"
    case .bodyLength(let sha256, let line, let expected, let found):
      "\(Archive.bodyPath(sha256)) has \(found) bytes and \(Archive.journalName), line \(line) says \(expected). "
        + Self.restoreJournal
    case .bodyUnnamed(let sha256):
      "\(Archive.bodyPath(sha256)) is named by no line of \(Archive.journalName) although every run ended completely: "
        + "lines were taken out. \(Self.restoreJournal)"
    case .leftover(let path):
      "\(path) was being written when a run was cut off. Nothing needs it: delete it."
    case .foreignFile(let path):
      "\(path) is no body of this archive: nothing here has such a name. Move it away."
    }
  }

  private static let restoreJournal = "Restore the journal from a backup."
  private static let restoreBody =
    "Restore it from a backup, or delete it: the next run writes it again if the service still gives the same answer."
}

extension Flaw: Comparable {
  public static func < (left: Flaw, right: Flaw) -> Bool { left.place < right.place }

  /// The journal line by line, then the journal as a whole, then the files by name.
  private var place: (Int, String, String) {
    switch self {
    case .brokenLine(let line, _), .unknownKind(let line, _), .runRepeated(let line, _), .runUnknown(let line, _),
      .lineAfterEnd(let line, _), .numberRepeated(let line, _, _):
      (line, "", description)
    case .exchangesMissing: (.max, "", description)
    case .bodyMissing(let sha256, _), .bodyDamaged(let sha256, _), .bodyAltered(let sha256, _),
      .bodyLength(let sha256, _, _, _), .bodyUnnamed(let sha256):
      (.max, Archive.bodyPath(sha256), description)
    case .leftover(let path), .foreignFile(let path): (.max, path, description)
    }
  }
}
