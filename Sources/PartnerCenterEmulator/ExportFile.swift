/// The blobs of one dataset in one version, made when they are asked for.
///
/// The same lines give the same names, the same order and the same bytes. The order is not the synchronous one: line
/// after line comes from a fixed number of places further on.
struct ExportFile: Sendable {
  let dataset: ExportDataset
  let lines: [String]
  /// 1 for the first issue.
  let version: Int
  let blobLinesMax: Int
  var cutsLastLine = false

  var blobCount: Int { (lines.count + blobLinesMax - 1) / blobLinesMax }

  /// Another one for other data.
  var digest: String {
    Opaque.digits(of: "\(dataset.key)/\(version)/\(lines.count)/\(lines.first ?? "")/\(lines.last ?? "")")
  }

  var names: [String] {
    let guid = Opaque.guid(of: "\(dataset.key)/\(dataset.fragment)/\(version)")
    return (0..<blobCount).map { number in
      let digits = String(number)
      return "part-\(String(repeating: "0", count: max(0, 5 - digits.utf8.count)))\(digits)-\(guid).c000.json.gz"
    }
  }

  /// The packed bytes of the blob of a number.
  func blob(_ number: Int) -> [UInt8] {
    let columns = ExportColumn.columns(of: dataset)
    let end = min(lines.count, (number + 1) * blobLinesMax)
    var gzip = BlobGzip()
    for place in (number * blobLinesMax)..<end {
      var text = ExportLine(lines[source(of: place)]).text(columns, isCorrected: version > 1 && place == 0)
      if cutsLastLine, place == lines.count - 1 {
        text = String(text.prefix(text.count / 2))
      } else {
        text += "\n"
      }
      gzip.add(text)
    }
    return gzip.finish()
  }

  /// Where the line of a place stands in the synchronous order: steps that share no factor with the count meet all.
  private func source(of place: Int) -> Int {
    let count = lines.count
    var step = max(1, count * 618 / 1000)
    while Self.commonFactor(step, count) > 1 { step += 1 }
    return (place * step + count / 2) % count
  }

  private static func commonFactor(_ left: Int, _ right: Int) -> Int {
    right == 0 ? left : commonFactor(right, left % right)
  }
}
