import Glibc

/// The folder reports lie in: the only place here that touches the disk.
struct ReportFolder: Sendable {
  let directory: String

  init(directory: String) { self.directory = directory.isEmpty ? "." : directory }

  func path(_ relative: String) -> String {
    relative.isEmpty ? directory : directory.hasSuffix("/") ? directory + relative : "\(directory)/\(relative)"
  }

  /// Makes the folders that the files need, and finds what is in the way before anything is written.
  func prepare(for files: [String]) throws(ReportError) {
    try create(directory)
    for folder in Set(files.map(Self.folder(of:))).sorted() where !folder.isEmpty { try create(path(folder)) }
    for file in files where Self.kind(of: path(file)) == .directory { throw .directoryInTheWay(path: path(file)) }
  }

  /// The bytes of a file, or `nil` where there is none.
  func content(of relative: String) throws(ReportError) -> [UInt8]? {
    let path = path(relative)
    switch Self.kind(of: path) {
    case .absent: return nil
    case .directory: throw .directoryInTheWay(path: path)
    // Reading a pipe would wait for ever.
    case .other: throw .cannotRead(path: path, reason: "it is not a plain file")
    case .file: break
    }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .cannotRead(path: path, reason: Self.reason(errno)) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .cannotRead(path: path, reason: Self.reason(errno)) }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// Replaces files: all are written beside their places and made durable before the first takes its place, so that a
  /// full disk leaves the old reports as they were, and a reader sees each report whole.
  ///
  /// - Parameter step: is told how many files were written or put in place so far.
  func replace(
    _ files: [(path: String, bytes: [UInt8])], step: (_ done: Int) -> Void = { _ in }
  ) throws(ReportError) {
    var done = 0
    // What has taken its place is no longer there to be removed.
    defer { for file in files { unlink(path(Self.part(of: file.path))) } }
    for file in files {
      let part = path(Self.part(of: file.path))
      unlink(part)
      try write(file.bytes, to: part, for: path(file.path))
      done += 1
      step(done)
    }
    for file in files {
      let path = path(file.path)
      guard rename(self.path(Self.part(of: file.path)), path) == 0 else { throw Self.failure(errno, writing: path) }
      done += 1
      step(done)
    }
    for folder in Set(files.map { Self.folder(of: $0.path) }).sorted() { synchronize(path(folder)) }
  }

  /// Removes a report, and its folder when nothing else is in it.
  func remove(_ relative: String) throws(ReportError) {
    guard unlink(path(relative)) == 0 || errno == ENOENT else {
      throw .cannotRemove(path: path(relative), reason: Self.reason(errno))
    }
    let folder = Self.folder(of: relative)
    if !folder.isEmpty { rmdir(path(folder)) }
  }

  /// What an earlier run left in the folders of currencies, told by its name: reports, and parts of reports from a run
  /// that was cut off.
  func filesOfOurs() throws(ReportError) -> [String] {
    let names = ["chain.csv", "chain.xml", "mismatches.csv", "mismatches.xml"]
    let inFolders = names + names.map(Self.part(of:))
    var found = (names + ["summary.txt", ReportSchema.fileName]).map(Self.part(of:))
    for folder in try entries() where Self.isCurrency(folder) { found += inFolders.map { "\(folder)/\($0)" } }
    return found.filter { Self.kind(of: path($0)) == .file }.sorted()
  }
}

extension ReportFolder {
  private enum Kind { case absent, file, directory, other }

  private static func kind(of path: String) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return .absent }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    default: return .other
    }
  }

  private static func folder(of relative: String) -> String {
    relative.lastIndex(of: "/").map { String(relative[..<$0]) } ?? ""
  }

  /// The name a report has until it is whole.
  private static func part(of relative: String) -> String {
    let folder = folder(of: relative)
    let name = folder.isEmpty ? relative : String(relative.dropFirst(folder.count + 1))
    return folder.isEmpty ? ".\(name).tieout-part" : "\(folder)/.\(name).tieout-part"
  }

  private static func isCurrency(_ name: String) -> Bool {
    name.utf8.count == 3 && name.utf8.allSatisfy { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
  }

  private func entries() throws(ReportError) -> [String] {
    guard let stream = opendir(directory) else {
      if errno == ENOENT { return [] }
      throw .cannotRead(path: directory, reason: Self.reason(errno))
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      names.append(name)
    }
    return names.sorted()
  }

  /// Makes a folder and those above it.
  private func create(_ path: String) throws(ReportError) {
    var end = path.startIndex
    while end < path.endIndex {
      end = path[end...].dropFirst().firstIndex(of: "/") ?? path.endIndex
      let ancestor = String(path[..<end])
      guard mkdir(ancestor, 0o777) != 0 else { continue }
      let code = errno
      switch Self.kind(of: ancestor) {
      case .directory: continue
      case .absent: throw .cannotCreate(path: ancestor, reason: Self.reason(code))
      case .file, .other: throw .notADirectory(path: ancestor)
      }
    }
  }

  private func write(_ bytes: [UInt8], to part: String, for path: String) throws(ReportError) {
    let file = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw Self.failure(errno, writing: path) }
    var code: Int32 = 0
    var rest = bytes[...]
    while !rest.isEmpty, code == 0 {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        code = errno
      }
    }
    if code == 0, fsync(file) != 0 { code = errno }
    if close(file) != 0, code == 0 { code = errno }
    guard code == 0 else { throw Self.failure(code, writing: path) }
  }

  /// Makes the new name last; a file system that cannot do that for folders is no reason to fail.
  private func synchronize(_ folder: String) {
    let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { return }
    fsync(file)
    close(file)
  }

  private static func failure(_ code: Int32, writing path: String) -> ReportError {
    switch code {
    case ENOSPC, EDQUOT: .diskFull(path: path)
    case EISDIR: .directoryInTheWay(path: path)
    default: .cannotWrite(path: path, reason: reason(code))
    }
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
