import Billing

extension Cart {
  static var columns: [Column<Self>] {
    [
      .id("cart_id") { $0.id }, .id("status") { $0.status }, .id("created") { $0.created },
      .id("last_modified") { $0.lastModified }, .id("expires") { $0.expires },
    ]
  }

  /// The lines in the order of their groups, add-ons behind the line they belong to.
  var rows: [CartRow] {
    linesByGroup.flatMap { group in
      group.lines.flatMap { line in
        [CartRow(line: line, group: group.group)]
          + line.addOns.map { CartRow(line: $0, group: group.group, addOnOf: line.number) }
      }
    }
  }
}

/// A line of a cart in its group.
struct CartRow {
  var line: CartLine
  var group: String
  var addOnOf: Int?

  /// `extended_price` is that of the whole term, not of one charge (contract §8.4).
  static var columns: [Column<Self>] {
    [
      .id("order_group") { $0.group }, .count("line") { $0.line.number }, .count("addon_of") { $0.addOnOf },
      .id("catalog_item_id") { $0.line.catalogItemID }, .words("name") { $0.line.name },
      .count("quantity") { $0.line.quantity }, .id("term") { $0.line.termDuration },
      .id("billing_cycle") { $0.line.billingCycle }, .id("currency") { $0.line.currency },
      .figure("price") { $0.line.pricing?.price }, .figure("extended_price") { $0.line.pricing?.extended },
      .id("error_code") { $0.line.error?.code.name },
    ]
  }

  static var errorColumns: [Column<Self>] {
    [
      .count("line") { $0.line.number }, .id("catalog_item_id") { $0.line.catalogItemID },
      .id("error_code") { $0.line.error?.code.name }, .id("error") { $0.line.error?.description },
    ]
  }
}

extension Printout {
  /// A cart, its lines by order group, and what is wrong with them.
  mutating func add(_ cart: Cart) {
    add("cart", Cart.columns, one: cart)
    add("lines", CartRow.columns, cart.rows, nothing: "It has no lines.")
    add("line_errors", CartRow.errorColumns, cart.rows.filter { $0.line.error != nil }, nothing: "")
  }
}
