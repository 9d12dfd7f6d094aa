public import Billing
import CSimdjson

/// How far the service is with an export (contract §11.2).
public struct ExportOperation: Hashable, Sendable {
  public enum Status: Hashable, Sendable {
    case running
    case succeeded
    case failed
    /// A word nobody documented: as long as it is not “failed” there may still be an end to wait for.
    case unknown
  }

  public enum Manifest: Hashable, Sendable {
    /// The operation holds the manifest itself.
    case inline
    /// Where it is to be had.
    case link(String)
  }

  public var status: Status
  public var statusPrinted: String
  public var manifest: Manifest?
  public var created: Instant?
  public var lastAction: Instant?
  public var errorCode: String
  public var errorMessage: String

  /// “No data available”: the month or the invoice has nothing of what was asked for.
  public var hasNoData: Bool { status == .failed && errorCode == "5000" }
}

extension Wire {
  public static func exportOperation(_ body: [UInt8]) throws(WireError) -> Decoded<ExportOperation> {
    try Reading(body, as: .resource("Export operation")).one { (value, reading) throws(WireError) in
      let record = try Record<ExportOperationMember>(value, reading)
      guard record.text(.status) != nil else { throw record.missing(.status) }
      return ExportOperation(record)
    }
  }
}

enum ExportOperationMember: Int, WireMember {
  case status, createdDateTime, lastActionDateTime, resourceLocation, error

  static let resource = "ExportOperation"
  static let unread = "@odata.type @odata.context id resourceLocation@odata.navigationLink"
  static let index = MemberIndex(Self.self)
}

extension ExportOperation {
  /// The manifest comes in three ways: as an object, as its address, or by a link beside it (contract §11.2).
  init(_ record: Record<ExportOperationMember>) {
    statusPrinted = record.words(.status)
    status =
      switch statusPrinted.lowercased().filter({ $0 != "_" && $0 != " " }) {
      case "notstarted", "running": .running
      case "succeeded", "completed": .succeeded
      case "failed": .failed
      default: .unknown
      }
    created = record.instant(.createdDateTime)
    lastAction = record.instant(.lastActionDateTime)
    let error = record.find(.error)
    errorCode = error?.text("code") ?? ""
    errorMessage = error?.text("message") ?? ""
    switch record.find(.resourceLocation) {
    case let place? where place.kind == .object: manifest = .inline
    case let place? where place.kind == .string: manifest = .link(place.text)
    default: manifest = record.value.text("resourceLocation@odata.navigationLink").map { .link($0) }
    }
  }
}
