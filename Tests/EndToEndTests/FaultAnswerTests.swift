import Evidence
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Synchronization
import Testing

/// Bytes that no proper server would send.
@Suite("An answer that is packed")
struct FaultAnswerTests {
  private static let invoices = #"{"totalCount":0,"items":[],"attributes":{"objectType":"Collection"}}"#

  @Test("and cut short is not whole", arguments: [40, 12])
  func cut(bytesLost: Int) async throws {
    let packed = try Gzip.deflate(Array(Self.invoices.utf8))
    let server = try RawServer { target in
      target.contains("oauth2") ? (RawServer.token, false) : (Array(packed.dropLast(bytesLost)), true)
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
      server.targets == ["/\(FaultRehearsal.world.partnerTenant)/oauth2/token"]
        + Array(
          repeating: "/v1/invoices?size=100&offset=0", count: 2))
    let kept = try? FileManager.default.subpathsOfDirectory(atPath: workplace.path("archive/bodies"))
    #expect((kept ?? []).isEmpty)
  }

  @Test("and whole is read; an account without invoices is not ready")
  func whole() async throws {
    let packed = try Gzip.deflate(Array(Self.invoices.utf8))
    let server = try RawServer { $0.contains("oauth2") ? (RawServer.token, false) : (packed, true) }
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

/// A server on 127.0.0.1 that answers each connection once, with the bytes it is told.
final class RawServer: Sendable {
  static let token = Array(#"{"token_type":"Bearer","expires_in":"3600","access_token":"opaque-token"}"#.utf8)

  let address: String
  private let listener: Int32
  private let asked = Mutex<[String]>([])

  var targets: [String] { asked.withLock { $0 } }

  /// - Parameter answer: The target to the body, and whether that is gzip.
  init(_ answer: @escaping @Sendable (_ target: String) -> (body: [UInt8], isPacked: Bool)) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isReady = withUnsafeMutablePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(listener, pointer, size) == 0 && listen(listener, 16) == 0 && getsockname(listener, pointer, &size) == 0
      }
    }
    guard isReady else { throw POSIXError(.EADDRNOTAVAIL) }
    self.listener = listener
    address = "http://127.0.0.1:\(UInt16(bigEndian: place.sin_port))"
    Thread.detachNewThread { [self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { break }
        respond(on: connection, with: answer)
        close(connection)
      }
    }
  }

  // Not earlier: the number of a closed socket may be another test's next one.
  deinit { close(listener) }

  func stop() { _ = shutdown(listener, Int32(SHUT_RDWR)) }

  private func respond(on connection: Int32, with answer: (String) -> (body: [UInt8], isPacked: Bool)) {
    let words = request(on: connection).split(separator: " ", maxSplits: 2)
    guard words.count > 1 else { return }
    let target = String(words[1])
    asked.withLock { $0.append(target) }
    let (body, isPacked) = answer(target)
    let head = [
      "HTTP/1.1 200 OK", "Content-Type: application/json", "Content-Length: \(body.count)",
      isPacked ? "Content-Encoding: gzip" : "X-Plain: 1", "Connection: close", "", "",
    ]
    let bytes = Array(head.joined(separator: "\r\n").utf8) + body
    _ = bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  }

  /// Head and body of the request, so that closing does not reset the connection.
  private func request(on connection: Int32) -> String {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return text }
      text += String(decoding: buffer[..<count], as: UTF8.self)
      guard let end = text.range(of: "\r\n\r\n") else { continue }
      let told = text[..<end.lowerBound].lowercased().split(separator: "\r\n").first {
        $0.hasPrefix("content-length:")
      }
      let length = told.flatMap { Int($0.dropFirst(15).filter(\.isNumber)) } ?? 0
      if text[end.upperBound...].utf8.count >= length { return text }
    }
  }
}
