import Foundation

/// Where a document of the service is kept: beside the evidence, unless somebody wants it elsewhere.
public struct DocumentFile: Hashable, Sendable {
  public let path: String

  /// - Parameters:
  ///   - out: A file, or a folder that exists; `nil` takes the archive's `documents`.
  ///   - name: `Invoice_G000024132.pdf`; what is no letter, digit, `-`, `_` or `.` becomes `_`.
  public init(out: String?, archive: String, name: String) {
    let isPlain: (Character) -> Bool = { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
    let name = String(name.map { isPlain($0) ? $0 : "_" })
    guard let out else {
      path = "\(archive)/documents/\(name)"
      return
    }
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: out, isDirectory: &isFolder)
    path = exists && isFolder.boolValue ? "\(out)/\(name)" : out
  }

  /// Writes the whole document under its name or nothing: beside it first, then by renaming.
  ///
  /// - Throws: `Stop.file` with the path and what the system says.
  public func write(_ bytes: [UInt8]) throws {
    let file = URL(fileURLWithPath: path)
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file, options: .atomic)
    } catch {
      throw Stop.file(
        "\(path) cannot be written (\(error.localizedDescription)). Check the folder, or choose another with --out.")
    }
  }
}
