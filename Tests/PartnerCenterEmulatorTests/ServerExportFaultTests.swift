import Foundation
import PartnerCenterEmulator
import Testing

@Suite("What goes wrong with exports on purpose")
struct ServerExportFaultTests {
  private static let path = ServerCaller.graph + "/reconciliation/billed/export"

  /// Runs a body against the sample, two lines to a blob, with faults; `export` submits anew.
  private func with(
    _ manifests: ExportManifests = .inline, _ spoil: (inout ExportFaults) -> Void,
    _ body: (ServerCaller, _ export: () async throws -> String) async throws -> Void
  ) async throws {
    var configuration = Emulator.Configuration()
    configuration.exportPolls = 0
    configuration.blobLinesMax = 2
    configuration.exportManifests = manifests
    spoil(&configuration.exportFaults)
    try await ServerCaller.withExports(configuration) { caller async throws in
      try await body(caller) { try await caller.submit(Self.path, #"{"invoiceId":"G000000009"}"#) }
    }
  }

  @Test("An operation fails with the code and sentence of the fault, the next one succeeds")
  func operationFails() async throws {
    try await with {
      $0.operationFails = .init(code: "5001", message: "Try later")
    } _: { caller, export async throws in
      let operation = try await export()
      for _ in 1...2 {
        let json = try await caller.get(operation).json
        #expect(json["status"] as? String == "failed")
        #expect((json["error"] as? [String: String]) == ["code": "5001", "message": "Try later"])
      }
      #expect(try await caller.get(try await export()).json["status"] as? String == "succeeded")
    }
  }

  @Test("An operation is gone, and a new one is not")
  func operationGone() async throws {
    try await with {
      $0.operationsGone = 1
    } _: { caller, export async throws in
      #expect(try await caller.get(try await export()).status == 410)
      #expect(try await caller.get(try await export()).status == 200)
    }
  }

  @Test("A linked manifest is gone, and a new one is not")
  func manifestGone() async throws {
    try await with(.linked) {
      $0.manifestsGone = 1
    } _: { caller, export async throws in
      #expect(try await caller.manifest(try await export())["error"] != nil)
      #expect(try await caller.manifest(try await export())["eTag"] != nil)
    }
  }

  @Test("The blob of an ordinal is missing once")
  func blobMissing() async throws {
    try await with {
      $0.blobMissing = .init(ordinal: 2)
    } _: { caller, export async throws in
      let manifest = try await caller.manifest(try await export())
      #expect(try await caller.blob(manifest, 0).status == 200)
      let reply = try await caller.blob(manifest, 1)
      #expect(reply.status == 404)
      #expect(reply.text.contains("<Code>BlobNotFound</Code>"))
      #expect(try await caller.blob(manifest, 1).status == 200)
    }
  }

  @Test("The blob of an ordinal is truncated once, although the download is complete")
  func blobTruncated() async throws {
    try await with {
      $0.blobTruncated = .init(ordinal: 1)
    } _: { caller, export async throws in
      let manifest = try await caller.manifest(try await export())
      let cut = try await caller.blob(manifest)
      #expect(cut.status == 200)
      #expect(cut.headers["content-length"] == "\(cut.bytes.count)")
      let whole = try await caller.blob(manifest)
      #expect(whole.bytes.count / 2 == cut.bytes.count)
      #expect(throws: Missing.self) { try ServerExportSample.unpacked(cut.bytes) }
      #expect(throws: Never.self) { try ServerExportSample.unpacked(whole.bytes) }
    }
  }

  @Test("A signature has expired when it is handed over; the operation gives a better one")
  func signatureExpired() async throws {
    try await with {
      $0.signaturesExpired = 1
    } _: { caller, export async throws in
      let operation = try await export()
      #expect(try await caller.blob(try await caller.manifest(operation)).status == 403)
      #expect(try await caller.blob(try await caller.manifest(operation)).status == 200)
    }
  }

  @Test(
    "Data is issued again after its manifest was read: another eTag, one line that reads otherwise", arguments: [1, 2])
  func reissued(times: Int) async throws {
    try await with {
      $0.reissues = times
    } _: { caller, export async throws in
      let operation = try await export()
      var manifests: [[String: Any]] = []
      for _ in 0...(times + 1) { manifests.append(try await caller.manifest(operation)) }
      let tags = manifests.compactMap { $0["eTag"] as? String }
      #expect(Set(tags).count == times + 1)
      #expect(tags[times] == tags[times + 1])
      let first = try await caller.text(manifests[0]).split(separator: "\n")
      let second = try await caller.text(manifests[1]).split(separator: "\n")
      #expect(first.count == second.count)
      #expect(zip(first, second).count { $0 != $1 } == 1)
      #expect(manifests[0]["rootDirectory"] as? String != manifests[1]["rootDirectory"] as? String)
    }
  }

  @Test("A manifest counts one blob more than it lists")
  func blobCount() async throws {
    try await with {
      $0.countsOneBlobTooMany = true
    } _: { caller, export async throws in
      let manifest = try await caller.manifest(try await export())
      #expect(manifest["blobCount"] as? Int == 4)
      #expect((manifest["blobs"] as? [[String: Any]])?.count == 3)
    }
  }

  @Test("The last line ends in the middle of a sound blob")
  func lastLine() async throws {
    try await with {
      $0.cutsLastLine = true
    } _: { caller, export async throws in
      let text = try await caller.text(try await caller.manifest(try await export()))
      let lines = text.split(separator: "\n")
      #expect(lines.count == 5)
      #expect(lines.dropLast().allSatisfy { $0.hasSuffix("}") })
      #expect(lines.last?.hasSuffix("}") == false)
      #expect(!text.hasSuffix("\n"))
    }
  }
}
