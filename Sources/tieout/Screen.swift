import Glibc
import MonthEnd
import Synchronization

/// The two streams: results on standard output, everything else on standard error.
///
/// On a terminal, standard error ends with one line of progress that is rewritten in place, so whoever writes there goes
/// through here and the line makes room.
final class Screen: Sendable {
  static let shared = Screen()

  private let state = Mutex(State())

  private struct State {
    var showsProgress = false
    var isLineOpen = false
    var shown: Progress?
  }

  /// Progress is for people who watch: on a terminal and unless they want quiet.
  func showProgress(unless isQuiet: Bool) {
    let watched = isatty(STDERR_FILENO) == 1 && !isQuiet
    state.withLock { $0.showsProgress = watched }
  }

  /// Writes a result and the end of its line.
  func print(_ text: String) {
    state.withLock { state in
      Self.close(&state)
      Self.write(text + "\n", to: STDOUT_FILENO)
    }
  }

  /// Writes the one sentence of an error.
  func complain(_ sentence: String) { note("tieout: " + sentence) }

  /// Writes a line of the log.
  func note(_ line: String) {
    state.withLock { state in
      Self.close(&state)
      Self.write(line + "\n", to: STDERR_FILENO)
    }
  }

  func show(_ progress: Progress) {
    state.withLock { state in
      // A new stage, a whole percent or the hundredth item is worth a rewrite; more only flickers.
      guard state.showsProgress, progress.isNews(after: state.shown) else { return }
      state.shown = progress
      state.isLineOpen = true
      Self.write("\r\u{1B}[K" + progress.line, to: STDERR_FILENO)
    }
  }

  private static func close(_ state: inout State) {
    guard state.isLineOpen else { return }
    state.isLineOpen = false
    write("\r\u{1B}[K", to: STDERR_FILENO)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      // Nobody reads any more: there is no one to tell.
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}

extension Progress {
  fileprivate var line: String {
    let name =
      switch stage {
      case .fetch: "Fetching"
      case .ingest: "Reading into the database"
      case .tie: "Tying out"
      case .render: "Writing reports"
      }
    return total.map { "\(name): \(done) of \($0)" } ?? "\(name): \(done)"
  }

  fileprivate func isNews(after shown: Progress?) -> Bool {
    guard let shown, shown.stage == stage, shown.total == total else { return true }
    guard let total, total > 0 else { return done >= shown.done + 100 || done < 100 }
    return done * 100 / total != shown.done * 100 / total
  }
}
