/// How an operation of Graph hands over its manifest: contract §11.2 knows both.
public enum ExportManifests: Sendable {
  /// Inside the operation, as Microsoft's own client reads it.
  case inline
  /// Under a link, as the page documents it.
  case linked
  /// One or the other, by the operation's id.
  case mixed
}

/// What goes wrong with exports on purpose, each as often as it says.
public struct ExportFaults: Sendable {
  public struct Failure: Sendable {
    public var code: String
    public var message: String
    /// Operations that end like this.
    public var times: Int

    public init(code: String, message: String, times: Int = 1) {
      self.code = code
      self.message = message
      self.times = times
    }
  }

  public struct BlobFault: Sendable {
    /// Which blob of a manifest, the first being 1.
    public var ordinal: Int
    /// Downloads that are hit.
    public var times: Int

    public init(ordinal: Int, times: Int = 1) {
      self.ordinal = ordinal
      self.times = times
    }
  }

  /// Operations that end as failed.
  public var operationFails: Failure?
  /// Polls that are answered with 410.
  public var operationsGone = 0
  /// Reads of a linked manifest that are answered with 410.
  public var manifestsGone = 0
  /// Downloads that are answered with 404.
  public var blobMissing: BlobFault?
  /// Downloads that end in the middle of the packed bytes, although HTTP is complete.
  public var blobTruncated: BlobFault?
  /// Manifests whose signature has expired when it is handed over.
  public var signaturesExpired = 0
  /// Manifests after whose reading the data is issued again: another eTag, and one line that reads otherwise.
  public var reissues = 0
  /// Every manifest counts one blob more than it lists.
  public var countsOneBlobTooMany = false
  /// The last line of every export ends in the middle, inside a sound blob.
  public var cutsLastLine = false

  public init() {}
}
