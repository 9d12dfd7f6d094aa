import Billing
import Foundation
import Reconciliation
import Testing

@testable import Reports

struct ReportWriterTests {
  /// A folder of its own, gone when the body ends.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "reports-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path()).sorted()
  }

  private func write(_ text: String, to file: URL) throws {
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  @Test("Every report is written, whole, and no part of one is left")
  func everything() throws {
    try withFolder { folder in
      let findings = try Sample.findings()
      let files = try ReportWriter.files(for: findings)
      let reports = folder.appending(path: "deep/er")
      #expect(try ReportWriter(directory: reports.path()).write(findings) == files.map(\.path))
      #expect(try names(in: reports) == (files.map(\.path) + ["EUR", "JPY", "KWD", "XXX"]).sorted())
      for file in files {
        #expect(try Data(contentsOf: reports.appending(path: file.path)) == Data(file.bytes), "\(file.path)")
      }
    }
  }

  @Test("A report that has not changed is not touched")
  func unchanged() throws {
    try withFolder { folder in
      let writer = ReportWriter(directory: folder.path())
      var findings = try Sample.findings()
      try writer.write(findings)
      let old = Date(timeIntervalSince1970: 1_000_000_000)
      for path in try names(in: folder) {
        try FileManager.default.setAttributes(
          [.modificationDate: old], ofItemAtPath: folder.appending(path: path).path())
      }
      func changed() throws -> [String] {
        try names(in: folder).filter { path in
          var isFolder: ObjCBool = false
          let full = folder.appending(path: path).path()
          guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder), !isFolder.boolValue else {
            return false
          }
          return try FileManager.default.attributesOfItem(atPath: full)[.modificationDate] as? Date != old
        }
      }

      #expect(try writer.write(findings) == [])
      #expect(try changed() == [])
      findings.customerCount += 1
      #expect(try writer.write(findings) == ["summary.txt"])
      #expect(try changed() == ["summary.txt"])
    }
  }

  @Test("Reports of a currency that is gone are removed, and nothing that is not ours")
  func outdated() throws {
    try withFolder { folder in
      for path in [
        "USD/chain.csv", "USD/chain.xml", "USD/mismatches.csv", "USD/mismatches.xml", "USD/.chain.csv.tieout-part",
        "CHF/mismatches.csv", "CHF/notes.txt", "usd/chain.csv", "USDT/chain.csv", "EUR/mine.xlsx", "my.csv",
        ".summary.txt.tieout-part",
      ] { try write("old", to: folder.appending(path: path)) }
      try FileManager.default.createDirectory(
        at: folder.appending(path: "GBP/chain.csv"), withIntermediateDirectories: true)

      let findings = try Sample.findings()
      try ReportWriter(directory: folder.path()).write(findings)
      let ours = Set(try ReportWriter.files(for: findings).map(\.path) + ["EUR", "JPY", "KWD", "XXX"])
      #expect(
        try names(in: folder).filter { !ours.contains($0) } == [
          "CHF", "CHF/notes.txt", "EUR/mine.xlsx", "GBP", "GBP/chain.csv", "USDT", "USDT/chain.csv", "my.csv", "usd",
          "usd/chain.csv",
        ])
    }
  }

  @Test("What a broken run left half written does not hinder the next")
  func leftovers() throws {
    try withFolder { folder in
      try write("half", to: folder.appending(path: "EUR/.chain.csv.tieout-part"))
      let findings = try Sample.findings()
      try ReportWriter(directory: folder.path()).write(findings)
      #expect(Verify.check(directory: folder.path(), against: findings) == [])
    }
  }

  @Test("A folder in a report's place stops the run before anything is written")
  func folderInTheWay() throws {
    try withFolder { folder in
      let obstacle = folder.appending(path: "summary.txt")
      try FileManager.default.createDirectory(at: obstacle, withIntermediateDirectories: true)
      #expect(throws: ReportError.directoryInTheWay(path: obstacle.path())) {
        try ReportWriter(directory: folder.path()).write(Sample.findings())
      }
      #expect(try names(in: folder).filter { $0.contains(".") } == ["summary.txt"])
    }
  }

  @Test("A file in a folder's place stops the run")
  func fileInTheWay() throws {
    try withFolder { folder in
      try write("mine", to: folder.appending(path: "EUR"))
      #expect(throws: ReportError.notADirectory(path: folder.appending(path: "EUR").path())) {
        try ReportWriter(directory: folder.path()).write(Sample.findings())
      }
      #expect(throws: ReportError.notADirectory(path: folder.appending(path: "EUR").path())) {
        try ReportWriter(directory: folder.appending(path: "EUR/below").path()).write(Sample.findings())
      }
    }
  }

  @Test("A place where nothing can be made is named")
  func unwritable() throws {
    let error = #expect(throws: ReportError.self) {
      try ReportWriter(directory: "/proc/reports").write(Sample.findings())
    }
    guard case .cannotCreate("/proc/reports", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("Verify names what is missing, differs, or is left over")
  func verify() throws {
    try withFolder { folder in
      let findings = try Sample.findings()
      try ReportWriter(directory: folder.path()).write(findings)
      #expect(Verify.check(directory: folder.path(), against: findings) == [])

      try FileManager.default.removeItem(at: folder.appending(path: "mismatches.csv"))
      let file = folder.appending(path: "JPY/chain.xml")
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      try write(text.replacing("<step>balance", with: "<step>Balance"), to: file)
      try write("old", to: folder.appending(path: "USD/chain.csv"))
      let path = folder.path()
      #expect(
        Verify.check(directory: path, against: findings) == [
          "\(path)/JPY/chain.xml differs from what the run gives, first in line 4. Render the reports again.",
          "\(path)/mismatches.csv is missing. Render the reports again.",
          "\(path)/USD/chain.csv is not part of this run. Render the reports again.",
        ])
    }
  }
}

struct ReportErrorTests {
  @Test(
    "Errors say what happened, to what, and what helps",
    arguments: [
      (
        ReportError.directoryInTheWay(path: "r/summary.txt"),
        "A folder is where the report r/summary.txt belongs. Move it away, or name another folder with --reports."
      ),
      (
        .notADirectory(path: "r"),
        "r is not a folder, and reports belong into it. Move it away, or name another folder with --reports."
      ),
      (
        .cannotCreate(path: "r", reason: "Permission denied"),
        "The folder r cannot be made (Permission denied). Name a folder this account may write with --reports."
      ),
      (
        .cannotRead(path: "r/a.csv", reason: "Permission denied"),
        "The report r/a.csv cannot be read (Permission denied). Give this account the right to read it."
      ),
      (
        .cannotWrite(path: "r/a.csv", reason: "Read-only file system"),
        "The report r/a.csv cannot be written (Read-only file system). Name a folder this account may write with "
          + "--reports."
      ),
      (
        .diskFull(path: "r/a.csv"),
        "The disk is full: there is no room for the report r/a.csv, and all reports stay as they were. "
          + "Make room and run again."
      ),
      (
        .cannotRemove(path: "r/USD/a.csv", reason: "Permission denied"),
        "The outdated report r/USD/a.csv cannot be removed (Permission denied). Remove it: it is not part of this run."
      ),
      (.noXML, "XML could not be written, most likely for want of memory. Run again with more memory."),
      (
        .mismatchRepeated(id: "T1"),
        "The mismatch T1 was found twice under one id. This is a fault of Tieout: please report it with the archive."
      ),
      (
        .mismatchLoose(id: "T2", parent: "T1"),
        "The mismatch T2 is a consequence of T1, which is in no list. This is a fault of Tieout: please report it with "
          + "the archive."
      ),
    ])
  func sentences(error: ReportError, sentence: String) {
    #expect(error.description == sentence)
  }
}
