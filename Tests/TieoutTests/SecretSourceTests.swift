import Billing
import Foundation
import MonthEnd
import PartnerCenter
import Testing

@testable import tieout

@Suite("Where secrets come from")
struct SecretSourceTests {
  /// A folder with files of the given contents.
  private static func withFiles<Result>(
    _ files: [String: String], _ body: (_ folder: String) async throws -> Result
  ) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tieout-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    return try await body(folder.path)
  }

  private static func choices(_ environment: [String: String]) async throws -> Choices {
    try await Choices(given: [.tenant: "contoso", .clientID: "c"], environment: environment)
  }

  @Test(
    "A secret comes from a variable, a file, a systemd credential or a command, first line only",
    arguments: [
      (["TIEOUT_REFRESH_TOKEN": "hush"], "the environment variable TIEOUT_REFRESH_TOKEN"),
      (["TIEOUT_REFRESH_TOKEN_FILE": "FOLDER/token"], "the file FOLDER/token"),
      (
        ["TIEOUT_REFRESH_TOKEN_CREDENTIAL": "token", "CREDENTIALS_DIRECTORY": "FOLDER"],
        "the systemd credential token"
      ),
      (
        ["TIEOUT_REFRESH_TOKEN_COMMAND": "echo hush; echo login: joe", "PATH": "/usr/bin:/bin"],
        "the command of “refresh-token-command”"
      ),
    ])
  func sources(environment: [String: String], words: String) async throws {
    try await Self.withFiles(["token": "hush\nlogin: joe\n"]) { folder in
      let placed = environment.mapValues { $0.replacing("FOLDER", with: folder) }
      let choices = try await Self.choices(placed.merging(["TIEOUT_CLIENT_SECRET": "s"]) { $1 })
      let (credentials, token) = try choices.signIn()
      #expect(credentials.refreshToken == Secret("hush"))
      #expect(token.map { "\($0.source)" } == words.replacing("FOLDER", with: folder))
    }
  }

  @Test("The client secret has the same four sources, and the file of the configuration names them")
  func clientSecret() async throws {
    try await ChoicesTests.withFile("client-secret-command: \"printf '\\\\nhush'\"") { path in
      let choices = try await Choices(
        given: [.tenant: "contoso", .clientID: "c", .config: path], environment: ["PATH": "/usr/bin:/bin"])
      let (credentials, token) = try choices.signIn()
      #expect(credentials.clientSecret == Secret("hush"))
      #expect(token == nil)
    }
  }

  @Test(
    "Two sources for one secret are a mistake that names both",
    arguments: [
      (
        ["TIEOUT_CLIENT_SECRET": "s", "TIEOUT_CLIENT_SECRET_FILE": "/etc/x"],
        "The client secret comes from the environment variable TIEOUT_CLIENT_SECRET and from “client-secret-file”. Keep "
          + "one of them."
      ),
      (
        [
          "TIEOUT_CLIENT_SECRET": "s", "TIEOUT_REFRESH_TOKEN_CREDENTIAL": "x",
          "TIEOUT_REFRESH_TOKEN_COMMAND": "exit 1",
        ],
        "The refresh token comes from “refresh-token-credential” and from “refresh-token-command”. Keep one of them."
      ),
    ])
  func conflicts(environment: [String: String], sentence: String) async throws {
    let choices = try await Self.choices(environment)
    let error = #expect(throws: UsageError.self) { try choices.credentials() }
    #expect(error?.description == sentence)
    #expect(error.map { Ending(for: $0) } == .usage)
  }

  @Test(
    "A source that gives nothing is a sentence, and what a command printed is not in it",
    arguments: [
      (
        ["TIEOUT_CLIENT_SECRET_COMMAND": "echo hunter2; exit 7"],
        """
        The command of “client-secret-command” ended with exit code 7. What it wrote to standard error was passed on; run it \
        by hand with the account that runs tieout.
        """
      ),
      (
        ["TIEOUT_CLIENT_SECRET_COMMAND": "echo hunter2; kill -9 $$"],
        """
        The command of “client-secret-command” was ended by signal 9. What it wrote to standard error was passed on; run it \
        by hand with the account that runs tieout.
        """
      ),
      (
        ["TIEOUT_CLIENT_SECRET_COMMAND": "true"],
        """
        The command of “client-secret-command” wrote no secret to standard output. Its first line with something on it is \
        taken.
        """
      ),
      (
        ["TIEOUT_CLIENT_SECRET_CREDENTIAL": "../hunter", "CREDENTIALS_DIRECTORY": "/run/x"],
        """
        “../hunter” is not understood as client-secret-credential. Wanted is the name of a credential, as LoadCredential= of \
        the unit gives it.
        """
      ),
      (
        ["TIEOUT_CLIENT_SECRET_CREDENTIAL": "client"],
        """
        “client-secret-credential” names a systemd credential, and CREDENTIALS_DIRECTORY is not set. Start tieout from a \
        unit that has LoadCredential=, or use a file.
        """
      ),
      (
        ["TIEOUT_CLIENT_SECRET_CREDENTIAL": "client", "CREDENTIALS_DIRECTORY": "/nowhere"],
        """
        The file /nowhere/client, named by “client-secret-credential”, cannot be read. Check its path and its permissions.
        """
      ),
    ])
  func failures(environment: [String: String], sentence: String) async throws {
    let choices = try await Self.choices(environment.merging(["PATH": "/usr/bin:/bin"]) { $1 })
    let error = #expect(throws: UsageError.self) { try choices.credentials() }
    #expect(error?.description == sentence)
  }

  @Test("A command that does not end is ended, with what it started", .timeLimit(.minutes(1)))
  func slow() {
    let command = SecretCommand(
      key: "client-secret-command", command: "sleep 600 & echo hunter2; wait", environment: ["PATH": "/usr/bin:/bin"],
      secondsMax: 0)
    let error = #expect(throws: UsageError.self) { try command.secret() }
    #expect(
      error?.description == """
        The command of “client-secret-command” was not done after 0 seconds and was ended. It must not ask anybody anything: \
        unlock what it opens beforehand.
        """)
  }

  @Test("A command that leaves something running behind it is done when it is done itself", .timeLimit(.minutes(1)))
  func leftBehind() throws {
    let command = SecretCommand(
      key: "client-secret-command", command: "sleep 600 2>&- & echo hush-$!", environment: ["PATH": "/usr/bin:/bin"])
    let secret = try command.secret()
    let number = try #require(Int32(secret.revealed.dropFirst(5)))
    #expect(kill(number, SIGKILL) == 0)
  }

  @Test("A command sees what is set around us, but not our own secrets")
  func environment() async throws {
    let choices = try await Self.choices([
      "TIEOUT_CLIENT_SECRET": "hunter2", "TIEOUT_REFRESH_TOKEN_COMMAND": "echo \"${TIEOUT_CLIENT_SECRET-unset} $HOME\"",
      "PATH": "/usr/bin:/bin", "HOME": "/srv/tieout",
    ])
    // Blanks are no part of a secret.
    #expect(try choices.credentials().refreshToken == Secret("unset/srv/tieout"))
  }

  @Test("No command is run for a sign-in that lacks something else")
  func incomplete() async throws {
    try await Self.withFiles([:]) { folder in
      let choices = try await Choices(
        given: [:], environment: ["TIEOUT_CLIENT_SECRET_COMMAND": "touch \(folder)/ran", "PATH": "/usr/bin:/bin"])
      let error = #expect(throws: UsageError.self) { try choices.credentials() }
      #expect(error == .credentialsMissing(["--tenant", "--client-id"]))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test("The day of issue is what somebody says; a file that was changed later knows better")
  func issued() async throws {
    let told = try await Self.choices(["TIEOUT_REFRESH_TOKEN_ISSUED": "2025-01-05"])
    let silent = try await Self.choices([:])
    let secret = try #require(Secret("hush"))
    let variable = FoundSecret(secret: secret, source: .variable("TIEOUT_REFRESH_TOKEN"))
    #expect(try told.refreshTokenIssued(variable) == Day("2025-01-05"))
    #expect(try silent.refreshTokenIssued(variable) == nil)
    try await Self.withFiles(["token": "hush"]) { folder in
      let file = FoundSecret(secret: secret, source: .file("\(folder)/token"))
      for (seconds, expected) in [(1_742_472_000.0, "2025-03-20"), (1_733_000_000.0, "2025-01-05")] {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: "\(folder)/token")
        #expect(try told.refreshTokenIssued(file) == Day(expected))
      }
      #expect(try silent.refreshTokenIssued(file) == Day("2024-11-30"))
    }
    let mistaken = try await Self.choices(["TIEOUT_REFRESH_TOKEN_ISSUED": "5.1.2025"])
    let error = #expect(throws: UsageError.self) { try mistaken.refreshTokenIssued(variable) }
    #expect(
      error?.description == "“5.1.2025” is not understood as refresh-token-issued. Wanted is a day such as 2025-01-05.")
  }
}
