import Foundation

extension ServedWorld {
  /// Writes the world into a new or empty folder: a JSON file for each collection, JSON lines for each line set.
  ///
  /// Orders come with their prices and entitlements with their expiry; documents are spelt as the server sends them.
  /// A page that is served twice is written once, because the files know no pages.
  public func write(toFolder path: String) throws {
    let folder = URL(filePath: path, directoryHint: .isDirectory)
    let files = FileManager.default
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    guard try files.contentsOfDirectory(atPath: folder.path).isEmpty else { throw FolderNotEmpty(path: path) }
    for part in ["lineitems", "orders", "subscriptions", "entitlements"] {
      try files.createDirectory(at: folder.appending(path: part), withIntermediateDirectories: false)
    }
    func write(_ name: String, _ texts: [String]) throws {
      var data = Data(capacity: texts.reduce(0) { $0 + $1.utf8.count })
      for text in texts { data.append(contentsOf: text.utf8) }
      try data.write(to: folder.appending(path: name))
    }
    func write(_ name: String, array items: [String]) throws { try write(name, ["[\n"] + items.separated + ["\n]\n"]) }

    try write("customers.json", array: customers)
    try write("summary.json", [summary, "\n"])
    try write("summaries.json", array: summaries)
    try write("invoices.json", array: invoices.map(\.json))
    for (set, lines) in lines {
      try write("lineitems/\(set.invoice)-\(set.provider)-\(set.lineItemType).jsonl", lines.flatMap { [$0, "\n"] })
    }
    for (customer, orders) in orders { try write("orders/\(customer).json", array: orders.map(\.jsonWithPrice)) }
    for (customer, texts) in subscriptions { try write("subscriptions/\(customer).json", array: texts) }
    for (customer, entitlements) in entitlements {
      try write("entitlements/\(customer).json", array: entitlements.map(\.jsonWithExpiry))
    }
    let details = artifacts.sorted { $0.key < $1.key }.map { "\(RawJSON.quoted($0.key)):\($0.value)" }
    try write("artifacts.json", ["{\n"] + details.separated + ["\n}\n"])
  }

  struct FolderNotEmpty: Error, CustomStringConvertible {
    var path: String
    var description: String {
      "The folder \(path) is not empty, and a generated world must not mix with another. Name a new folder."
    }
  }
}

extension AnswerKey {
  /// The key as people read it: members in alphabetical order, a final line feed.
  public var text: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
  }
}

extension [String] {
  /// One item to a line.
  fileprivate var separated: [String] { Array(flatMap { [",\n", $0] }.dropFirst()) }
}
