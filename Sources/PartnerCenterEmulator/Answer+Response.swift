import Hummingbird
import NIOCore

extension Answer {
  /// The answer as bytes on the wire, spoilt by a fault of the body if there is one.
  func response(with fault: Fault.Kind?) -> Response {
    var fields = HTTPFields()
    for (name, value) in headers {
      if let name = HTTPFields.Element.Name(name) { fields[name] = value }
    }
    let status = HTTPResponse.Status(code: status)
    return Response(status: status, headers: fields, body: buffer.body(with: fault))
  }

  private var buffer: ByteBuffer {
    var buffer = ByteBufferAllocator().buffer(capacity: body.reduce(0) { $0 + $1.utf8.count })
    for piece in body { buffer.writeString(piece) }
    buffer.writeBytes(bytes)
    return buffer
  }
}

extension ByteBuffer {
  /// The bytes as they go out; only faults of the wire make a difference here.
  fileprivate func body(with fault: Fault.Kind?) -> ResponseBody {
    let count = readableBytes
    let half = ByteBuffer(readableBytesView.prefix(count / 2))
    let rest = ByteBuffer(readableBytesView.dropFirst(count / 2))
    return switch fault {
    case .cutBody: Self.written([half], count: count, isCut: true)
    case .stalledBody(let duration): Self.written([half, rest], count: count, pause: duration)
    case .drippedBody(let pieces, let pause): Self.written(cut(into: pieces), count: count, pause: pause)
    case .truncatedJSON: ResponseBody(byteBuffer: half)
    // What is beyond a length that is too small is not sent: it would spoil the next answer on the connection, too.
    case .contentLength(let bytes) where bytes < 0: ResponseBody(byteBuffer: prefix(max(0, count + bytes)))
    case .contentLength(let bytes): Self.written([self], count: count + bytes, isCut: true)
    default: ResponseBody(byteBuffer: self)
    }
  }

  /// - Parameter count: What `Content-Length` says.
  private static func written(
    _ pieces: [ByteBuffer], count: Int, pause: Duration = .zero, isCut: Bool = false
  ) -> ResponseBody {
    ResponseBody(contentLength: count) { writer in
      for (place, piece) in pieces.enumerated() {
        if place > 0, pause > .zero { try await Task.sleep(for: pause) }
        try await writer.write(piece)
      }
      // Throwing here closes the connection: the rest never comes.
      if isCut { throw CutConnection() }
      try await writer.finish(nil)
    }
  }

  private func prefix(_ count: Int) -> ByteBuffer { ByteBuffer(readableBytesView.prefix(count)) }

  private func cut(into pieces: Int) -> [ByteBuffer] {
    let size = max(1, (readableBytes + pieces - 1) / max(1, pieces))
    return stride(from: 0, to: readableBytes, by: size).map {
      ByteBuffer(readableBytesView.dropFirst($0).prefix(size))
    }
  }
}

private struct CutConnection: Error {}

extension Call {
  /// The headers every answer carries: contract §3.2. Now and then a value stands there twice.
  var echo: [(name: String, value: String)] {
    let requestID = headers["ms-requestid"] ?? Opaque.guid(of: target)
    let correlationID = headers["ms-correlationid"] ?? Opaque.guid(of: "/" + target)
    let locale = headers["x-locale"] ?? "en-US"
    let isDoubled = Opaque.fingerprint(target).isMultiple(of: 4)
    return [
      ("MS-RequestId", requestID),
      ("MS-CorrelationId", isDoubled ? "\(correlationID),\(correlationID)" : correlationID),
      ("MS-CV", String(Opaque.digits(of: target).prefix(10)) + ".0"),
      ("MS-ServerId", "127000001"),
      ("X-Locale", isDoubled ? "\(locale),\(locale)" : locale),
    ]
  }
}
