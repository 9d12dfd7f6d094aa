extension Service {
  /// Accepts an export: 202, an empty body, and where to ask for it.
  func submit(_ dataset: ExportDataset, _ call: Call) -> Answer {
    let operation = exports.submit(dataset, at: now)
    let (name, path) =
      dataset.isGraph
      ? ("Location", "/\(call.path[0])/reports/partners/billing/operations/\(operation.id)")
      : ("Operation-Location", "/v1/billingoperations/\(operation.id)")
    return Answer(status: 202, headers: [(name, call.base + path)], body: [])
  }

  /// How far an export is: contract §11.2.
  ///
  /// - Throws: 410 while a fault says so; 404 for an operation nobody submitted.
  func operation(_ id: String, _ call: Call, isGraph: Bool) throws(Refusal) -> Answer {
    guard let operation = exports.poll(id, isGraph: isGraph) else { throw Self.unknown("operation", isGraph) }
    if exports.strikes(\.operationsGone) { throw Self.gone("operation", isGraph) }
    // The v2 beta has one status more.
    let pollsBefore = isGraph || configuration.exportPolls == 0 ? 0 : 1
    if operation.polls <= configuration.exportPolls + pollsBefore {
      var answer = Answer.json(operation.text(operation.polls <= pollsBefore ? .notStarted : .running, at: now))
      answer.headers.append(retryAfter)
      return answer
    }
    return .json(operation.text(result(of: operation, call), at: now))
  }

  private func result(of operation: Exports.Operation, _ call: Call) -> Exports.Operation.Status {
    if let failure = operation.failure { return .failed(code: failure.code, message: failure.message) }
    if lines(of: operation.dataset).isEmpty { return .failed(code: "5000", message: "No data available") }
    guard operation.dataset.isGraph else { return .linked(call.base + "/v1/billingmanifests/\(operation.manifest)") }
    let isInline =
      switch configuration.exportManifests {
      case .inline: true
      case .linked: false
      case .mixed: operation.isInline
      }
    return isInline
      ? .inline(manifest(of: operation, call))
      : .linked(call.base + "/\(call.path[0])/reports/partners/billing/manifests/\(operation.manifest)")
  }

  /// A manifest by its own address.
  func manifest(_ id: String, _ call: Call, isGraph: Bool) throws(Refusal) -> Answer {
    guard let operation = exports.operation(ofManifest: id, isGraph: isGraph), operation.failure == nil else {
      throw Self.unknown("manifest", isGraph)
    }
    if exports.strikes(\.manifestsGone) { throw Self.gone("manifest", isGraph) }
    return .json(manifest(of: operation, call))
  }

  private func manifest(of operation: Exports.Operation, _ call: Call) -> String {
    let issue = exports.issue(operation.dataset, at: now, seconds: configuration.signatureSeconds)
    configuration.witness?.note(secret: issue.signature)
    let manifest = manifest(id: operation.manifest, issue, base: call.base)
    // Only the v2 beta prints sizes, and they cost as much as the blobs themselves.
    let sizes = issue.dataset.isGraph ? [] : (0..<manifest.file.blobCount).map { manifest.file.blob($0).count }
    return manifest.text(sizes: sizes)
  }

  func manifest(id: String = "", _ issue: Exports.Issue, base: String = "") -> ExportManifest {
    ExportManifest(
      id: id, issue: issue,
      file: ExportFile(
        dataset: issue.dataset, lines: lines(of: issue.dataset), version: issue.version,
        blobLinesMax: max(1, configuration.blobLinesMax), cutsLastLine: exports.faults.cutsLastLine),
      base: base, tenant: index.world.partnerTenant, month: month(of: issue.dataset), now: issue.madeAt,
      countsOneBlobTooMany: exports.faults.countsOneBlobTooMany)
  }

  private var retryAfter: (name: String, value: String) {
    ("Retry-After", String(configuration.exportRetryAfterSeconds))
  }

  private static func unknown(_ what: String, _ isGraph: Bool) -> Refusal {
    isGraph ? .shapeDNotFound("The \(what)") : Refusal(404, code: "1000", "The \(what) was not found.")
  }

  private static func gone(_ what: String, _ isGraph: Bool) -> Refusal {
    let sentence = "The \(what) has expired; submit the export anew."
    return isGraph ? .shapeD(410, "itemNotFound", sentence) : Refusal(410, code: "1000", sentence)
  }
}

extension Call {
  /// The address the caller found the emulator at.
  var base: String { "http://\(headers["host"] ?? Emulator.host)" }
}
