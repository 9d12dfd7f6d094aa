import Wire

extension PartnerCenterClient {
  /// One answer, decoded.
  func read<Value: Sendable>(
    _ request: APIRequest, as decode: ([UInt8]) throws -> Decoded<Value>
  ) async throws -> Decoded<Value> {
    try decode(try await answer(to: request).body)
  }

  func read<Value: Sendable>(
    _ target: String, credentials: APIRequest.Credentials = .app, as decode: ([UInt8]) throws -> Decoded<Value>
  ) async throws -> Decoded<Value> {
    try await read(APIRequest(.get, target, credentials: credentials), as: decode)
  }

  /// A list that comes whole; should it ever carry a token, it is read to its end (contract §5).
  func list<Value: Sendable>(
    _ target: String, credentials: APIRequest.Credentials = .app, as decode: ([UInt8]) throws -> Decoded<[Value]>
  ) async throws -> Decoded<[Value]> {
    var all = Decoded<[Value]>(value: [], notes: DecodingNotes())
    let first = APIRequest(.get, target, credentials: credentials)
    try await pages(Paging(.seek, first: first), BodyKey(endpoint: "list", detail: target)) { body in
      guard !body.repeats else { return }
      let page = try decode(body.response.body)
      all.value += page.value
      all.notes.merge(page.notes)
    }
    return all
  }
}
