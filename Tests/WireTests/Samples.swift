import Billing
import Foundation
import Testing

@testable import Wire

/// The samples of the contract, which lie beside the project.
enum Samples {
  private static let folder: URL =
    (0..<3).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    .appendingPathComponent("../shared/partner-center/examples").standardizedFileURL

  static var arePresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

  static func body(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent("\(name).json")))
  }
}

extension String {
  var bytes: [UInt8] { Array(utf8) }
}

/// An amount as a literal: `amount("470.67")`.
func amount(_ text: String) throws -> Amount { try Amount(text) }

/// Reads billing lines of the invoice G000024135.
func charges(_ body: [UInt8], _ provider: String = "onetime", page: Int = 0) throws -> Decoded<[Charge]> {
  let invoice = try #require(InvoiceID("G000024135"))
  return try Wire.charges(body, invoice: invoice, set: LineSet(provider: provider, isUsage: false), page: page)
}

/// Reads daily usage of the invoice G000024135.
func usage(_ body: [UInt8], _ provider: String = "onetime") throws -> Decoded<[UsageRecord]> {
  let invoice = try #require(InvoiceID("G000024135"))
  return try Wire.usage(body, invoice: invoice, set: LineSet(provider: provider, isUsage: true), page: 0)
}
