extension Service {
  /// `POST customers/{c}/carts`.
  func createCart(of customer: String, _ call: Call, _ kind: SignIn.Kind) throws(Refusal) -> Answer {
    try purchases.once(call) { (state) throws(Refusal) -> Answer in
      let lines = try cartLines(of: customer, call, state)
      let number = state.carts.values.count { $0.customer.lowercased() == customer.lowercased() }
      let cart = Cart(
        id: Opaque.guid(of: "cart/\(customer.lowercased())/\(number)"), customer: customer,
        market: market(of: customer), createdAt: now, modifiedAt: now, user: user(kind), lines: lines)
      state.carts[cart.id] = cart
      return .json(cart.text, status: 201)
    }
  }

  /// `GET customers/{c}/carts/{cart}`.
  func cart(_ id: String, of customer: String) throws(Refusal) -> Answer {
    try purchases.with { (state) throws(Refusal) -> Answer in .json(try cart(id, of: customer, state).text) }
  }

  /// `PUT customers/{c}/carts/{cart}`: the whole cart; the sample answers 201.
  func updateCart(
    _ id: String, of customer: String, _ call: Call, _ kind: SignIn.Kind
  ) throws(Refusal) -> Answer {
    try purchases.once(call) { (state) throws(Refusal) -> Answer in
      var cart = try openCart(id, of: customer, state)
      cart.lines = try cartLines(of: customer, call, state)
      cart.modifiedAt = now
      cart.user = user(kind)
      state.carts[cart.id] = cart
      return .json(cart.text, status: 201)
    }
  }

  /// `POST customers/{c}/carts/{cart}/checkout`: each group becomes an order or an error.
  ///
  /// As many answers as the configuration says are lost after the work was done: the cart is ordered all the same.
  func checkOut(_ id: String, of customer: String, _ call: Call) throws(Refusal) -> Answer {
    var isLost = false
    var answer = try purchases.once(call) { (state) throws(Refusal) -> Answer in
      var cart = try openCart(id, of: customer, state)
      guard !cart.hasErrors else { throw Refusal(400, code: "800009", "The cart has errors in its items.") }
      var made: [Purchase] = []
      var errors: [String] = []
      for group in cart.groups {
        if group.lines.contains(where: { $0.item?.isThirdParty == true }) {
          errors.append(
            #"{"orderGroupId":"\#(group.name)","code":800069,"#
              + #""description":"The risk check of the publisher failed for this order."}"#)
        } else {
          made.append(Purchase(cart: cart, group: group.name, lines: group.lines, boughtAt: now))
        }
      }
      cart.isOrdered = !made.isEmpty
      cart.modifiedAt = now
      state.carts[cart.id] = cart
      state.orders[customer.lowercased(), default: []] += made
      isLost = state.answersLost < configuration.losesCheckoutAnswers
      if isLost { state.answersLost += 1 }
      let orders = made.map { $0.order(at: now).jsonWithPrice }
      return .json(
        World.JSONText.object(capacity: 3000) { json in
          json.raw("orders", World.array(orders))
          if !errors.isEmpty { json.raw("orderErrors", World.array(errors)) }
          json.attributes("CartCheckoutResult")
        }, status: 201)
    }
    answer.isLost = isLost
    return answer
  }

  private func cartLines(
    of customer: String, _ call: Call, _ state: Purchases.State
  ) throws(Refusal) -> [CartLine] {
    let reader = CartReader(
      market: market(of: customer), sellsPerpetualSoftware: configuration.sellsPerpetualSoftware,
      azureSubscription: { azureSubscription($0, of: customer, state) })
    return try reader.lines(of: call.json)
  }

  private func cart(_ id: String, of customer: String, _ state: Purchases.State) throws(Refusal) -> Cart {
    guard let cart = state.carts[id.lowercased()], cart.customer.lowercased() == customer.lowercased(),
      cart.isOrdered || now < cart.createdAt + Cart.lifetime
    else { throw Refusal(404, code: "800008", "The cart \(id) was not found.") }
    return cart
  }

  private func openCart(_ id: String, of customer: String, _ state: Purchases.State) throws(Refusal) -> Cart {
    let cart = try cart(id, of: customer, state)
    guard !cart.isOrdered else { throw Refusal(400, code: "800065", "The cart was already submitted.") }
    return cart
  }

  private func user(_ kind: SignIn.Kind) -> String { Opaque.guid(of: index.world.partnerTenant + kind.rawValue) }
}
