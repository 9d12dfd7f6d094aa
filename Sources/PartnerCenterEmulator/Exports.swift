import Synchronization

/// What exports callers have asked for, and what is still to go wrong with them.
final class Exports: Sendable {
  struct Operation: Sendable {
    let id: String
    let dataset: ExportDataset
    let createdAt: Int64
    var polls = 0
    var failure: ExportFaults.Failure?

    var manifest: String { Opaque.guid(of: "manifest/" + id) }
    /// Whether a mixed service hands the manifest over inside the operation.
    var isInline: Bool { Opaque.fingerprint(id).isMultiple(of: 2) }
  }

  /// What one reading of a manifest opens.
  struct Issue: Sendable {
    let dataset: ExportDataset
    let version: Int
    let signature: String
    /// Seconds since 1970 on the emulator's clock, as below.
    let madeAt: Int64
    let end: Int64
  }

  struct State: Sendable {
    /// By id in lower case.
    var operations: [String: Operation] = [:]
    /// Operations by the id of their manifest.
    var manifests: [String: String] = [:]
    var issues: [String: Issue] = [:]
    /// By the key of a dataset; 1 where there is none.
    var versions: [String: Int] = [:]
    var faults: ExportFaults
  }

  private let state: Mutex<State>

  init(_ faults: ExportFaults) {
    state = Mutex(State(faults: faults))
  }

  func submit(_ dataset: ExportDataset, at now: Int64) -> Operation {
    state.withLock { state in
      let id = Opaque.guid(of: "operation/\(state.operations.count)/\(dataset.key)/\(dataset.fragment)")
      var operation = Operation(id: id, dataset: dataset, createdAt: now)
      if let failure = state.faults.operationFails, failure.times > 0 {
        operation.failure = failure
        state.faults.operationFails?.times -= 1
      }
      state.operations[id] = operation
      state.manifests[operation.manifest] = id
      return operation
    }
  }

  /// An operation after one poll more; nil where nobody submitted it.
  func poll(_ id: String, isGraph: Bool) -> Operation? {
    state.withLock { state in
      let id = id.lowercased()
      guard state.operations[id]?.dataset.isGraph == isGraph else { return nil }
      state.operations[id]?.polls += 1
      return state.operations[id]
    }
  }

  func operation(ofManifest id: String, isGraph: Bool) -> Operation? {
    state.withLock { state in
      let operation = state.manifests[id.lowercased()].flatMap { state.operations[$0] }
      return operation?.dataset.isGraph == isGraph ? operation : nil
    }
  }

  /// Hands the data of a dataset over as it is now; each reading has a signature of its own.
  func issue(_ dataset: ExportDataset, at now: Int64, seconds: Int) -> Issue {
    state.withLock { state in
      let version = state.versions[dataset.key] ?? 1
      let number = state.issues.count
      let hasExpired = state.faults.signaturesExpired > 0
      if hasExpired { state.faults.signaturesExpired -= 1 }
      let issue = Issue(
        dataset: dataset, version: version,
        signature: Opaque.digits(of: "signature/\(number)") + "+/" + Opaque.digits(of: "\(number)/\(dataset.key)")
          + "=",
        madeAt: now, end: hasExpired ? now : now + Int64(seconds))
      state.issues[issue.signature] = issue
      if state.faults.reissues > 0 {
        state.faults.reissues -= 1
        state.versions[dataset.key] = version + 1
      }
      return issue
    }
  }

  func issue(signed signature: String) -> Issue? { state.withLock { $0.issues[signature] } }

  // MARK: Faults

  var faults: ExportFaults { state.withLock { $0.faults } }

  /// Whether a fault that is counted in this member strikes now; it is used up once more.
  func strikes(_ times: any WritableKeyPath<ExportFaults, Int> & Sendable) -> Bool {
    state.withLock { state in
      guard state.faults[keyPath: times] > 0 else { return false }
      state.faults[keyPath: times] -= 1
      return true
    }
  }

  /// The same for a fault of one blob.
  func strikes(
    _ fault: any WritableKeyPath<ExportFaults, ExportFaults.BlobFault?> & Sendable, blob number: Int
  ) -> Bool {
    state.withLock { state in
      guard var found = state.faults[keyPath: fault], found.ordinal == number + 1, found.times > 0 else { return false }
      found.times -= 1
      state.faults[keyPath: fault] = found
      return true
    }
  }
}
