import Foundation

/// One run at a time for a database: an advisory lock on a file beside it.
///
/// The kernel lets go of it when the process ends, however it ends, so a crash leaves nothing to clean up; the file stays
/// and holds the words for whoever comes second.
final class RunLock {
  private let descriptor: Int32

  /// - Parameter holder: who asks, such as `process 4711 on host since …`; written into the file for others to read.
  /// - Throws: `Stop.locked` naming who holds it.
  init(database: String, holder: String) throws(Stop) {
    // One lock for a database, under whatever name it is reached.
    let path = URL(fileURLWithPath: database).resolvingSymlinksInPath().path + ".lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw .file("\(path) cannot be opened: \(String(cString: strerror(errno))). Choose another --database.")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      guard code == EWOULDBLOCK else {
        close(descriptor)
        throw .file("\(path) cannot be locked: \(String(cString: strerror(code))). Choose another --database.")
      }
      var bytes = [UInt8](repeating: 0, count: 512)
      let count = max(0, pread(descriptor, &bytes, bytes.count, 0))
      close(descriptor)
      let words = String(decoding: bytes.prefix(count), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      throw .locked(database: database, holder: words.isEmpty ? "another run" : words)
    }
    self.descriptor = descriptor
    let words = Array((holder + "\n").utf8)
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, words, words.count, 0)
  }

  deinit { close(descriptor) }
}
