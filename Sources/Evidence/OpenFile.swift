#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file descriptor that closes itself.
final class OpenFile: Sendable {
  let descriptor: Int32
  let path: String

  init(_ path: String, _ flags: Int32, action: String = "written") throws {
    descriptor = open(path, flags | O_CLOEXEC, 0o666)
    self.path = path
    guard descriptor >= 0 else { throw Files.failure(action, path) }
  }

  /// Opens a file, created if need be, of which every write goes to the end.
  convenience init(appendingTo path: String) throws {
    try self.init(path, O_WRONLY | O_APPEND | O_CREAT)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func size() throws -> Int {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw Files.failure("looked at", path) }
    guard info.st_mode & S_IFMT != S_IFDIR else {
      throw ArchiveError.file(FileFailure(action: "read", path: path, code: EISDIR))
    }
    return Int(info.st_size)
  }

  func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
        #if canImport(Darwin)
          let written = Darwin.write(descriptor, start, rest.count)
        #else
          let written = Glibc.write(descriptor, start, rest.count)
        #endif
        guard written >= 0 else {
          if errno == EINTR { continue }
          throw Files.failure("written", path)
        }
        rest = rest.dropFirst(written)
      }
    }
  }

  /// Appends `bytes` whole or not at all: half a line would spoil the next one.
  func append(_ bytes: [UInt8]) throws {
    let size = try size()
    do { try write(bytes) } catch {
      ftruncate(descriptor, off_t(size))
      throw error
    }
  }

  func sync() throws {
    guard fsync(descriptor) == 0 else { throw Files.failure("written", path) }
  }

  /// Takes the file for this process until it is closed; false when somebody else has it.
  func lock() throws -> Bool {
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
    guard errno == EWOULDBLOCK else { throw Files.failure("locked", path) }
    return false
  }

  func unlock() { flock(descriptor, LOCK_UN) }
}
