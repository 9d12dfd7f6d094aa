/// Why reports could not be written.
public enum ReportError: Error, Hashable, Sendable {
  /// A folder lies where a file of ours belongs.
  case directoryInTheWay(path: String)
  /// Something else than a folder lies where a folder belongs.
  case notADirectory(path: String)
  case cannotCreate(path: String, reason: String)
  case cannotRead(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  case diskFull(path: String)
  case cannotRemove(path: String, reason: String)
  case noXML
  /// Two mismatches of one id: our own fault.
  case mismatchRepeated(id: String)
  /// A consequence that hangs beneath nothing and would be in no report: our own fault.
  case mismatchLoose(id: String, parent: String)
}

extension ReportError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .directoryInTheWay(let path):
      "A folder is where the report \(path) belongs. Move it away, or name another folder with --reports."
    case .notADirectory(let path):
      "\(path) is not a folder, and reports belong into it. Move it away, or name another folder with --reports."
    case .cannotCreate(let path, let reason):
      "The folder \(path) cannot be made (\(reason)). Name a folder this account may write with --reports."
    case .cannotRead(let path, let reason):
      "The report \(path) cannot be read (\(reason)). Give this account the right to read it."
    case .cannotWrite(let path, let reason):
      "The report \(path) cannot be written (\(reason)). Name a folder this account may write with --reports."
    case .diskFull(let path):
      "The disk is full: there is no room for the report \(path), and all reports stay as they were. "
        + "Make room and run again."
    case .cannotRemove(let path, let reason):
      "The outdated report \(path) cannot be removed (\(reason)). Remove it: it is not part of this run."
    case .noXML:
      "XML could not be written, most likely for want of memory. Run again with more memory."
    case .mismatchRepeated(let id):
      "The mismatch \(id) was found twice under one id. This is a fault of Tieout: please report it with the archive."
    case .mismatchLoose(let id, let parent):
      "The mismatch \(id) is a consequence of \(parent), which is in no list. This is a fault of Tieout: "
        + "please report it with the archive."
    }
  }
}
