import Billing
import Testing

@testable import Reconciliation

@Suite("Whether days are a whole cycle")
struct PurchaseCycleTests {
  @Test(
    "The documented cycles are whole (reconciliation rules §4), parts of them are not",
    arguments: [
      ("2025-06-18", "2025-07-17", "monthly", true), ("2025-02-01", "2025-02-28", "monthly", true),
      ("2025-01-31", "2025-02-27", "monthly", true), ("2025-01-30", "2025-02-27", "monthly", true),
      ("2025-01-30", "2025-02-26", "monthly", true), ("2025-02-28", "2025-03-27", "monthly", true),
      ("2025-05-31", "2025-06-29", "monthly", true), ("2025-06-30", "2025-07-29", "monthly", true),
      ("2025-12-18", "2026-01-17", "monthly", true), ("2025-06-18", "2025-07-18", "monthly", true),
      ("2025-06-18", "2025-07-15", "monthly", false), ("2025-06-18", "2025-06-30", "monthly", false),
      ("2025-02-10", "2025-02-28", "monthly", false), ("2025-01-30", "2025-02-10", "monthly", false),
      ("2025-06-18", "2026-06-17", "monthly", false), ("2025-06-18", "2026-06-17", "annual", true),
      ("2024-02-29", "2025-02-27", "annual", true), ("2025-06-18", "2025-07-17", "annual", false),
      ("2025-06-18", "2028-06-17", "triennial", true), ("2025-06-18", "2027-06-17", "biennial", true),
      ("2025-06-18", "2025-07-17", "", true), ("2025-06-18", "2025-07-05", "", false),
    ])
  func whole(start: String, end: String, cycle: String, isWhole: Bool) throws {
    #expect(BillingCycle.isWhole(from: try day(start), through: try day(end), cycle: cycle) == isWhole)
  }
}
