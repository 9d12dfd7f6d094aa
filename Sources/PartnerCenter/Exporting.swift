public import Billing
import Wire

/// Walks through one export: submit, ask until it is ready, read the manifest, fetch each file, and make sure that the data
/// did not change meanwhile (contract §11).
///
/// It decides what to ask next and how long to rest before; a thin loop obeys. Whenever something turns out to be gone or
/// changed it begins a new round, and everything before the last `.manifest` is void.
public struct Exporting: Sendable {
  /// What an answer came to.
  public enum Event: Hashable, Sendable {
    /// A step on the way; nothing to keep.
    case passed
    /// A round begins: whatever was handed out before must be dropped.
    case manifest(BodyKey)
    /// One file of the round, whole.
    case file(BodyKey)
  }

  /// How long to be patient, and how often to begin anew.
  public struct Patience: Hashable, Sendable {
    /// All rests between questions together; a question without a rest counts a second, so that it ends.
    public var waitMax: Duration
    /// The rest where the service asks for none.
    public var restUsual: Duration
    /// New submissions after an expired operation or manifest.
    public var expiredMax: Int
    /// New submissions after a manifest that contradicts itself.
    public var inconsistentMax: Int
    /// New submissions after data that changed while it was read.
    public var changedMax: Int
    /// How often a file that does not unpack is fetched again.
    public var brokenMax: Int

    public init(
      waitMax: Duration = .seconds(1_800), restUsual: Duration = .seconds(10), expiredMax: Int = 2,
      inconsistentMax: Int = 1, changedMax: Int = 2, brokenMax: Int = 2
    ) {
      self.waitMax = waitMax
      self.restUsual = restUsual
      self.expiredMax = expiredMax
      self.inconsistentMax = inconsistentMax
      self.changedMax = changedMax
      self.brokenMax = brokenMax
    }
  }

  private enum Stage: Hashable {
    case submitting, polling, manifest
    case file(Int)
    /// The manifest once more, for a fresh signature of the file that was refused.
    case renewing(Int)
    /// The manifest once more, behind the last file.
    case checking
  }

  public let job: ExportJob
  public let patience: Patience
  /// What to ask next; `nil` when everything was read.
  public private(set) var request: APIRequest?
  /// How long to rest before.
  public private(set) var rest: Duration = .zero
  /// What the round's files are; at the end, what was exported.
  public private(set) var manifest: ExportManifest?

  private let isWhole: @Sendable ([UInt8]) -> Bool
  private var stage = Stage.submitting
  /// Where the manifest came from: the operation itself, or the address it named.
  private var source: APIRequest
  private var waited: Duration = .zero
  private var expired = 0
  private var inconsistent = 0
  private var changed = 0
  private var renewed: Set<Int> = []
  private var broken = 0

  /// - Parameter isWhole: Whether a file unpacks to its end.
  public init(
    _ job: ExportJob, patience: Patience = Patience(), isWhole: @escaping @Sendable ([UInt8]) -> Bool = { _ in true }
  ) {
    self.job = job
    self.patience = patience
    self.isWhole = isWhole
    source = job.submission
    request = job.submission
  }

  /// Takes note of the answer to `request`.
  ///
  /// - Throws: `ExportFailure`, `ServiceRefusal` or `WireError`; nothing that was handed out may be used then.
  public mutating func record(_ response: APIResponse) throws -> Event {
    guard let asked = request else { return .passed }
    rest = .zero
    if case .file(let place) = stage { return try recordFile(response, place, asked) }
    // An operation or a manifest lives a while only (contract §11.1).
    if response.status == 410, stage != .submitting {
      expired += 1
      guard expired <= patience.expiredMax else { throw ExportFailure(.expired(submissions: expired), of: job) }
      return submit()
    }
    guard (200..<300).contains(response.status) else { throw ServiceRefusal(response, to: asked) }
    switch stage {
    case .submitting: return try recordAcceptance(response)
    case .polling: return try recordOperation(response, asked)
    case .manifest: return try begin(try Wire.exportManifest(response.body).value, from: asked)
    case .renewing(let place):
      return try goOn(response) { try $0.fetch(place) }
    case .checking:
      return try goOn(response) { $0.request = nil }
    case .file: return .passed
    }
  }
}

extension Exporting {
  private mutating func submit() -> Event {
    stage = .submitting
    request = job.submission
    return .passed
  }

  /// The link comes under one name or the other (contract §3.2).
  private mutating func recordAcceptance(_ response: APIResponse) throws -> Event {
    guard let link = response.headers["operation-location"] ?? response.headers["location"] else {
      throw ExportFailure(.noOperation, of: job)
    }
    try ask(link, .operation)
    stage = .polling
    try wait(response.headers["retry-after"] == nil ? .zero : restAsked(by: response), status: "accepted")
    return .passed
  }

  private mutating func recordOperation(_ response: APIResponse, _ asked: APIRequest) throws -> Event {
    let operation = try Wire.exportOperation(response.body).value
    switch operation.status {
    case .running, .unknown:
      try wait(restAsked(by: response), status: operation.statusPrinted)
      return .passed
    case .failed:
      guard operation.hasNoData else {
        throw ExportFailure(.failed(code: operation.errorCode, message: operation.errorMessage), of: job)
      }
      manifest = .noData
      request = nil
      return .manifest(BodyKey(manifestOf: job))
    case .succeeded: break
    }
    switch operation.manifest {
    case .inline: return try begin(try Wire.exportManifest(response.body).value, from: asked)
    case .link(let link):
      try ask(link, .manifest)
      stage = .manifest
      return .passed
    case nil: throw ExportFailure(.noManifest, of: job)
    }
  }

  private mutating func begin(_ manifest: ExportManifest, from source: APIRequest) throws -> Event {
    guard manifest.isConsistent else {
      inconsistent += 1
      guard inconsistent <= patience.inconsistentMax else {
        throw ExportFailure(.inconsistent(announced: manifest.blobCount, listed: manifest.blobs.count), of: job)
      }
      return submit()
    }
    // The folder comes from an answer, not from a person: what is wrong with it is wrong with the data.
    guard
      manifest.folder.hasPrefix("https://")
        || (try? ServiceAddress(manifest.folder, option: "The folder of an export's files")) != nil
    else {
      throw ExportFailure(.linkRefused(manifest.folder), of: job)
    }
    for blob in manifest.blobs where ExportFile.address(of: blob, in: manifest.folder) == nil {
      throw ExportFailure(.fileUnnameable(blob.name), of: job)
    }
    self.manifest = manifest
    self.source = source
    renewed = []
    broken = 0
    try fetch(0)
    return .manifest(BodyKey(manifestOf: job))
  }

  /// Asks for a file; behind the last one, for the manifest once more.
  private mutating func fetch(_ place: Int) throws {
    guard let manifest, place < manifest.blobs.count else {
      request = source
      stage = .checking
      return
    }
    let blob = manifest.blobs[place]
    guard let address = ExportFile.address(of: blob, in: manifest.folder) else {
      throw ExportFailure(.fileUnnameable(blob.name), of: job)
    }
    request = APIRequest(.get, address, of: .storage, version: manifest.eTag, answerKind: .blob)
    stage = .file(place)
  }

  private mutating func recordFile(_ response: APIResponse, _ place: Int, _ asked: APIRequest) throws -> Event {
    guard let blob = manifest?.blobs[place] else { return .passed }
    switch response.status {
    case 200..<300:
      guard isWhole(response.body) else {
        broken += 1
        guard broken <= patience.brokenMax else { throw ExportFailure(.fileBroken(blob.name), of: job) }
        return .passed
      }
      broken = 0
      try fetch(place + 1)
      return .file(BodyKey(blob, at: place, of: job))
    case 403, 404:
      // A signature runs out within the hour; the manifest brings a new one, or says that the files are others now.
      guard renewed.insert(place).inserted else {
        throw ExportFailure(response.status == 403 ? .fileRefused(blob.name) : .fileMissing(blob.name), of: job)
      }
      request = source
      stage = .renewing(place)
      return .passed
    default: throw ServiceRefusal(response, to: asked)
    }
  }

  /// Goes on where the manifest still says the same, and begins anew where it does not.
  private mutating func goOn(_ response: APIResponse, _ next: (inout Exporting) throws -> Void) throws -> Event {
    let found = try Wire.exportManifest(response.body).value
    guard let manifest, found.isSameVersion(as: manifest) else {
      changed += 1
      guard changed <= patience.changedMax else { throw ExportFailure(.changing(rounds: changed), of: job) }
      return submit()
    }
    try next(&self)
    return .passed
  }

  private mutating func ask(_ link: String, _ kind: ExportLink.Kind) throws {
    guard let found = ExportLink(link, kind, of: job.generation) else {
      throw ExportFailure(.linkRefused(link), of: job)
    }
    request = APIRequest(
      .get, found.target, of: job.generation == .graph ? .graph : .export, credentials: job.credentials)
  }

  private func restAsked(by response: APIResponse) -> Duration {
    Retry.Failure.seconds(header: response.headers["retry-after"]) ?? patience.restUsual
  }

  private mutating func wait(_ rest: Duration, status: String) throws {
    let counted = max(rest, .seconds(1))
    guard waited + counted <= patience.waitMax else {
      throw ExportFailure(.notFinished(seconds: Int(waited.components.seconds), status: status), of: job)
    }
    waited += counted
    self.rest = rest
  }
}
