extension Service {
  /// Everything that is not a GET; what nobody offers is refused with the method that is.
  func write(_ call: Call, _ kind: SignIn.Kind) throws(Refusal) -> Answer {
    let path = Array(call.path.dropFirst())
    let words = path.map { $0.lowercased() }
    if call.method == "POST", words == ["extensions", "product", "checkinventory"] { return try checkInventory(call) }
    guard words.count > 2, words[0] == "customers" else { throw .onlyGet }
    let customer = path[1]
    switch (call.method, words[2], words.count) {
    case ("POST", "carts", 3):
      try mustExist(customer)
      return try createCart(of: customer, call, kind)
    case ("PUT", "carts", 4):
      try mustExist(customer)
      return try updateCart(path[3], of: customer, call, kind)
    case ("POST", "carts", 5) where words[4] == "checkout":
      try mustExist(customer)
      return try checkOut(path[3], of: customer, call)
    case ("POST", "subscriptions", 5) where words[4] == "registrations":
      try mustExist(customer)
      return try register(path[3], of: customer, call)
    default: throw .onlyGet
    }
  }

  private func mustExist(_ customer: String) throws(Refusal) {
    guard index.customer(customer) != nil else { throw .unknownTenant(customer) }
  }
}

extension Refusal {
  static func unknownTenant(_ customer: String) -> Refusal {
    Refusal(404, code: "60003", "The tenant \(customer) was not found.")
  }

  fileprivate static var onlyGet: Refusal { Refusal(Answer(status: 405, headers: [("Allow", "GET")], body: [])) }
}
