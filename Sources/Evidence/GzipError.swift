/// Why a gzip text could not be packed or unpacked.
package enum GzipError: Error, Hashable, Sendable {
  case notGzip
  case truncated
  case corrupt(String)
  case severalMembers(at: Int)
  case trailing(bytes: Int)
  case tooLarge(limit: Int)
  /// A file of lines has one that no billing line is as long as.
  case lineTooLong(limit: Int)
  case memory
}

extension GzipError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notGzip:
      "The data is not gzip: it does not begin with 1f 8b."
    case .truncated:
      "The gzip data is cut off: it ends before its checksum. Fetch it again or restore it from a backup."
    case .corrupt(let reason):
      "The gzip data is damaged (\(reason)). Fetch it again or restore it from a backup."
    case .severalMembers(let offset):
      "The gzip data holds a second member at byte \(offset) where one was expected: two files were joined."
    case .trailing(let bytes):
      "Behind the gzip data the file goes on for \(counted(bytes, "byte")): something was appended to it."
    case .tooLarge(let limit):
      "The gzip data unpacks to more than the \(limit) bytes allowed: it is damaged or not what it claims to be."
    case .lineTooLong(let limit):
      "A line of the file is longer than the \(limit) bytes allowed: it is damaged or holds no billing lines."
    case .memory:
      "There is not enough memory to pack or unpack gzip data. Free some and start again."
    }
  }
}

/// `1 byte`, `2 bytes`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
