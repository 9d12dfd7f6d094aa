import Foundation
import Glibc

/// A file that holds one secret and nothing else, replaced as a whole or not at all.
///
/// Whoever reads it sees the old secret or the new one. Two processes take turns by a lock on a file beside it.
struct SecretFile: Sendable {
  let path: String
  /// How long another process is waited for, in steps of 20 ms.
  var lockStepsMax = 100

  /// Puts a secret in the place of the one that is known to be there.
  ///
  /// - Returns: Whether it was put there: a secret that somebody else put there meanwhile stays, for it may be newer.
  func replace(_ known: Secret, by new: Secret) throws(SecretFileFailure) -> Bool {
    // A link keeps its place; what it leads to is replaced.
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let lock = try lock(beside: target)
    defer { close(lock) }
    var info = stat()
    guard stat(target, &info) == 0 else { throw .system("looked at", errno) }
    guard info.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    guard access(target, R_OK) == 0 else { throw .system("read", errno) }
    guard let found = FileManager.default.contents(atPath: target) else { throw .system("read", EIO) }
    guard Secret(firstLineOf: String(decoding: found, as: UTF8.self)) == known else { return false }
    try write(new, to: target, ownedLike: info)
    return true
  }

  private func lock(beside target: String) throws(SecretFileFailure) -> Int32 {
    let descriptor = open(target + ".lock", O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw .system("locked", errno) }
    for step in 0..<max(1, lockStepsMax) {
      if step > 0 { usleep(20_000) }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
    }
    close(descriptor)
    throw .busy
  }

  private func write(_ secret: Secret, to target: String, ownedLike info: stat) throws(SecretFileFailure) {
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
    let part = "\(target).\(UUID().uuidString.prefix(8)).part"
    let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .system("written", errno) }
    var isThere = false
    defer {
      close(descriptor)
      if !isThere { unlink(part) }
    }
    // Whoever owned it goes on owning it, or could not read it next time.
    if info.st_uid != geteuid() || info.st_gid != getegid() {
      guard fchown(descriptor, info.st_uid, info.st_gid) == 0 || info.st_uid == geteuid() else { throw .notOurs }
    }
    guard fchmod(descriptor, 0o600) == 0 else { throw .system("written", errno) }
    var bytes = Array((secret.revealed + "\n").utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system("written", errno) }
      bytes = bytes.dropFirst(count)
    }
    guard fsync(descriptor) == 0 else { throw .system("written", errno) }
    guard rename(part, target) == 0 else { throw .system("written", errno) }
    isThere = true
    // The new name survives a power cut, too; where that fails the secret is still in its place.
    let place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if place >= 0 {
      fsync(place)
      close(place)
    }
  }
}

/// Why a secret could not be put into its file.
enum SecretFileFailure: Error, Hashable, Sendable {
  case system(_ action: String, Int32)
  case notAFile
  case notOurs
  case busy
}

extension SecretFileFailure: CustomStringConvertible {
  var description: String {
    switch self {
    case .system(let action, let code):
      "It cannot be \(action): \(String(cString: strerror(code))). Give the account that runs tieout write access to the "
        + "file's folder."
    case .notAFile: "It is no ordinary file. Keep the refresh token in a file of its own."
    case .notOurs: "It belongs to another account. Give it to the account that runs tieout."
    case .busy: "Another process holds the lock beside it. Run again when that has ended."
    }
  }
}
