import Billing
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Reconciliation
import Testing

/// Line items and export beside each other.
@Suite("Both line-item APIs")
struct BothSourcesTests {
  /// Findings of a run that reads both.
  private func findings(
    _ world: ServedWorld, _ configuration: Emulator.Configuration = .init(), in workplace: Workplace,
    requestsMax: Int = 4
  ) async throws -> Findings {
    try await Emulator.withServer(world: world, configuration: configuration) { baseURL in
      var settings = try Settings.test(in: workplace, baseURL: baseURL, world: world, configuration: configuration)
      settings.lineItems = .both
      settings.requestsMax = requestsMax
      return try await MonthEnd(settings: settings, logger: quiet).run().findings
    }
  }

  @Test("They say the same, and the errors found are those planted", arguments: Array(UInt64(301)..<306))
  func same(seed: UInt64) async throws {
    let (world, key) = World.make(seed: seed, lines: 700, pageSizeMaximum: 40, plants: .drawn)
    var configuration = Emulator.Configuration()
    configuration.blobLinesMax = 50
    let workplace = try Workplace()
    let findings = try await findings(world, configuration, in: workplace)
    // A page that is served twice is no difference of the lines' content, but of their number.
    let twice = Set(world.pagesServedTwice.keys.map { "\($0.invoice) \($0.provider)" })
    let differing = findings.mismatches.filter { $0.rule == .lineSources }
    #expect(
      differing.allSatisfy { twice.contains("\($0.subject.invoice?.printed ?? "") onetime") },
      "seed \(seed): \(differing)"
    )
    #expect(differing.count == twice.filter { $0.hasSuffix("onetime") }.count, "seed \(seed)")
    var rest = findings
    rest.mismatches.removeAll { $0.rule == .lineSources }
    let marking = Marking(rest, against: key)
    #expect(marking.isPerfect, "seed \(seed): \(marking)")
  }

  @Test(
    "A line that differs is one mismatch of its set, with counts and sums of both",
    arguments: [
      ("billinglineitems", "publisherName", #""Somebody else""#, "onetime-billing"),
      ("billinglineitems", "subtotal", "0.07", "onetime-billing"),
      ("usagelineitems", "billingPreTaxTotal", "0.07", "onetime-usage"),
      ("usagelineitems", "rateOfPartnerEarnedCredit", "0.14", "onetime-usage"),
      ("usagelineitems", "unitOfMeasure", #""1 Firkin""#, "onetime-usage"),
    ])
  func differing(type: String, member: String, literal: String, set: String) async throws {
    let (world, _) = World.make(seed: 311, lines: 300, pageSizeMaximum: 1_000, plants: .none)
    let lines = try #require(
      world.lines.filter { $0.key.provider == "onetime" && $0.key.lineItemType == type && $0.value.count > 2 }
        .min { $0.key.invoice < $1.key.invoice })
    var configuration = Emulator.Configuration()
    let amount = member == "subtotal" || member == "billingPreTaxTotal" ? member : nil
    configuration.faults = [
      Fault(
        pathContains: "/invoices/\(lines.key.invoice)/lineitems?provider=onetime&invoicelineitemtype=\(type)",
        kind: .member(member, .retyped(literal), item: 1))
    ]
    let workplace = try Workplace()
    let findings = try await findings(world, configuration, in: workplace)
    let found = findings.mismatches.filter { $0.rule == .lineSources }
    #expect(found.count == 1, "\(found.map(\.cause))")
    let mismatch = try #require(found.first)
    #expect(mismatch.subject.invoice == InvoiceID(lines.key.invoice))
    #expect(mismatch.subject.detail == set)
    #expect(
      mismatch.cause
        == "The \(set) lines of the line items and of the export are not the same: 1 are only in the first, 1 only in the "
        + "second.")
    let sumName = type == "billinglineitems" ? "subtotal" : "billingPreTaxTotal"
    let sums = try lines.value.map { line in
      let amount = try Amount(try #require(line.member(sumName)).filter { $0 != "\"" })
      // A binary artefact of the service is read as the cents it stands for; usage has digits without end.
      return type == "billinglineitems" ? try Amount.product(amount, .one, digits: 2, .halfUp) : amount
    }
    let sum = try sums.reduce(Amount.zero) { try $0 + $1 }
    #expect(mismatch.actual == sum)
    #expect(mismatch.expected == (amount == nil ? sum : try sum - sums[1] + Amount(literal)))
  }

  @Test("An export that is issued anew while it is read counts in its last version")
  func reissued() async throws {
    let (world, _) = World.make(seed: 312, lines: 300, pageSizeMaximum: 1_000, plants: .none)
    var configuration = Emulator.Configuration()
    configuration.exportFaults.reissues = 1
    configuration.blobLinesMax = 20
    let workplace = try Workplace()
    // One after the other, so that it is always the same export: the billing lines of the first invoice.
    let findings = try await findings(world, configuration, in: workplace, requestsMax: 1)
    let found = findings.mismatches.filter { $0.rule == .lineSources }
    // The new version says one SKU's name otherwise; its amounts are the old ones.
    #expect(found.count == 1)
    #expect(found.first?.difference == .zero)
    #expect(found.first?.cause.contains("1 are only in the first, 1 only in the second") == true)
  }
}
