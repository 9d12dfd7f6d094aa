import CZlib

/// Packs texts into one gzip member, piece by piece, so that the whole never stands unpacked in memory.
///
/// It carries no time and no name: equal texts give equal bytes.
struct BlobGzip: ~Copyable {
  // zlib keeps a pointer back to its state, which must not move.
  private let state: UnsafeMutablePointer<z_stream>
  private var packed: [UInt8] = []
  private var room = [UInt8](repeating: 0, count: 1 << 16)

  init() {
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    // Speed counts for more than size here.
    _ = tieout_deflate_init(state, 1)
  }

  deinit {
    deflateEnd(state)
    state.deallocate()
  }

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      state.pointee.next_in = bytes.baseAddress
      state.pointee.avail_in = UInt32(bytes.count)
      while state.pointee.avail_in > 0 { _ = step(Z_NO_FLUSH) }
    }
  }

  consuming func finish() -> [UInt8] {
    while step(Z_FINISH) == Z_OK {}
    return packed
  }

  private mutating func step(_ flush: Int32) -> Int32 {
    let (code, count) = room.withUnsafeMutableBufferPointer { room in
      state.pointee.next_out = room.baseAddress
      state.pointee.avail_out = UInt32(room.count)
      let code = deflate(state, flush)
      return (code, room.count - Int(state.pointee.avail_out))
    }
    packed.append(contentsOf: room[..<count])
    return code
  }
}
