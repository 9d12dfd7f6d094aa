import Billing
public import Reconciliation

/// Writes what a run found as files that people open in a spreadsheet and programs check against a schema.
///
/// Everything is rendered and safely on the disk before the first file is replaced; one whose content has not changed
/// keeps its date. Reports of an earlier run that this one does not write are removed.
public struct ReportWriter: Sendable {
  private let folder: ReportFolder

  public init(directory: String) { folder = ReportFolder(directory: directory) }

  /// Writes all reports.
  ///
  /// - Parameter step: is called after each step of replacing the files that changed, two for each: it lies beside its
  ///   place, it has taken it.
  /// - Returns: the files that changed, relative to the directory, in alphabetical order.
  @discardableResult
  public func write(
    _ findings: Findings, step: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> [String] {
    let files = try Self.files(for: findings)
    try folder.prepare(for: files.map(\.path))
    let changed = try files.filter { try folder.content(of: $0.path) != $0.bytes }
    try folder.replace(changed) { step($0, 2 * changed.count) }
    let current = Set(files.map(\.path))
    for path in try folder.filesOfOurs() where !current.contains(path) { try folder.remove(path) }
    return changed.map(\.path)
  }
}

extension ReportWriter {
  /// All reports as they would be written: path relative to the reports' folder, and content.
  public static func files(for findings: Findings) throws -> [(path: String, bytes: [UInt8])] {
    let forest = try MismatchForest(findings)
    let chain = Chain(findings)
    let list = MismatchTable(forest: forest)
    let facts: [Table.Fact] = [
      .init("period", .month(findings.period)), .init("as_of", .instant(findings.asOf)),
      .init("rules", .text(Rule.version)),
    ]

    var files: [(path: String, bytes: [UInt8])] = []
    let causes = Dictionary(grouping: forest.causes, by: \.currency)
    for currency in findings.currencies {
      let facts = facts + [.init("currency", .id(currency.code))]
      for table in [
        ChainTable.table(of: chain.steps(in: currency), facts: facts),
        list.table(of: causes[currency] ?? [], facts: facts),
      ] {
        files.append(("\(currency)/\(table.name).csv", table.csv))
        files.append(("\(currency)/\(table.name).xml", try table.xml(depth: 1)))
      }
    }
    let all = list.table(of: forest.causes, facts: facts)
    files.append(("mismatches.csv", all.csv))
    files.append(("mismatches.xml", try all.xml()))
    files.append(("summary.txt", Array((summaryLines(findings).joined(separator: "\n") + "\n").utf8)))
    files.append((ReportSchema.fileName, Array(ReportSchema.text.utf8)))
    return files.sorted { $0.path < $1.path }
  }

  /// The run in at most ten lines that need no knowledge of the program.
  public static func summaryLines(_ findings: Findings) -> [String] {
    Summary(findings: findings, chain: Chain(findings)).lines
  }
}
