import Synchronization

/// Hands faults out, first come, first hit; a request meets one fault at most.
final class FaultCounter: Sendable {
  fileprivate struct State: Sendable {
    var faults: [Fault]
    /// Of the faults with a chance, by fault and request.
    var records: [String: Fault.Record] = [:]
  }

  private let state: Mutex<State>

  init(_ faults: [Fault]) {
    state = Mutex(State(faults: faults))
  }

  func next(for call: Call) -> Fault.Kind? {
    state.withLock { state in
      for index in state.faults.indices where state.faults[index].times > 0 {
        let fault = state.faults[index]
        guard fault.meets(call) else { continue }
        guard fault.passes == 0 else {
          state.faults[index].passes -= 1
          continue
        }
        guard let kind = state.kind(of: fault, index, for: call) else { continue }
        state.faults[index].times -= 1
        return kind
      }
      return nil
    }
  }
}

extension FaultCounter.State {
  mutating func kind(of fault: Fault, _ index: Int, for call: Call) -> Fault.Kind? {
    guard let chance = fault.chance else { return fault.kinds.first }
    // The pages of a list share a path, and each is a request of its own.
    let request = "\(call.method) \(call.target) \(call.continuationToken ?? "")".lowercased()
    let place = "\(index) \(request)"
    let record = records[place] ?? Fault.Record()
    let struck = chance.strike(record, of: request, kinds: fault.kinds.count)
    records[place, default: record].note(isStruck: struck != nil)
    return struck.map { fault.kinds[$0] }
  }
}
