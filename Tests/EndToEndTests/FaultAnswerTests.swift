import Evidence
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Testing

/// Bytes that no proper server would send.
@Suite("An answer that is packed")
struct FaultAnswerTests {
  private static let invoices = #"{"totalCount":0,"items":[],"attributes":{"objectType":"Collection"}}"#
  private static let token = LoopbackServer.Answer(
    body: Array(#"{"token_type":"Bearer","expires_in":"3600","access_token":"opaque-token"}"#.utf8))

  private static func gzip(_ body: [UInt8]) -> LoopbackServer.Answer {
    .init(headers: ["Content-Encoding": "gzip"], body: body)
  }

  @Test("and cut short is not whole", arguments: [40, 12])
  func cut(bytesLost: Int) async throws {
    let packed = try Gzip.deflate(Array(Self.invoices.utf8))
    let server = try LoopbackServer { request in
      request.target.contains("oauth2") ? Self.token : Self.gzip(Array(packed.dropLast(bytesLost)))
    }
    defer { server.stop() }
    let workplace = try Workplace()
    let ending = try await FaultRehearsal.run(in: workplace) {
      $0.apiURL = server.address
      $0.loginURL = server.address
    }
    #expect(ending.code == .dataIncomplete, "\(ending.sentence)")
    #expect(ending.sentence.contains("/v1/invoices?size=100&offset=0 is not whole"), "\(ending.sentence)")
    #expect(!FileManager.default.fileExists(atPath: workplace.path("run-reports")))
    // Both attempts got the same half; neither was kept.
    #expect(
      server.asked.map(\.target) == ["/\(FaultRehearsal.world.partnerTenant)/oauth2/token"]
        + Array(
          repeating: "/v1/invoices?size=100&offset=0", count: 2))
    let kept = try? FileManager.default.subpathsOfDirectory(atPath: workplace.path("archive/bodies"))
    #expect((kept ?? []).isEmpty)
  }

  @Test("and whole is read; an account without invoices is not ready")
  func whole() async throws {
    let packed = try Gzip.deflate(Array(Self.invoices.utf8))
    let server = try LoopbackServer { $0.target.contains("oauth2") ? Self.token : Self.gzip(packed) }
    defer { server.stop() }
    let workplace = try Workplace()
    let ending = try await FaultRehearsal.run(in: workplace) {
      $0.apiURL = server.address
      $0.loginURL = server.address
    }
    #expect(ending.code == .notReady, "\(ending.sentence)")
    #expect(ending.sentence.contains("no invoice"), "\(ending.sentence)")
  }
}
