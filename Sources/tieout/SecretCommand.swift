import Glibc
import PartnerCenter

/// A command that prints a secret: `pass show tieout/client`.
///
/// It runs in a group of processes of its own, so that what it started ends with it; its standard error is ours, and its
/// output is never shown.
struct SecretCommand {
  /// The configuration's key, for sentences: the command itself may say too much.
  let key: String
  let command: String
  let environment: [String: String]
  var secondsMax = 30

  func secret() throws -> Secret {
    let (process, output) = try start()
    defer { close(output) }
    var bytes: [UInt8] = []
    let clock = ContinuousClock()
    let deadline = clock.now.advanced(by: .seconds(secondsMax))
    var status: Int32 = 0
    while true {
      let isOver = waitpid(process, &status, WNOHANG) == process
      Self.read(from: output, into: &bytes)
      if isOver { break }
      guard !Task.isCancelled, clock.now < deadline else {
        kill(-process, SIGKILL)
        waitpid(process, &status, 0)
        if Task.isCancelled { throw CancellationError() }
        throw UsageError.commandTooSlow(key: key, seconds: secondsMax)
      }
      // Wakes up when there is something to read, and now and then to see whether it has ended.
      var wait = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      poll(&wait, 1, 50)
      // The end of its output is always “there”: until it ends itself, look at the clock only.
      if wait.revents & Int16(POLLIN) == 0, wait.revents != 0 { usleep(10_000) }
    }
    guard status == 0 else { throw UsageError.commandFailed(key: key, ending: Self.ending(status)) }
    guard let secret = Secret(firstLineOf: String(decoding: bytes, as: UTF8.self)) else {
      throw UsageError.commandSilent(key: key)
    }
    return secret
  }

  private func start() throws -> (process: pid_t, output: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw notStarted(errno) }
    defer { close(ends[1]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // We look at it now and then; the command may wait for us, as it expects.
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What we ignore, it need not.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF))

    var words = Self.texts(["/bin/sh", "-c", command])
    var variables = Self.texts(environment.map { "\($0.key)=\($0.value)" })
    defer { for text in words + variables { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, &variables)
    guard code == 0 else {
      close(ends[0])
      throw notStarted(code)
    }
    return (process, ends[0])
  }

  /// A list as C ends it, to be freed text by text.
  private static func texts(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    var list: [UnsafeMutablePointer<CChar>?] = []
    for text in texts { list.append(strdup(text)) }
    return list + [nil]
  }

  private func notStarted(_ code: Int32) -> UsageError {
    .commandNotStarted(key: key, reason: String(cString: strerror(code)))
  }

  /// Takes what is there; of a command that talks and talks the beginning is enough.
  private static func read(from output: Int32, into bytes: inout [UInt8]) {
    var room = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = Glibc.read(output, &room, room.count)
      guard count > 0 else { return }
      if bytes.count < 65_536 { bytes += room[..<count] }
    }
  }

  private static func ending(_ status: Int32) -> String {
    let signal = status & 0x7F
    return signal == 0 ? "ended with exit code \((status >> 8) & 0xFF)" : "was ended by signal \(signal)"
  }
}
