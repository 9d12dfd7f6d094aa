import Billing
import Foundation
import Logging
import Synchronization
import Testing

@testable import PartnerCenter

@Suite("The keeper of the refresh token")
struct RefreshTokenKeeperTests {
  /// Noon of 20 March 2025.
  private static let now = Instant(seconds: 1_742_472_000)

  /// What was logged: level, message and facts on one line each.
  private final class LogBook: Sendable {
    private let state = Mutex<[String]>([])
    var lines: [String] { state.withLock { $0 } }
    func note(_ line: String) { state.withLock { $0.append(line) } }
    var logger: Logger {
      Logger(label: "test") { _ in Handler(book: self) }
    }

    struct Handler: LogHandler {
      let book: LogBook
      var logLevel = Logger.Level.trace
      var metadata: Logger.Metadata = [:]
      var metadataProvider: Logger.MetadataProvider?

      init(book: LogBook) { self.book = book }

      subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
      }

      func log(event: LogEvent) {
        let facts = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        book.note("\(event.level) \(event.message) [\(facts.joined(separator: "; "))]")
      }
    }
  }

  private func secret(_ text: String) throws -> Secret { try #require(Secret(text)) }

  private func keeper(
    _ token: String, from source: SecretSource, issued: String? = nil, log: LogBook = LogBook()
  ) throws -> RefreshTokenKeeper {
    RefreshTokenKeeper(
      try secret(token), from: source, issued: issued.flatMap { Day($0) }, logger: log.logger, now: { Self.now })
  }

  private func issued(_ text: String, _ ordinal: Int, seconds: Int? = nil) throws -> IssuedRefreshToken {
    IssuedRefreshToken(try secret(text), lifetimeSeconds: seconds, ordinal: ordinal)
  }

  private static func mode(of path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  @Test("A new token replaces the one in the file, for its owner's eyes only, and begins a new life")
  func writtenBack() async throws {
    try await SecretFolder.with("first\n") { folder in
      let log = LogBook()
      let keeper = try keeper("first", from: .file(folder.file), issued: "2025-01-05", log: log)
      await keeper.keep(try issued("second", 1))
      #expect(try folder.text == "second\n")
      #expect(try Self.mode(of: folder.file) == 0o600)
      #expect(await keeper.life.issued == Day("2025-03-20"))
      #expect(await keeper.life.daysLeft(on: Self.now.day) == 90)
      #expect(try folder.names == ["token", "token.lock"])
      #expect(log.lines.map { $0.prefix(4) } == ["info"])
      #expect(!log.lines.joined().contains("second"))
    }
  }

  @Test("A token that comes again is not written again")
  func unchanged() async throws {
    try await SecretFolder.with("first\n") { folder in
      let before = try folder.number
      let keeper = try keeper("first", from: .file(folder.file), issued: "2025-01-05")
      await keeper.keep(try issued("first", 1))
      #expect(try folder.number == before)
      await keeper.keep(try issued("second", 2))
      let after = try folder.number
      #expect(after != before)
      await keeper.keep(try issued("second", 3))
      #expect(try folder.number == after)
    }
  }

  @Test("An older token that is told later does not replace a newer one")
  func order() async throws {
    try await SecretFolder.with("first\n") { folder in
      let keeper = try keeper("first", from: .file(folder.file))
      await keeper.keep(try issued("third", 3))
      await keeper.keep(try issued("second", 2))
      #expect(try folder.text == "third\n")
    }
  }

  @Test("What somebody else wrote meanwhile stays, now and for the rest of the run")
  func changedByOthers() async throws {
    try await SecretFolder.with("first\n") { folder in
      let log = LogBook()
      let keeper = try keeper("first", from: .file(folder.file), log: log)
      try folder.write("of-a-new-consent\n")
      await keeper.keep(try issued("second", 1))
      await keeper.keep(try issued("third", 2))
      #expect(try folder.text == "of-a-new-consent\n")
      #expect(log.lines.count == 1)
      #expect(log.lines.first?.hasPrefix("notice the refresh token's file was changed by somebody else") == true)
    }
  }

  @Test("Of two runs that share a file, the one that writes first is kept, and nobody's token is lost half-way")
  func shared() async throws {
    try await SecretFolder.with("first\n") { folder in
      let keepers = try (0..<8).map { _ in try keeper("first", from: .file(folder.file)) }
      let long = String(repeating: "x", count: 40_000)
      // A reader meanwhile sees the old token or a whole new one.
      let hasEnded = Mutex(false)
      let reader = Task.detached {
        var seen: Set<String> = []
        while !hasEnded.withLock({ $0 }) { seen.insert(try folder.text) }
        return seen
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (number, keeper) in keepers.enumerated() {
          group.addTask { await keeper.keep(try issued("\(number)-\(long)", 1)) }
        }
        try await group.waitForAll()
      }
      hasEnded.withLock { $0 = true }
      let last = try folder.text
      #expect(last != "first\n")
      for text in try await reader.value { #expect(text == "first\n" || text == last) }
      #expect(try folder.names == ["token", "token.lock"])
    }
  }

  @Test("A link keeps its place, and what it leads to is replaced")
  func link() async throws {
    try await SecretFolder.with("first\n") { folder in
      let link = folder.path + "/link"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.file)
      let keeper = try keeper("first", from: .file(link))
      await keeper.keep(try issued("second", 1))
      #expect(try folder.text == "second\n")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == folder.file)
    }
  }

  @Test("A file that cannot be written is one warning that says what to do; the run goes on")
  func unwritable() async throws {
    try await SecretFolder.with("first\n") { folder in
      let log = LogBook()
      // Nobody, not even the administrator, opens a folder as a lock.
      try FileManager.default.createDirectory(atPath: folder.file + ".lock", withIntermediateDirectories: false)
      let keeper = try keeper("first", from: .file(folder.file), issued: "2025-01-05", log: log)
      await keeper.keep(try issued("second", 1))
      await keeper.keep(try issued("third", 2))
      #expect(try folder.text == "first\n")
      #expect(
        log.lines == [
          "warning the new refresh token could not be written to its file; the one in it works until it dies "
            + "[days-left=16; help=It cannot be locked: Is a directory. Give the account that runs tieout write access "
            + "to the file's folder.; life=The refresh token, issued 2025-01-05, has 16 days left. Let the user consent "
            + "again before that, and configure the new one.; source=the file \(folder.file)]"
        ])
      #expect(await keeper.life.daysLeft(on: Self.now.day) == 16)
    }
  }

  @Test("A folder that is read-only is a warning too", .enabled(if: geteuid() != 0, "root writes everywhere"))
  func readOnly() async throws {
    try await SecretFolder.with("first\n") { folder in
      let log = LogBook()
      chmod(folder.path, 0o555)
      defer { chmod(folder.path, 0o755) }
      let keeper = try keeper("first", from: .file(folder.file), log: log)
      await keeper.keep(try issued("second", 1))
      #expect(try folder.text == "first\n")
      #expect(log.lines.first?.contains("It cannot be locked: Permission denied.") == true)
    }
  }

  @Test("A lock that another process holds is not waited for without end")
  func busy() async throws {
    try await SecretFolder.with("first\n") { folder in
      let lock = open(folder.file + ".lock", O_RDONLY | O_CREAT, 0o644)
      defer { close(lock) }
      #expect(flock(lock, LOCK_EX) == 0)
      let file = SecretFile(path: folder.file, lockStepsMax: 1)
      let (old, new) = (try secret("first"), try secret("second"))
      #expect(throws: SecretFileFailure.busy) { try file.replace(old, by: new) }
      #expect(try folder.text == "first\n")
    }
  }

  @Test(
    "Where a token cannot be put back, the person is told once how long it lasts",
    arguments: [
      (.variable("TIEOUT_REFRESH_TOKEN"), "2025-01-05", nil, "warning", "days-left=16"),
      (.variable("TIEOUT_REFRESH_TOKEN"), "2025-03-10", nil, "notice", "days-left=80"),
      (.credential("token"), nil, nil, "warning", "days-left=unknown"),
      (.command(key: "refresh-token-command"), "2024-12-01", nil, "warning", "days-left=-19"),
      // A successor that lives for a day: the configured one does not live longer.
      (.variable("TIEOUT_REFRESH_TOKEN"), "2025-03-10", 86_400, "warning", "days-left=1"),
    ] as [(SecretSource, String?, Int?, String, String)])
  func elsewhere(source: SecretSource, day: String?, seconds: Int?, level: String, left: String) async throws {
    let log = LogBook()
    let keeper = try keeper("first", from: source, issued: day, log: log)
    await keeper.keep(try issued("first", 1))
    #expect(log.lines.isEmpty)
    await keeper.keep(try issued("second", 2, seconds: seconds))
    await keeper.keep(try issued("third", 3))
    #expect(log.lines.count == 1)
    let line = try #require(log.lines.first)
    #expect(line.hasPrefix("\(level) a new refresh token came and nobody keeps it"), "\(line)")
    #expect(line.contains(left), "\(line)")
    #expect(line.contains("source=\(source)"), "\(line)")
    #expect(!line.contains("second"))
  }

  @Test("A transport tells the keeper what a sign-in brought, before the call goes on")
  func overSocket() async throws {
    try await SecretFolder.with("first\n") { folder in
      let token = CannedServer.answer(
        #"{"token_type":"Bearer","expires_in":"3600","access_token":"opaque","refresh_token":"second","#
          + #""refresh_token_expires_in":"86400"}"#)
      let server = try CannedServer([token, CannedServer.answer(#"{"items":[]}"#)])
      defer { server.stop() }
      let keeper = try keeper("first", from: .file(folder.file))
      let base = try ServiceAddress(server.address, option: "--api-url")
      let configuration = HTTPTransport.Configuration(
        addresses: ServiceAddresses(api: base, signIn: base),
        credentials: Credentials(
          tenant: "contoso", clientID: "c", clientSecret: try secret("s"), refreshToken: try secret("first")),
        onRefreshToken: { await keeper.keep($0) })
      try await HTTPTransport.withTransport(configuration, logger: Logger(label: "test")) { transport in
        _ = try await transport.answer(to: APIRequest(.get, "/v1/invoices/summaries", credentials: .appAndUser))
      }
      #expect(server.requests.first?.contains("refresh_token=first") == true)
      #expect(try folder.text == "second\n")
      #expect(await keeper.life.daysLeft(on: Self.now.day) == 1)
    }
  }

  @Test("What the service says of the token itself stands above what was reckoned")
  func told() async throws {
    let keeper = try keeper("first", from: .variable("TIEOUT_REFRESH_TOKEN"), issued: "2025-01-05")
    await keeper.keep(try issued("first", 1, seconds: 864_000))
    #expect(await keeper.life.daysLeft(on: Self.now.day) == 10)
  }
}

/// A folder of its own with one file, `token`, in it.
struct SecretFolder {
  let path: String
  var file: String { path + "/token" }
  var text: String { get throws { try String(contentsOfFile: file, encoding: .utf8) } }
  var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }
  /// Another one after each replacement.
  var number: UInt64 {
    get throws {
      let number = try FileManager.default.attributesOfItem(atPath: file)[.systemFileNumber] as? UInt64
      return try #require(number)
    }
  }

  func write(_ text: String) throws { try text.write(toFile: file, atomically: true, encoding: .utf8) }

  static func with(_ text: String, _ body: (SecretFolder) async throws -> Void) async throws {
    let place = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "tieout-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let folder = SecretFolder(path: place.path)
    try folder.write(text)
    chmod(folder.file, 0o640)
    try await body(folder)
  }
}
