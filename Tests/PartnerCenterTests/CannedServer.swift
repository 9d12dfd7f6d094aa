import Foundation
import Glibc
import Synchronization

/// A server of a few literal answers on 127.0.0.1, for bytes no proper server would send.
///
/// Each connection gets one answer and is closed.
final class CannedServer: Sendable {
  let address: String
  private let listener: Int32
  private let heads = Mutex<[String]>([])

  /// The heads of the requests so far, first line first.
  var requests: [String] { heads.withLock { $0 } }

  init(_ answers: [[UInt8]]) throws {
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
    Thread.detachNewThread { [self] in serve(answers) }
  }

  // Not earlier: the number of a closed socket may be another test's next one.
  deinit { close(listener) }

  func stop() { _ = shutdown(listener, Int32(SHUT_RDWR)) }

  private func serve(_ answers: [[UInt8]]) {
    for answer in answers {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { break }
      note(connection)
      _ = answer.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      close(connection)
    }
  }

  /// Reads to the end of the head, and the body where its length is told.
  private func note(_ connection: Int32) {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      text += String(decoding: buffer[..<count], as: UTF8.self)
      guard let end = text.range(of: "\r\n\r\n") else { continue }
      let head = text[..<end.lowerBound].lowercased()
      let told = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
      let length = told.flatMap { Int($0.dropFirst(15).filter(\.isNumber)) } ?? 0
      if text[end.upperBound...].utf8.count >= length { break }
    }
    heads.withLock { $0.append(text) }
  }

  /// An answer with its head; `Content-Length` tells the truth unless another is given.
  static func answer(
    _ body: [UInt8], status: String = "200 OK", length: Int? = nil, headers: [String] = []
  ) -> [UInt8] {
    let lines =
      ["HTTP/1.1 \(status)", "Content-Type: application/json", "Content-Length: \(length ?? body.count)"]
      + headers + ["Connection: close"]
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }

  static func answer(
    _ text: String, status: String = "200 OK", length: Int? = nil, headers: [String] = []
  ) -> [UInt8] {
    answer(Array(text.utf8), status: status, length: length, headers: headers)
  }

  static let token = answer(
    #"{"token_type":"Bearer","expires_in":"3600","ext_expires_in":"3600","access_token":"opaque-token-1"}"#
  )
}
