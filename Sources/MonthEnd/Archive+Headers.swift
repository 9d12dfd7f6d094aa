import Billing
import Evidence

extension Archive {
  /// The invoices a run read by their ids, with the digest of what it was told.
  ///
  /// One that was issued anew meanwhile is left out: some of its lines may be from before, some from after.
  func headers(of run: String) throws -> [InvoiceID: String] {
    let prefix = "/v1/invoices/"
    var digests: [InvoiceID: String] = [:]
    var changed: Set<InvoiceID> = []
    for exchange in try journal().exchanges(of: run) where exchange.isSuccess && exchange.target.hasPrefix(prefix) {
      guard let id = InvoiceID(String(exchange.target.dropFirst(prefix.count))), let sha256 = exchange.sha256 else {
        continue
      }
      if let known = digests.updateValue(sha256, forKey: id), known != sha256 { changed.insert(id) }
    }
    return digests.filter { !changed.contains($0.key) }
  }
}
