/// Why an archive cannot be used, or a question to it cannot be answered.
public enum ArchiveError: Error, Hashable, Sendable {
  case missing(path: String)
  case journalIsFolder(path: String)
  case file(FileFailure)
  case beingWritten(path: String)
  case runExists(String)
  case runEnded(String)
  case runNotCutOff(String)
  case runUnknown(String, known: [String])
  case nameMalformed(String)
  /// The question as `GET /v1/…`.
  case noAnswer(String, run: String)
  case noWholeAnswer(String, run: String, failure: String)
}

extension ArchiveError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let path):
      "There is no archive at \(path): it has no \(Archive.journalName). "
        + "Check the path, or record one with `tieout run`."
    case .journalIsFolder(let path):
      "\(path) is a folder where the archive keeps its journal, a file. "
        + "Move the folder away, or choose another archive."
    case .file(let failure):
      failure.description
    case .beingWritten(let path):
      "Another run is writing into the archive at \(path). Wait until it has ended, or give this run its own archive."
    case .runExists(let run):
      "The archive has a run \(run) already, and a run is written once. Give the new run another id."
    case .runEnded(let run):
      "Run \(run) has ended in the archive and takes no more answers: tieout went on asking after it had finished. "
        + "Please report this."
    case .runNotCutOff(let run):
      "Run \(run) is not the last one of the archive, or has ended: nothing can be added to it. Start a new run."
    case .runUnknown(let run, let known):
      "The archive has no run \(run). "
        + (known.isEmpty ? "It has none at all: record one with `tieout run`." : "It has \(Self.list(known)).")
    case .nameMalformed(let name):
      "“\(name)” cannot be the name of a body: that is 64 small hexadecimal digits. "
        + "Take it from \(Archive.journalName)."
    case .noAnswer(let question, let run):
      "The archive has no answer to \(question) in run \(run): it was recorded by another version or is incomplete. "
        + "Replay it with the build that recorded it, or record a new run."
    case .noWholeAnswer(let question, let run, let failure):
      "No whole answer came to \(question) when run \(run) was recorded: \(failure)"
        + (failure.hasSuffix(".") ? " " : ". ") + "Record a new run."
    }
  }

  /// The last few: an archive may hold a year of nights.
  private static func list(_ runs: [String]) -> String {
    let last = runs.suffix(5).joined(separator: ", ")
    return runs.count > 5 ? "\(runs.count), the last are \(last)" : last
  }
}

/// What the system said about a file.
public struct FileFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// As in “cannot be read”.
  public let action: String
  public let path: String
  /// The system's error number.
  public let code: Int32

  public var description: String { "\(path) cannot be \(action): \(Files.reason(code)). \(Files.remedy(code))" }
}
