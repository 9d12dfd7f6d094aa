import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// `bodies/`: each text once, compressed, under the SHA-256 of what it unpacks to.
final class BodyFolder: Sendable {
  let path: String
  private let state = Mutex(State())

  private struct State {
    var temporaries = 0
    /// Folders with names that a power cut could still take away.
    var unsynced: Set<String> = []
    /// Bodies that were found damaged: the next one that brings their text replaces them.
    var damaged: Set<String> = []
  }

  init(path: String) { self.path = path }

  /// Keeps a text and returns its name; one that is there already is not written again, unless it was found damaged.
  func keep(_ text: [UInt8]) throws -> String {
    let sha256 = Digest.of(text)
    let file = file(sha256)
    guard try !exists(file) || isDamaged(sha256) else { return sha256 }
    let packed = try Gzip.deflate(text)
    let folder = folder(sha256)
    try Files.createFolder(folder)
    let number = state.withLock { state in
      state.temporaries += 1
      return state.temporaries
    }
    let temporary = "\(folder)/\(sha256).\(getpid())-\(number)\(Self.temporarySuffix)"
    do {
      let output = try OpenFile(temporary, O_WRONLY | O_CREAT | O_EXCL)
      try output.write(packed)
      try output.sync()
      // Two requests may have brought the same text: the first one's file stays.
      try state.withLock { state in
        if try exists(file), !state.damaged.contains(sha256) {
          Files.remove(temporary)
        } else {
          try Files.rename(temporary, to: file)
          state.unsynced.insert(folder)
          state.damaged.remove(sha256)
        }
      }
    } catch {
      Files.remove(temporary)
      throw error
    }
    return sha256
  }

  /// Makes every body kept so far survive a power cut.
  func sync() throws {
    let folders = state.withLock { state in
      defer { state.unsynced = [] }
      return state.unsynced
    }
    for folder in folders.sorted() { try Files.sync(folder: folder) }
    if !folders.isEmpty { try Files.sync(folder: path) }
  }

  func holds(sha256: String) throws -> Bool { try exists(file(sha256)) }

  func body(sha256: String) throws -> [UInt8] {
    do { return try proved(sha256: sha256) } catch let flaw as Flaw {
      state.withLock { _ = $0.damaged.insert(sha256) }
      throw flaw
    }
  }

  private func isDamaged(_ sha256: String) -> Bool { state.withLock { $0.damaged.contains(sha256) } }

  private func proved(sha256: String) throws -> [UInt8] {
    let file = file(sha256)
    guard try Files.kind(of: file) != .absent else { throw Flaw.bodyMissing(sha256: sha256, line: nil) }
    let packed = try Files.read(file)
    let text: [UInt8]
    do { text = try Gzip.inflate(packed) } catch let error as GzipError {
      throw Flaw.bodyDamaged(sha256: sha256, reason: error.description)
    }
    let found = Digest.of(text)
    guard found == sha256 else { throw Flaw.bodyAltered(sha256: sha256, found: found) }
    return text
  }

  /// A file of no bytes is what a full disk leaves, not a body.
  private func exists(_ file: String) throws -> Bool {
    switch try Files.kind(of: file) {
    case .file(let bytes): bytes > 0
    case .absent: false
    case .folder, .other:
      throw ArchiveError.file(FileFailure(action: "written", path: file, code: EISDIR))
    }
  }

  private func folder(_ sha256: String) -> String { "\(path)/\(sha256.prefix(2))" }
  private func file(_ sha256: String) -> String { "\(folder(sha256))/\(sha256).gz" }

  static let temporarySuffix = ".tmp"
}

extension BodyFolder {
  /// What lies in the folder: names of bodies, and paths of what does not belong there.
  func inventory() throws -> (bodies: [String], flaws: [Flaw]) {
    guard try Files.kind(of: path) != .absent else { return ([], []) }
    var bodies: [String] = []
    var flaws: [Flaw] = []
    for name in try Files.names(in: path) {
      let folder = "\(path)/\(name)"
      let shown = "\(Archive.bodiesName)/\(name)"
      guard name.utf8.count == 2, Digest.isHexadecimal(name), try Files.kind(of: folder) == .folder else {
        flaws.append(.foreignFile(path: shown))
        continue
      }
      for file in try Files.names(in: folder) {
        let sha256 = String(file.prefix(64))
        let isOurs = Digest.isWellFormed(sha256) && sha256.hasPrefix(name)
        if isOurs, file == "\(sha256).gz", case .file = try Files.kind(of: "\(folder)/\(file)") {
          bodies.append(sha256)
        } else if isOurs, file.hasSuffix(Self.temporarySuffix) {
          flaws.append(.leftover(path: "\(shown)/\(file)"))
        } else {
          flaws.append(.foreignFile(path: "\(shown)/\(file)"))
        }
      }
    }
    return (bodies, flaws)
  }

  /// Deletes what a cut-off run was writing: nothing names it, and nobody else writes now.
  func removeLeftovers() throws {
    for case .leftover(let shown) in try inventory().flaws {
      Files.remove("\(path)\(shown.dropFirst(Archive.bodiesName.count))")
    }
  }
}
