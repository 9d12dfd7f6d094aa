public import Reconciliation

/// Whether the reports on disk are the ones their findings give.
public enum Verify {
  /// One sentence for each file that is missing, differs, or does not belong to the run; none where all is well.
  public static func check(directory: String, against findings: Findings) -> [String] {
    do {
      let files = try ReportWriter.files(for: findings)
      let folder = ReportFolder(directory: directory)
      var sentences = files.compactMap { file in flaw(of: file.path, expected: file.bytes, in: folder) }
      let current = Set(files.map(\.path))
      for path in try folder.filesOfOurs() where !current.contains(path) {
        sentences.append("\(folder.path(path)) is not part of this run. Render the reports again.")
      }
      return sentences
    } catch {
      return ["\(error)"]
    }
  }

  private static func flaw(of path: String, expected: [UInt8], in folder: ReportFolder) -> String? {
    do {
      guard let found = try folder.content(of: path) else {
        return "\(folder.path(path)) is missing. Render the reports again."
      }
      guard found != expected else { return nil }
      let same = zip(found, expected).prefix { $0 == $1 }
      let line = 1 + same.count { $0.0 == UInt8(ascii: "\n") }
      return "\(folder.path(path)) differs from what the run gives, first in line \(line). Render the reports again."
    } catch {
      return "\(error)"
    }
  }
}
