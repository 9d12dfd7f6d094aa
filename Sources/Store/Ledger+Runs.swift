public import Billing
import Foundation
import GRDB

extension Ledger {
  /// What a run was told: enough to decide again as it did.
  public struct Run: Hashable, Sendable {
    public var id: String
    public var asOf: Instant
    public var period: Month
    /// The state of the rules that decided.
    public var rules: String
    /// Flat, without secrets.
    public var configuration: [String: String]
    public var apiURL: String
    /// By the machine's clock; `nil` for a replay.
    public var started: Instant?

    public init(
      id: String, asOf: Instant, period: Month, rules: String, configuration: [String: String] = [:],
      apiURL: String = "", started: Instant? = nil
    ) {
      self.id = id
      self.asOf = asOf
      self.period = period
      self.rules = rules
      self.configuration = configuration
      self.apiURL = apiURL
      self.started = started
    }
  }

  public enum Stage: String, Hashable, Sendable, CaseIterable { case fetch, ingest, tie, render }

  public struct FinishedStage: Hashable, Sendable {
    public var run: String
    /// Of what the stage was made from: an equal digest means that it need not be done again.
    public var digest: String

    public init(run: String, digest: String) {
      self.run = run
      self.digest = digest
    }
  }

  /// Writes a run down; one that was begun before keeps its place and its stages.
  public func begin(run: Run) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let configuration = String(decoding: try encoder.encode(run.configuration), as: UTF8.self)
    try write { database in
      var insertion = try Insertion(
        database, upsertInto: "run", key: "id",
        ["id", "as_of", "period", "rules", "configuration", "api_url", "started"])
      try insertion.run { row in
        row.put(run.id)
        row.put(run.asOf)
        row.put(run.period.description)
        row.put(run.rules)
        row.put(configuration)
        row.put(run.apiURL)
        row.put(run.started)
      }
    }
  }

  /// All runs in the order of their beginning.
  public func runs() throws -> [Run] {
    try read { database in
      try database.values(
        "SELECT id, as_of, period, rules, configuration, api_url, started FROM run ORDER BY number"
      ) { row in
        Run(
          id: try row.text(), asOf: try row.instant(), period: try row.month(), rules: try row.text(),
          configuration: try row.value { text in
            try? JSONDecoder().decode([String: String].self, from: Data(text.utf8))
          },
          apiURL: try row.text(), started: try row.instantIfAny())
      }
    }
  }

  /// The newest run that ended a stage, or one run's own end of it; `nil` where there is none.
  public func lastFinished(stage: Stage, run: String? = nil) throws -> FinishedStage? {
    try read { database in
      try database.values(
        "SELECT run, digest FROM stage WHERE name = ?1 AND (?2 IS NULL OR run = ?2) ORDER BY number DESC LIMIT 1",
        [stage.rawValue, run]
      ) { row in
        FinishedStage(run: try row.text(), digest: try row.text())
      }.first
    }
  }

  /// Writes the end of a stage down and brings the write-ahead log home into the file.
  ///
  /// The run's later stages were made from what the stage was before, so their ends are no more.
  public func finish(stage: Stage, run: String, digest: String) throws {
    try write { database in
      guard try database.hasRow("SELECT 1 FROM run WHERE id = ?", [run]) else {
        throw LedgerError.runUnknown(run: run)
      }
      for undone in Stage.allCases.drop(while: { $0 != stage }) {
        try database.execute(
          sql: "DELETE FROM stage WHERE run = ? AND name = ?", arguments: [run, undone.rawValue])
      }
      try database.execute(
        sql: """
          INSERT INTO stage (number, run, name, digest)
          VALUES ((SELECT coalesce(max(number), 0) + 1 FROM stage), ?, ?, ?)
          """, arguments: [run, stage.rawValue, digest])
    }
    try checkpoint()
  }

  private func checkpoint() throws {
    do {
      _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED {
      // Somebody reads the file with another program. Nothing is lost: the log stays beside it until the next stage.
    } catch let error as DatabaseError {
      throw LedgerError(error, path: path)
    }
  }
}
