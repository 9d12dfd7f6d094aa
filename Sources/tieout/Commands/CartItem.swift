import Billing

/// One line of a cart as it is typed: `CFQ7TTC0LH18:0001:CFQ7TTC0K971,quantity=10,term=P1Y,cycle=monthly`.
struct CartItem: Hashable {
  var line: CartLine
  /// The number of the line whose add-on it is.
  var addOnOf: Int?

  /// - Throws: `CommandError.itemNotUnderstood` with what is wrong.
  init(_ text: String) throws {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    func refuse(_ reason: String) -> CommandError { .itemNotUnderstood(text, reason: reason) }
    guard let item = parts.first, !item.isEmpty, !item.contains("=") else {
      throw refuse("it does not begin with a catalogue item")
    }
    line = CartLine(number: 0, catalogItemID: item, quantity: 0, billingCycle: "")
    var commitment: [String: String] = [:]
    for part in parts.dropFirst() {
      guard let named = NamedValue(argument: part) else { throw refuse("“\(part)” is no name=value") }
      if named.name.hasPrefix("commitment.") {
        commitment[String(named.name.dropFirst("commitment.".count))] = named.value
      } else if let reason = set(named) {
        throw refuse(reason)
      }
    }
    guard line.quantity > 0 else { throw refuse("quantity is missing") }
    guard !line.billingCycle.isEmpty else { throw refuse("cycle is missing") }
    if !commitment.isEmpty {
      guard let amount = commitment["amount"].flatMap({ try? Amount($0) }), amount.isPositive,
        let currency = commitment["currency"].flatMap({ Currency($0) }),
        Set(commitment.keys).isSubset(of: ["amount", "currency", "grain"])
      else { throw refuse("a commitment has an amount, a currency and perhaps a grain") }
      line.commitment = PurchaseCommitment(amount: amount, currency: currency, grain: commitment["grain"] ?? "hourly")
    }
  }

  /// Sets one member and says what is wrong with it, if anything is.
  private mutating func set(_ named: NamedValue) -> String? {
    let (name, value) = (named.name, named.value)
    switch name {
    case "quantity":
      guard let quantity = Int(value), quantity > 0 else { return "“\(value)” is no quantity" }
      line.quantity = quantity
    case "cycle":
      guard let cycle = BillingCycle(argument: value), cycle != .unknown else {
        return "“\(value)” is no cycle: these are onetime, monthly, annual, triennial and none (trials)"
      }
      line.billingCycle = cycle.wire
    case "term": line.termDuration = value.uppercased()
    case "ends":
      guard case .instant(let end) = Instant.reading(value) else { return "“\(value)” is no day" }
      line.customTermEnd = end
    case "promotion": line.promotion = value
    case "name": line.name = value
    case "renews-to": line.renewsToTerm = value.uppercased()
    case "attested":
      guard ["yes", "no"].contains(value) else { return "attested is yes or no" }
      line.isAttested = value == "yes"
    case "addon-of":
      guard let number = Int(value), number >= 0 else { return "“\(value)” is no line" }
      addOnOf = number
    default: return setQualified(name, value)
    }
    return nil
  }

  private mutating func setQualified(_ name: String, _ value: String) -> String? {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("provisioning", 2): line.provisioningContext[parts[1]] = value
    case ("participant", 2): line.participants.append(Participant(role: parts[1], partner: value))
    default:
      return
        "“\(name)” is not known: these are quantity, term, cycle, ends, promotion, name, renews-to, attested, addon-of, "
        + "provisioning.…, participant.… and commitment.…"
    }
    return nil
  }
}

extension CartItem: Sendable {
  /// Lines of a cart from the number given on, add-ons in their places.
  static func lines(_ items: [CartItem], from first: Int = 0) throws -> [CartLine] {
    var lines: [CartLine] = []
    for (offset, item) in items.enumerated() {
      var line = item.line
      line.number = first + offset
      guard let base = item.addOnOf else {
        lines.append(line)
        continue
      }
      guard let place = lines.firstIndex(where: { $0.number == base }) else {
        throw CommandError.addOnLoose(line.catalogItemID, base: base)
      }
      lines[place].addOns.append(line)
    }
    return lines
  }
}
