import Dispatch
import Glibc
import MonthEnd
import Synchronization

/// Turns SIGINT and SIGTERM into the cancellation of the work; a second signal ends the program at once.
final class Interruption: Sendable {
  private let state = Mutex(State())

  private struct State {
    var count = 0
    var cancel: (@Sendable () -> Void)?
    var sources: [any DispatchSourceSignal] = []
  }

  init() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      state.withLock { state in
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { [weak self] in self?.arrived() }
        source.resume()
        state.sources.append(source)
      }
    }
  }

  var hasHappened: Bool { state.withLock { $0.count > 0 } }

  func cancels<Success, Failure>(_ task: Task<Success, Failure>) {
    let hasHappened = state.withLock { state in
      state.cancel = { task.cancel() }
      return state.count > 0
    }
    if hasHappened { task.cancel() }
  }

  private func arrived() {
    let (count, cancel) = state.withLock { state in
      state.count += 1
      return (state.count, state.cancel)
    }
    if count > 1 { _exit(Ending.interrupted.rawValue) }
    cancel?()
  }
}
