/// A seeded partner with three invoiced months, by default December 2024 to February 2025, as of 2025-03-20.
///
/// The same seed and size give the same bytes. Everything is computed by the documented arithmetic
/// (reconciliation.md §4–§9) from this module's own reading of it; errors are planted afterwards and written into the
/// answer key.
public struct World {
  /// Makes a world of about so many billing lines.
  ///
  /// - Parameter newest: The last of the three invoiced months; the world stands still on the 20th of the next.
  public static func make(
    seed: UInt64, lines: Int, pageSizeMaximum: Int = 100, plants: Plants = .drawn, newest: Month = "2025-02"
  ) -> (served: ServedWorld, key: AnswerKey) {
    var ledger = Ledger(seed: seed, newest: newest)
    // Planted errors bring lines of their own, about one and a half each.
    let plantedLines =
      switch plants {
      case .none: 0
      case .drawn: 25
      case .all: 60
      }
    ledger.live(lines: max(0, lines - plantedLines))
    ledger.writeCreditNote()
    ledger.plant(plants)
    ledger.shuffleLines()
    let served = ledger.serve(pageSizeMaximum: pageSizeMaximum)
    let key = AnswerKey(seed: seed, lines: lines, planted: ledger.planted, decoys: ledger.decoys)
    return (served, key)
  }
}

extension World.Ledger {
  /// Brings the lines of each set out of their order: the service promises none (M19).
  mutating func shuffleLines() {
    for slot in lines.indices {
      random.shuffle(&lines[slot])
      partTwins(&lines[slot])
    }
    for slot in licences.indices { random.shuffle(&licences[slot]) }
  }

  /// Moves copies apart that came to stand side by side.
  private func partTwins(_ lines: inout [World.Line]) {
    guard lines.count > 3 else { return }
    for index in lines.indices.dropFirst()
    where lines[index].twin != 0 && lines[index].twin == lines[index - 1].twin {
      lines.swapAt(index, (index + lines.count / 2) % lines.count)
    }
  }

  /// Prints everything and hands it to the server.
  mutating func serve(pageSizeMaximum: Int) -> ServedWorld {
    var served = ServedWorld(
      asOf: calendar.asOf.seconds, partnerTenant: partner.tenant, pageSizeMaximum: pageSizeMaximum)
    served.customers = customers.map { text(of: $0) }
    for customer in customers { served.countries[customer.id] = customer.country }
    serveNewCommerceLines(&served)
    serveLegacyLines(&served)
    serveCommerce(&served)
    let invoices = invoices()
    serveExports(&served)
    served.invoices = invoices.map { ServedWorld.Document(id: $0.id, json: text(of: $0)) }
    served.summaries = summaries(invoices)
    served.summary = served.summaries.first ?? "{}"
    return served
  }

  private mutating func serveNewCommerceLines(_ served: inout ServedWorld) {
    for month in World.Slot.months {
      for money in World.Money.all.indices {
        let slot = World.Slot(month: month, money: money)
        let invoice = invoice(slot)
        let own = lines[slot.index]
        guard !own.isEmpty else { continue }
        let set = World.lineSet(invoice, ("one_time", "billing_line_items"))
        served.lines[set] = own.map { text(of: $0, invoice: invoice) }
        if !usage[slot.index].isEmpty {
          served.lines[World.lineSet(invoice, ("one_time", "usage_line_items"))] =
            usage[slot.index].map { text(of: $0, invoice: invoice) }
        }
        if pageTwice.contains(slot) { served.pagesServedTwice[set] = choosePage(slot, served.pageSizeMaximum) }
      }
    }
    if !credits.isEmpty {
      served.lines[World.lineSet(creditNote, ("one_time", "billing_line_items"))] =
        credits.map { text(of: $0, invoice: creditNote) }
    }
  }

  /// Picks the page which is served twice, and writes it into the key (M02).
  private mutating func choosePage(_ slot: World.Slot, _ size: Int) -> Set<Int> {
    let own = lines[slot.index]
    let sums = stride(from: 0, to: own.count, by: size).map { start in
      own[start..<min(start + size, own.count)].reduce(World.Exact.zero) { $0 + $1.total }
    }
    let pages = sums.indices.filter { !sums[$0].isZero }
    guard !pages.isEmpty else { return [] }
    let page = random.pick(Array(pages))
    key(
      "invoice-total", "M02", customer: nil, invoice: invoice(slot), currency: World.Money.all[slot.money].code,
      amount: -sums[page], "minus the sum of totalForCustomer of a page which is served twice")
    return [page]
  }

  private func serveLegacyLines(_ served: inout ServedWorld) {
    for month in World.LegacySlot.months {
      for money in World.Money.legacy {
        let slot = World.LegacySlot(month: month, money: money)
        let invoice = invoice(slot)
        if !licences[slot.index].isEmpty {
          served.lines[World.lineSet(invoice, ("office", "billing_line_items"))] =
            licences[slot.index].map { text(of: $0) }
        }
        guard !resources[slot.index].isEmpty else { continue }
        served.lines[World.lineSet(invoice, ("azure", "billing_line_items"))] =
          resources[slot.index].map { text(of: $0, invoice: invoice) }
        served.lines[World.lineSet(invoice, ("azure", "usage_line_items"))] =
          resources[slot.index].flatMap { line in
            line.days.map { text(of: line, day: $0.day, quantity: $0.quantity, invoice: invoice) }
          }
      }
    }
  }

  private mutating func serveCommerce(_ served: inout ServedWorld) {
    for customer in customers {
      served.orders[customer.id] = []
      served.subscriptions[customer.id] = []
      served.entitlements[customer.id] = []
    }
    for order in orders {
      served.orders[customers[order.customer].id, default: []].append(
        ServedWorld.Order(
          id: order.id, alternateID: order.alternateID, billingCycle: order.billingCycle,
          createdAt: order.createdAt.seconds, json: text(of: order, withPrice: false),
          jsonWithPrice: text(of: order, withPrice: true)))
    }
    for subscription in subscriptions where subscription.isListed {
      served.subscriptions[customers[subscription.customer].id, default: []].append(text(of: subscription))
    }
    for entitlement in entitlements where entitlement.isListed {
      count("line-item-id-as-text")
      served.entitlements[customers[entitlement.customer].id, default: []].append(
        ServedWorld.Entitlement(
          type: entitlement.reservation == nil ? "software" : "reservedinstance",
          json: text(of: entitlement, withExpiry: false), jsonWithExpiry: text(of: entitlement, withExpiry: true)))
      if let reservation = entitlement.reservation {
        served.artifacts[path(of: reservation, customer: entitlement.customer)] =
          details(of: reservation, entitlement: entitlement)
      }
    }
  }
}
