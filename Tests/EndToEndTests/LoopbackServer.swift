import Foundation
import Synchronization

/// A server on 127.0.0.1 that answers each connection once, with the bytes it is told: also such as no proper server
/// would send.
final class LoopbackServer: Sendable {
  struct Request: Sendable {
    var method: String
    var target: String
    /// Names in lower case.
    var headers: [String: String]
    var body: [UInt8]
  }

  struct Answer: Sendable {
    var status = 200
    var headers: [String: String] = [:]
    var body: [UInt8] = []
  }

  let address: String
  private let listener: Int32
  private let log = Mutex<[Request]>([])

  var asked: [Request] { log.withLock { $0 } }

  init(_ answer: @escaping @Sendable (Request) -> Answer) throws {
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

  private func respond(on connection: Int32, with answer: (Request) -> Answer) {
    guard let request = request(on: connection) else { return }
    log.withLock { $0.append(request) }
    let answer = answer(request)
    let headers = ["Content-Type": "application/json"].merging(answer.headers) { $1 }
    let head =
      ["HTTP/1.1 \(answer.status) -"] + headers.map { "\($0): \($1)" }
      + ["Content-Length: \(answer.body.count)", "Connection: close", "", ""]
    let bytes = Array(head.joined(separator: "\r\n").utf8) + answer.body
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      sent += count
    }
  }

  /// Head and body of the request, so that closing does not reset the connection.
  private func request(on connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      bytes += buffer[..<count]
      guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
      let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
      let words = lines.first?.split(separator: " ") ?? []
      guard words.count > 1 else { return nil }
      let headers = lines.dropFirst().compactMap { line -> (String, String)? in
        guard let colon = line.firstIndex(of: ":") else { return nil }
        return (line[..<colon].lowercased(), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
      }
      var request = Request(
        method: String(words[0]), target: String(words[1]), headers: Dictionary(headers) { "\($0),\($1)" }, body: [])
      let length = request.headers["content-length"].flatMap { Int($0) } ?? 0
      request.body = Array(bytes[end.upperBound...])
      if request.body.count >= length { return request }
    }
  }
}
