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
    let whole = buffer
    switch fault {
    case .cutBody:
      let half = ByteBuffer(whole.readableBytesView.prefix(whole.readableBytes / 2))
      let body = ResponseBody(contentLength: whole.readableBytes) { writer in
        try await writer.write(half)
        // Throwing here closes the connection: the rest never comes.
        throw CutConnection()
      }
      return Response(status: status, headers: fields, body: body)
    case .stalledBody(let duration):
      let halves = [
        ByteBuffer(whole.readableBytesView.prefix(whole.readableBytes / 2)),
        ByteBuffer(whole.readableBytesView.dropFirst(whole.readableBytes / 2)),
      ]
      let body = ResponseBody(contentLength: whole.readableBytes) { writer in
        try await writer.write(halves[0])
        try await Task.sleep(for: duration)
        try await writer.write(halves[1])
        try await writer.finish(nil)
      }
      return Response(status: status, headers: fields, body: body)
    case .truncatedJSON:
      let half = ByteBuffer(whole.readableBytesView.prefix(whole.readableBytes / 2))
      return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: half))
    case .edited(let edit):
      let edited = ByteBuffer(string: edit(String(buffer: whole)))
      return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: edited))
    case .status, .refused, nil:
      return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: whole))
    }
  }

  private var buffer: ByteBuffer {
    var buffer = ByteBufferAllocator().buffer(capacity: body.reduce(0) { $0 + $1.utf8.count })
    for piece in body { buffer.writeString(piece) }
    return buffer
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
