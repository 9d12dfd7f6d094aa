import Foundation

extension APIRequest {
  /// A new GUID for `MS-RequestId` or `MS-CorrelationId` (contract §3.1).
  public static func makeID() -> String { UUID().uuidString.lowercased() }
}
