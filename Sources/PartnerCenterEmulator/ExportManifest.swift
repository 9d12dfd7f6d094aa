/// Where the blobs of one manifest lie, and what opens them: contract §11.3.
struct ExportManifest: Sendable {
  let id: String
  let issue: Exports.Issue
  let file: ExportFile
  /// Base address of the storage.
  let base: String
  let tenant: String
  let month: World.Month
  let now: Int64
  let countsOneBlobTooMany: Bool

  /// Below `/storage/`, without slashes at its ends.
  var folder: String {
    let dataset = issue.dataset
    let version = (month.firstDay.firstOfMonth(adding: 1).text.prefix(7)).filter { $0 != "-" }
    let suffix = issue.version > 1 ? "0800" + World.twoDigits(issue.version % 100) : ""
    let partition = "Fragment=\(dataset.fragment)/PartitionType=\(dataset.isGraph ? "default" : "ItemCount")"
    let kind = dataset.kind == .usage ? "usage" : "reconciliation"
    switch dataset.scope {
    case .invoice(let id):
      return "billed\(kind)fastpath/v1/PartnerTenantId=\(tenant)/BillingMonth=\(month.digits)/InvoiceId=\(id)"
        + "/InvoiceVersion=\(version)\(suffix)/\(partition)"
    case .unbilled(let currency, _):
      let made = World.Instant(seconds: now).text.prefix(16).filter { $0.isNumber }
      return "unbilled\(kind)fastpath/v1/\(made)\(suffix)/PartnerTenantId=\(tenant)"
        + "/BillingMonth=\(month.digits)/Currency=\(currency)/\(partition)"
    }
  }

  /// Percent-encoded, without the question mark.
  private var token: String {
    func encoded(_ text: String) -> String {
      text.replacing(":", with: "%3A").replacing("+", with: "%2B").replacing("/", with: "%2F")
        .replacing("=", with: "%3D")
    }
    let zero = "00000000-0000-0000-0000-000000000000"
    let start = encoded(World.Instant(seconds: now).text.prefix(19) + "Z")
    let end = encoded(World.Instant(seconds: issue.end).text.prefix(19) + "Z")
    return "skoid=\(zero)&sktid=\(zero)&skt=\(start)&ske=\(end)&sks=b&skv=2021-08-06&sv=2021-08-06&se=\(end)&sr=d&sp=rl"
      + "&sdd=7&sig=\(encoded(issue.signature))"
  }

  private var blobCount: Int { file.blobCount + (countsOneBlobTooMany ? 1 : 0) }

  /// - Parameter sizes: Bytes of each blob; the v2 beta prints them.
  func text(sizes: [Int]) -> String {
    issue.dataset.isGraph ? graphText : v2Text(sizes)
  }

  private var graphText: String {
    World.JSONText.object(capacity: 2000) { json in
      json.string("id", id)
      json.string("schemaVersion", "2")
      json.string("dataFormat", "compressedJSON")
      json.string("createdDateTime", World.Instant(seconds: now).text)
      json.string("eTag", file.digest)
      json.string("partnerTenantId", tenant)
      json.string("rootDirectory", "\(base)/storage/\(folder)")
      json.string("sasToken", token)
      json.string("partitionType", "default")
      json.integer("blobCount", blobCount)
      let blobs = file.names.map { name in
        World.JSONText.object { json in
          json.string("name", name)
          json.string("partitionValue", "default")
        }
      }
      json.raw("blobs", World.array(blobs))
    }
  }

  private func v2Text(_ sizes: [Int]) -> String {
    World.JSONText.object(capacity: 2000) { json in
      json.string("version", "1")
      json.string("dataFormat", "compressedJSONLines")
      json.string("utcCretedDateTime", World.Instant(seconds: now).text)
      json.string("eTag", "0x" + file.digest.uppercased().dropFirst())
      json.string("partnerTenantId", tenant)
      json.string("rootFolder", "\(base)/storage/\(folder)")
      json.string("rootFolderSAS", token)
      json.string("partitionType", "ItemCount")
      json.integer("blobCount", blobCount)
      json.integer("sizeInBytes", sizes.reduce(0, +))
      let blobs = zip(file.names, sizes).enumerated().map { number, blob in
        World.JSONText.object { json in
          json.string("name", blob.0)
          json.integer("sizeinBytes", blob.1)
          json.string("partitionValue", String(number + 1))
        }
      }
      json.raw("blobs", World.array(blobs))
    }
  }
}
