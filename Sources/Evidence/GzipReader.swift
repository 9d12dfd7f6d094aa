import CZlib

/// Whole lines of a file, and where they stand in it.
package struct LineBatch: Hashable, Sendable {
  /// Lines with a line feed between them, and usually behind the last.
  package var bytes: [UInt8]
  /// Zero-based number of the first line in the file.
  package var firstIndex: Int
  package var count: Int
}

/// Reads a file of lines, packed or not, a batch of whole lines at a time (contract §11.3, §14).
///
/// The memory it takes does not depend on how much the file unpacks to. A file of several members is one text, as every
/// gzip tool reads it, and plain text is passed on: something on the way may have unpacked it.
package enum GzipReader {
  /// A megabyte of lines is read in one go; no documented line comes near the longest allowed.
  package static let batchBytes = 1 << 20
  package static let lineBytesMax = 16 << 20

  /// Hands out the lines in their order.
  ///
  /// - Parameter batchBytes: How much is collected before it is handed out; a longer line is handed out whole.
  /// - Throws: `GzipError` where the file is cut off or damaged: what was handed out before must not be used then.
  package static func forEachBatch(
    of file: [UInt8], batchBytes: Int = batchBytes, lineBytesMax: Int = lineBytesMax,
    _ body: (LineBatch) throws -> Void
  ) throws {
    var batches = Batches(batchBytes: batchBytes, lineBytesMax: lineBytesMax)
    try forEachWindow(of: file) { try batches.add($0, body) }
    try batches.finish(body)
  }

  /// Whether the bytes are a packed file.
  package static func isFile(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic) }

  /// How many lines the file has.
  package static func lineCount(of file: [UInt8]) throws -> Int {
    var count = 0
    try forEachBatch(of: file) { count += $0.count }
    return count
  }

  /// One line by its zero-based number; empty where there is none.
  package static func line(_ number: Int, of file: [UInt8]) throws -> [UInt8] {
    var found: [UInt8] = []
    try forEachBatch(of: file) { batch in
      guard batch.firstIndex <= number, number < batch.firstIndex + batch.count else { return }
      let lines = batch.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      found = Array(lines[number - batch.firstIndex])
    }
    return found
  }

  /// Whether the file can be unpacked to its end. What is not packed has to look like lines of JSON: a page for people, as a
  /// proxy puts up, is no file of lines.
  package static func isWhole(_ file: [UInt8]) -> Bool {
    if file.first != magic[0] {
      let text = file.drop { $0 <= 0x20 || $0 >= 0x80 }
      return text.isEmpty || (text.first == UInt8(ascii: "{") && text.last { $0 > 0x20 } == UInt8(ascii: "}"))
    }
    do {
      try forEachWindow(of: file) { _ in }
      return true
    } catch {
      return false
    }
  }

  /// Unpacks, 64 KiB at a time.
  private static func forEachWindow(of file: [UInt8], _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    guard file.first == magic[0] else {
      for start in stride(from: 0, to: file.count, by: windowBytes) {
        try body(file[start..<min(file.count, start + windowBytes)])
      }
      return
    }
    guard file.count >= 2 else { throw GzipError.truncated }
    guard file.starts(with: magic) else { throw GzipError.notGzip }
    try Inflater().run(over: file, body)
  }

  static let magic: [UInt8] = [0x1f, 0x8b]
  static let windowBytes = 1 << 16
}

/// Cuts a text that comes in pieces into batches of whole lines.
private struct Batches {
  let batchBytes: Int
  let lineBytesMax: Int
  private var pending: [UInt8] = []
  private var firstIndex = 0
  private var isAtStart = true

  init(batchBytes: Int, lineBytesMax: Int) {
    self.batchBytes = batchBytes
    self.lineBytesMax = lineBytesMax
  }

  mutating func add(_ piece: ArraySlice<UInt8>, _ body: (LineBatch) throws -> Void) throws {
    pending.append(contentsOf: piece)
    guard pending.count >= batchBytes else { return }
    guard let end = pending.lastIndex(of: lineFeed) else {
      guard pending.count <= lineBytesMax else { throw GzipError.lineTooLong(limit: lineBytesMax) }
      return
    }
    let rest = Array(pending[(end + 1)...])
    guard rest.count <= lineBytesMax else { throw GzipError.lineTooLong(limit: lineBytesMax) }
    pending.removeSubrange((end + 1)...)
    try handOut(body)
    pending = rest
  }

  mutating func finish(_ body: (LineBatch) throws -> Void) throws {
    try handOut(body)
    pending = []
  }

  private mutating func handOut(_ body: (LineBatch) throws -> Void) throws {
    if isAtStart, pending.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
    isAtStart = false
    guard let last = pending.last else { return }
    // A last line without a line feed is a line.
    let count = pending.count { $0 == lineFeed } + (last == lineFeed ? 0 : 1)
    try body(LineBatch(bytes: pending, firstIndex: firstIndex, count: count))
    firstIndex += count
  }

  private var lineFeed: UInt8 { UInt8(ascii: "\n") }
}

/// A zlib stream at a fixed address: zlib keeps a pointer back to it and refuses a stream that moved.
private final class Inflater {
  private let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

  init() throws {
    state.initialize(to: z_stream())
    guard tieout_inflate_init(state) == Z_OK else { throw GzipError.memory }
  }

  deinit {
    _ = inflateEnd(state)
    state.deallocate()
  }

  /// Unpacks one member after the other.
  func run(over file: [UInt8], _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    var window = [UInt8](repeating: 0, count: GzipReader.windowBytes)
    try file.withUnsafeBufferPointer { file in
      var fed = 0
      while true {
        if state.pointee.avail_in == 0, fed < file.count {
          // `avail_in` has 32 bits, an array has more.
          let portion = UnsafeBufferPointer(rebasing: file[fed..<min(file.count, fed + 1 << 30)])
          state.pointee.next_in = portion.baseAddress
          state.pointee.avail_in = UInt32(portion.count)
          fed += portion.count
        }
        let (code, produced) = window.withUnsafeMutableBufferPointer { room in
          state.pointee.next_out = room.baseAddress
          state.pointee.avail_out = UInt32(room.count)
          let code = inflate(state, Z_NO_FLUSH)
          return (code, room.count - Int(state.pointee.avail_out))
        }
        if produced > 0 { try body(window[..<produced]) }
        switch code {
        case Z_OK: continue
        case Z_STREAM_END:
          let rest = file[(fed - Int(state.pointee.avail_in))...]
          if rest.isEmpty { return }
          guard rest.starts(with: GzipReader.magic) else {
            throw rest.count == 1 && rest.first == GzipReader.magic[0]
              ? GzipError.truncated : .trailing(bytes: rest.count)
          }
          guard inflateReset(state) == Z_OK else { throw GzipError.memory }
        case Z_BUF_ERROR: throw GzipError.truncated
        case Z_MEM_ERROR: throw GzipError.memory
        default: throw GzipError.corrupt(state.pointee.msg.map { String(cString: $0) } ?? "zlib says \(code)")
        }
      }
    }
  }
}
