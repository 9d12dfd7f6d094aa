import CZlib

/// Packs and unpacks gzip in memory, one member at a time.
///
/// A text that merely stops looks whole to a careless reader, so only a member that ends with its own checksum counts.
package enum Gzip {
  /// One GiB: far more than a page or a blob, far less than a bomb.
  package static let bytesMax = 1 << 30

  /// The text inside `packed`.
  ///
  /// - Throws: `GzipError` unless `packed` is exactly one whole member of at most `limit` bytes unpacked.
  package static func inflate(_ packed: [UInt8], limit: Int = bytesMax) throws -> [UInt8] {
    guard packed.count >= 2 else { throw packed.isEmpty || packed[0] == 0x1f ? GzipError.truncated : .notGzip }
    guard packed.starts(with: magic) else { throw GzipError.notGzip }
    let stream = try Stream(for: tieout_inflate_init, end: inflateEnd)
    var text: [UInt8] = []
    text.reserveCapacity(min(limit, sizeClaimed(by: packed), packed.count * 16))
    let fed = try stream.run(over: packed, step: { CZlib.inflate($0, Z_NO_FLUSH) }) { chunk in
      guard text.count + chunk.count <= limit else { throw GzipError.tooLarge(limit: limit) }
      text.append(contentsOf: chunk)
    }
    guard fed == packed.count else {
      let rest = packed[fed...]
      throw rest.starts(with: magic) ? GzipError.severalMembers(at: fed) : .trailing(bytes: rest.count)
    }
    return text
  }

  /// `text` as one gzip member without a time or a name: equal texts give equal bytes.
  package static func deflate(_ text: [UInt8]) throws -> [UInt8] {
    let stream = try Stream(for: { tieout_deflate_init($0, Z_DEFAULT_COMPRESSION) }, end: deflateEnd)
    var packed: [UInt8] = []
    packed.reserveCapacity(text.count / 8 + 64)
    _ = try stream.run(over: text, step: { CZlib.deflate($0, $0.pointee.avail_in == 0 ? Z_FINISH : Z_NO_FLUSH) }) {
      packed.append(contentsOf: $0)
    }
    return packed
  }

  private static let magic: [UInt8] = [0x1f, 0x8b]

  /// The last four bytes hold the size modulo 2³²: a hint for the buffer, never trusted.
  private static func sizeClaimed(by packed: [UInt8]) -> Int {
    packed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

/// A zlib stream at a fixed address: zlib keeps a pointer back to it and refuses a stream that moved.
private final class Stream {
  private let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let end: (UnsafeMutablePointer<z_stream>) -> Int32

  init(
    for begin: (UnsafeMutablePointer<z_stream>) -> Int32, end: @escaping (UnsafeMutablePointer<z_stream>?) -> Int32
  ) throws {
    self.end = end
    state.initialize(to: z_stream())
    guard begin(state) == Z_OK else { throw GzipError.memory }
  }

  deinit {
    _ = end(state)
    state.deallocate()
  }

  /// Feeds `input` until the member ends, hands out what comes, and returns how many bytes were taken.
  func run(
    over input: [UInt8], step: (UnsafeMutablePointer<z_stream>) -> Int32, emit: (ArraySlice<UInt8>) throws -> Void
  ) throws -> Int {
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    return try input.withUnsafeBufferPointer { input in
      var fed = 0
      while true {
        if state.pointee.avail_in == 0, fed < input.count {
          // `avail_in` has 32 bits, an array has more.
          let portion = UnsafeBufferPointer(rebasing: input[fed..<min(input.count, fed + 1 << 30)])
          state.pointee.next_in = portion.baseAddress
          state.pointee.avail_in = UInt32(portion.count)
          fed += portion.count
        }
        let (code, produced) = chunk.withUnsafeMutableBufferPointer { room in
          state.pointee.next_out = room.baseAddress
          state.pointee.avail_out = UInt32(room.count)
          let code = step(state)
          return (code, room.count - Int(state.pointee.avail_out))
        }
        try emit(chunk[..<produced])
        switch code {
        case Z_STREAM_END: return fed - Int(state.pointee.avail_in)
        case Z_OK: continue
        case Z_BUF_ERROR: throw GzipError.truncated
        case Z_MEM_ERROR: throw GzipError.memory
        default: throw GzipError.corrupt(state.pointee.msg.map { String(cString: $0) } ?? "zlib says \(code)")
        }
      }
    }
  }
}
