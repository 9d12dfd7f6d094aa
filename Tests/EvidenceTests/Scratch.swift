import Evidence
import Foundation
import PartnerCenter

/// A folder for one test, gone with the last reference to it.
final class Scratch: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "evidence-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = URL(filePath: "\(path)/\(name)")
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func bytes(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: URL(filePath: "\(path)/\(name)"))) }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  func lines() throws -> [String] { try text("journal.jsonl").split(separator: "\n").map(String.init) }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

  /// Every file below the folder with its bytes.
  func files() throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder), !isFolder.boolValue
      else {
        continue
      }
      found[name] = try bytes(name)
    }
    return found
  }
}

/// A page as it lies in an archive: text, name and file were made with another program.
enum Page {
  static let text = #"{"totalCount":1,"items":[{"id":"G000024135"}]}"#
  static let sha256 = "0566668e34c976fde22a66afe5bcdf82d1682e4a9d4b2516ebb9469d0e46df74"
  static let file = "bodies/05/0566668e34c976fde22a66afe5bcdf82d1682e4a9d4b2516ebb9469d0e46df74.gz"
  static let packed: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 171, 86, 42, 201, 47, 73, 204, 113, 206, 47, 205, 43, 81, 178, 50, 212, 81, 202,
    44, 73, 205, 45, 86, 178, 138, 174, 86, 202, 76, 81, 178, 82, 114, 55, 0, 2, 35, 19, 67, 99, 83, 165, 218, 216, 90,
    0, 127, 123, 89, 9, 46, 0, 0, 0,
  ]
}

enum EmptyPage {
  static let text = #"{"totalCount":0,"items":[]}"#
  static let sha256 = "b2168a18421e92dd6685e65393a9c1207d604ce71219eec19f0a5f947d30a573"
  static let file = "bodies/b2/b2168a18421e92dd6685e65393a9c1207d604ce71219eec19f0a5f947d30a573.gz"
  static let packed: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 171, 86, 42, 201, 47, 73, 204, 113, 206, 47, 205, 43, 81, 178, 50, 208, 81, 202,
    44, 73, 205, 45, 86, 178, 138, 142, 173, 5, 0, 86, 227, 73, 4, 27, 0, 0, 0,
  ]
}

extension RunRecord {
  static func sample(_ id: String) -> RunRecord {
    RunRecord(
      id: id, asOf: "2025-03-20", period: "2025-02", rules: "1", configuration: ["tax.EUR": "0.19"],
      apiURL: "https://api.partnercenter.microsoft.com")
  }
}

/// The same in the journal.
let runLine =
  #"{"apiURL":"https://api.partnercenter.microsoft.com","asOf":"2025-03-20","configuration":{"tax.EUR":"0.19"},"#
  + #""id":"n1","kind":"run","period":"2025-02","rules":"1"}"#

/// Number 1 of run n1: the first page of invoices.
let pageLine =
  #"{"bytes":46,"count":1,"credentials":"app","headers":{"content-type":"application/json"},"kind":"exchange","#
  + #""method":"GET","run":"n1","seq":1,"#
  + #""sha256":"0566668e34c976fde22a66afe5bcdf82d1682e4a9d4b2516ebb9469d0e46df74","status":200,"#
  + #""target":"/v1/invoices?size=200"}"#

let endLine = #"{"complete":true,"exchanges":1,"kind":"end","run":"n1"}"#

extension APIResponse {
  static let page = APIResponse(status: 200, headers: ["content-type": "application/json"], body: Array(Page.text.utf8))
}
