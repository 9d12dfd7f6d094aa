import CSimdjson

/// What opens the folder of an export.
package struct StorageSignature: Sendable {
  /// Without a slash at its end.
  package var folder: String
  /// A query without its question mark.
  package var signature: String
}

extension Wire {
  /// Finds the folder and its signature in a manifest, or in an operation that holds one (contract §11.2, §11.3).
  package static func storageSignature(_ body: [UInt8]) -> StorageSignature? {
    guard let root = try? Tape.read(body, as: .answer).root, root.kind == .object else { return nil }
    let inline = root["resourceLocation"].flatMap { $0.kind == .object ? $0 : nil }
    let manifest = inline ?? root
    guard var folder = manifest.text("rootDirectory") ?? manifest.text("rootFolder"),
      var signature = manifest.text("sasToken") ?? manifest.text("rootFolderSAS")
    else { return nil }
    while folder.hasSuffix("/") { folder.removeLast() }
    while signature.hasPrefix("?") { signature.removeFirst() }
    return signature.isEmpty ? nil : StorageSignature(folder: folder, signature: signature)
  }
}
