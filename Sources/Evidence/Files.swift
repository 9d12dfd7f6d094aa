#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The few things the archive asks of a file system, each failure with the file's name.
enum Files {
  enum Kind: Equatable {
    case absent, folder, other
    case file(bytes: Int)
  }

  static func kind(of path: String) throws -> Kind {
    var info = stat()
    guard stat(path, &info) == 0 else {
      if errno == ENOENT { return .absent }
      throw failure("looked at", path)
    }
    return switch info.st_mode & S_IFMT {
    case S_IFREG: .file(bytes: Int(info.st_size))
    case S_IFDIR: .folder
    default: .other
    }
  }

  static func read(_ path: String) throws -> [UInt8] {
    let file = try OpenFile(path, O_RDONLY, action: "read")
    let size = try file.size()
    return try [UInt8](unsafeUninitializedCapacity: size) { room, count in
      while count < size {
        let got = Self.read(file.descriptor, room.baseAddress.map { $0 + count }, size - count)
        guard got >= 0 else {
          if errno == EINTR { continue }
          throw failure("read", path)
        }
        if got == 0 { break }
        count += got
      }
    }
  }

  private static func read(_ descriptor: Int32, _ room: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
    #if canImport(Darwin)
      Darwin.read(descriptor, room, count)
    #else
      Glibc.read(descriptor, room, count)
    #endif
  }

  /// The names in a folder, sorted by their bytes.
  static func names(in folder: String) throws -> [String] {
    guard let directory = opendir(folder) else { throw failure("read", folder) }
    defer { closedir(directory) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw failure("read", folder) }
    return names.sorted()
  }

  /// Creates a folder and those above it; one that exists is fine.
  static func createFolder(_ path: String) throws {
    switch try kind(of: path) {
    case .folder: return
    case .absent: break
    case .file, .other: throw ArchiveError.file(FileFailure(action: "used as a folder", path: path, code: ENOTDIR))
    }
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    if !parent.isEmpty { try createFolder(parent) }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw failure("created", path) }
  }

  /// Makes names created in a folder survive a power cut.
  static func sync(folder: String) throws {
    try OpenFile(folder, O_RDONLY | O_DIRECTORY, action: "written").sync()
  }

  static func rename(_ path: String, to target: String) throws {
    #if canImport(Darwin)
      let code = Darwin.rename(path, target)
    #else
      let code = Glibc.rename(path, target)
    #endif
    guard code == 0 else { throw failure("written", target) }
  }

  static func remove(_ path: String) { unlink(path) }

  /// To be asked at once: the next call to the system forgets the number.
  static func failure(_ action: String, _ path: String) -> ArchiveError {
    .file(FileFailure(action: action, path: path, code: errno))
  }

  static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

  static func remedy(_ code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT:
      "Make room and start again: what the archive has written so far is whole."
    case EACCES, EPERM:
      "Give the account that runs tieout access to it."
    case EROFS:
      "The disk is mounted read-only: choose another place for the archive."
    case ENOENT:
      "Check the path."
    case ENOTDIR, EISDIR:
      "Move away what stands in its place."
    case EMFILE, ENFILE:
      "Too many files are open: raise the limit (ulimit -n)."
    default:
      "Check the disk, then start again."
    }
  }
}
