/// A served world with the look-ups a server needs: ids without case, amendments by their own id.
struct WorldIndex: Sendable {
  struct Document: Sendable {
    var id: String
    var currency: String
    var json: String
  }

  let world: ServedWorld
  private let customers: [String: String]
  private let documents: [String: Document]
  private let artifacts: [String: String]

  init(_ world: ServedWorld) {
    self.world = world
    var customers: [String: String] = [:]
    for json in world.customers {
      if let id = RawJSON(json)["id"]?.string { customers[id.lowercased()] = json }
    }
    var documents: [String: Document] = [:]
    for document in world.invoices { Self.add(RawJSON(document.json), to: &documents) }
    self.customers = customers
    self.documents = documents
    artifacts = Dictionary(world.artifacts.map { ($0.lowercased(), $1) }, uniquingKeysWith: { first, _ in first })
  }

  func customer(_ id: String) -> String? { customers[id.lowercased()] }

  /// An invoice or amendment by its id, bare or as links print it (`OneTime-G000024135`).
  func document(_ id: String) -> Document? {
    let id = id.lowercased()
    for prefix in ["onetime-", "recurring-"] where id.hasPrefix(prefix) {
      return documents[String(id.dropFirst(prefix.count))]
    }
    return documents[id]
  }

  func lines(_ set: ServedWorld.LineSet) -> [String] { world.lines[set] ?? [] }

  func orders(of customer: String) -> [ServedWorld.Order] { world.orders[customer.lowercased()] ?? [] }

  func subscriptions(of customer: String) -> [String] { world.subscriptions[customer.lowercased()] ?? [] }

  func entitlements(of customer: String) -> [ServedWorld.Entitlement] {
    world.entitlements[customer.lowercased()] ?? []
  }

  func artifact(at path: String) -> String? { artifacts[path.lowercased()] }

  /// Amendments are nested, and may have amendments themselves (contract §9.2).
  private static func add(_ invoice: RawJSON, to documents: inout [String: Document]) {
    guard let id = invoice["id"]?.string else { return }
    documents[id.lowercased()] = Document(
      id: id, currency: invoice["currencyCode"]?.string ?? "", json: String(invoice.text))
    for amendment in invoice["amendments"]?.elements ?? [] { add(amendment, to: &documents) }
  }
}
