import Billing
import Foundation
import MonthEnd
import PartnerCenter
import PartnerCenterEmulator
import Reconciliation
import Testing

/// Exports that lie in a folder, instead of the API and beside it.
@Suite("Downloaded exports")
struct ExportFolderTests {
  /// Runs once, over a folder with everything the export has.
  private func run(
    _ world: ServedWorld, in workplace: Workplace, faults: [Fault] = [],
    generation: ExportJob.Generation = .graph, manifests: ExportManifests = .mixed,
    spoiling spoil: (ExportDownload) throws -> Void = { _ in }, change: (inout Settings) -> Void = { _ in }
  ) async throws -> (settings: Settings, ending: RunEnding) {
    var configuration = Emulator.Configuration(faults: faults)
    configuration.exportManifests = manifests
    configuration.blobLinesMax = 60
    return try await Emulator.withServer(world: world, configuration: configuration) { baseURL in
      let download = try await ExportDownload(
        of: world, into: workplace.path("downloads"), usageGeneration: generation, configuration, baseURL: baseURL)
      try spoil(download)
      var settings = try Settings.test(in: workplace, baseURL: baseURL, world: world, configuration: configuration)
      settings.exportFolder = download.folder
      change(&settings)
      return (settings, await Self.ending(settings))
    }
  }

  private static func ending(_ settings: Settings) async -> RunEnding {
    do {
      return .outcome(try await MonthEnd(settings: settings, logger: quiet).run())
    } catch {
      return .stopped(error)
    }
  }

  @Test(
    "Their lines are taken from the folder, nobody else is asked, and a replay elsewhere needs no folder",
    arguments: [
      (UInt64(401), "2025-02", ExportManifests.inline, ExportJob.Generation.graph),
      (402, "2025-04", .linked, .v2), (403, "2025-04", .inline, .v2),
    ] as [(UInt64, World.Month, ExportManifests, ExportJob.Generation)])
  func instead(
    seed: UInt64, newest: World.Month, manifests: ExportManifests, generation: ExportJob.Generation
  ) async throws {
    let (world, _) = World.make(seed: seed, lines: 500, pageSizeMaximum: 40, plants: .none, newest: newest)
    let workplace = try Workplace()
    let (settings, ending) = try await run(world, in: workplace, generation: generation, manifests: manifests)
    let outcome = try #require(ending.outcome, "seed \(seed): \(ending.sentence)")
    #expect(outcome.exitCode == .tiedOut, "seed \(seed): \(outcome.findings.listed.map(\.cause))")
    let journal = try String(contentsOfFile: "\(settings.archive)/journal.jsonl", encoding: .utf8)
    #expect(journal.contains("/exports/"))
    #expect(!journal.contains("provider=onetime"))
    #expect(!journal.contains("reports/partners/billing"))

    try FileManager.default.removeItem(atPath: workplace.path("downloads"))
    let moved = workplace.path("elsewhere")
    try FileManager.default.moveItem(atPath: settings.archive, toPath: moved)
    let offline = Settings(
      database: workplace.path("replay.sqlite"), archive: moved, reports: workplace.path("replay-reports"),
      asOf: Instant(seconds: 0))
    _ = try await MonthEnd(settings: offline, logger: quiet).replay()
    #expect(try Workplace.files(below: offline.reports) == Workplace.files(below: settings.reports), "seed \(seed)")
    #expect(try MonthEnd(settings: offline, logger: quiet).verify() == [], "seed \(seed)")
    for (name, content) in try Workplace.files(below: moved + "/bodies") {
      #expect(content.range(of: Data("sig=".utf8)) == nil, "\(name)")
    }
    #expect(!journal.contains("sig="))
  }

  @Test("Beside the API they are compared with it")
  func beside() async throws {
    let (world, _) = World.make(seed: 411, lines: 300, pageSizeMaximum: 1_000, plants: .none)
    let same = try await run(world, in: Workplace(), change: { $0.lineItems = .both })
    #expect(same.ending.outcome?.exitCode == .tiedOut, "\(same.ending.sentence)")

    let lines = try #require(
      world.lines.filter { $0.key.provider == "onetime" && $0.key.lineItemType == "billinglineitems" }
        .min { $0.key.invoice < $1.key.invoice })
    let edit = Fault(
      pathContains: "/invoices/\(lines.key.invoice)/lineitems?provider=onetime&invoicelineitemtype=billinglineitems",
      kind: .member("publisherName", .retyped(#""Somebody else""#), item: 0))
    let other = try await run(world, in: Workplace(), faults: [edit], change: { $0.lineItems = .both })
    let outcome = try #require(other.ending.outcome, "\(other.ending.sentence)")
    let mismatches = outcome.findings.mismatches
    #expect(mismatches.map(\.rule) == [.lineSources])
    #expect(mismatches.first?.subject.invoice == InvoiceID(lines.key.invoice))
    #expect(
      mismatches.first?.cause
        == "The onetime-billing lines of the downloaded export and of the line items are not the same: 1 are only in the "
        + "first, 1 only in the second.")
  }

  @Test("A folder that is broken is one sentence", arguments: Broken.allCases)
  func broken(how: Broken) async throws {
    let (world, _) = World.make(seed: 421, lines: 150, pageSizeMaximum: 40, plants: .none)
    let workplace = try Workplace()
    let (_, ending) = try await run(
      world, in: workplace, spoiling: how.spoil,
      change: { settings in
        if how == .folderMissing { settings.exportFolder = workplace.path("nowhere") }
      })
    #expect(ending.code == how.code, "\(ending.sentence)")
    #expect(ending.sentence.contains(how.words), "\(ending.sentence)")
    #expect(ending.sentence.hasSuffix("."), "\(ending.sentence)")
    #expect(!FileManager.default.fileExists(atPath: workplace.path("run-reports")), "\(ending.sentence)")
  }

  enum Broken: CaseIterable {
    case folderMissing, folderEmpty, fileMissing, fileTruncated, fileIsFolder, twice, leadingOut, miscounted, noManifest

    var code: ExitCode { self == .folderMissing || self == .folderEmpty ? .usage : .dataIncomplete }

    var words: String {
      switch self {
      case .folderMissing: "which is no folder. Name the folder the exports lie in."
      case .folderEmpty: "holds no manifest of an export"
      case .fileMissing: "Download the export again."
      case .fileTruncated: "does not unpack to its end: download it again."
      case .fileIsFolder: "is a folder and not a file. Download the export again."
      case .twice: "Keep the newer one."
      case .leadingOut: "which is not a file inside the folder."
      case .miscounted: "announces 7 files and lists "
      case .noManifest: "holds-no-manifest.json in the folder of downloaded exports is no manifest: “rootDirectory” is"
      }
    }

    func spoil(_ download: ExportDownload) throws {
      let files = FileManager.default
      let export = try #require(download.exports.filter { $0.key.hasSuffix("-billing") }.min { $0.key < $1.key }).value
      let file = try #require(try ExportDownload.files(in: export).first)
      let manifest = "\(export)/manifest.json"
      switch self {
      case .folderMissing: break
      case .folderEmpty: for path in download.exports.values { try files.removeItem(atPath: path) }
      case .fileMissing: try files.removeItem(atPath: file)
      case .fileTruncated: try Data(contentsOf: URL(fileURLWithPath: file)).dropLast(9).write(to: .init(filePath: file))
      case .fileIsFolder:
        try files.removeItem(atPath: file)
        try files.createDirectory(atPath: file, withIntermediateDirectories: false)
      case .twice: try files.copyItem(atPath: export, toPath: export + "-copy")
      case .leadingOut: try edit(manifest, (file as NSString).lastPathComponent, "../../secrets.json.gz")
      case .miscounted:
        let text = try String(contentsOfFile: manifest, encoding: .utf8)
        try text.replacing(/"blobCount":\d+/, with: #""blobCount":7"#).write(
          toFile: manifest, atomically: true, encoding: .utf8)
      case .noManifest:
        try Data(#"{"notes":"hello"}"#.utf8).write(to: .init(filePath: "\(export)/holds-no-manifest.json"))
      }
    }

    private func edit(_ path: String, _ old: String, _ new: String) throws {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try #require(text.contains(old))
      try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
    }
  }
}
