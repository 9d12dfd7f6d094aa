import Synchronization
import Wire

/// The signatures that open an export's files, by the folder they open (contract §11.3).
///
/// The rim learns them from manifests on their way in and adds them to requests on their way out, so that nobody above it,
/// the archive least of all, ever holds one.
final class SignatureBook: Sendable {
  private let signatures = Mutex<[String: Secret]>([:])

  /// Notes the signature of a manifest, alone or inside an operation; anything else says nothing.
  func learn(from body: [UInt8]) {
    guard let found = Wire.storageSignature(body), let secret = Secret(found.signature) else { return }
    signatures.withLock { $0[found.folder] = secret }
  }

  /// The address with its signature, or as it is where none is known.
  func signed(_ address: String) -> String {
    signatures.withLock { signatures in
      // Of two folders, one inside the other, the nearer one counts.
      let folder = signatures.keys.filter { address.hasPrefix($0 + "/") }.max { $0.utf8.count < $1.utf8.count }
      guard let folder, let signature = signatures[folder] else { return address }
      return "\(address)?\(signature.revealed)"
    }
  }
}
