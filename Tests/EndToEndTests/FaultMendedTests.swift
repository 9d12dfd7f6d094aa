import Billing
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Store
import Testing

/// What a run copes with by itself.
struct MendedFault: Sendable, CustomTestStringConvertible {
  var name: String
  /// Kind and subject of what the database notes about it, where it notes something.
  var note: DecodingNote?
  var world = FaultRehearsal.world
  var faults: [Fault] = []

  var testDescription: String { name }

  static let all = [
    MendedFault(name: "a connection that is cut once", faults: [once(.cutBody)]),
    MendedFault(name: "a body that ends in the middle once", faults: [once(.truncatedJSON)]),
    MendedFault(name: "a server in trouble once", faults: [once(.status(502))]),
    MendedFault(name: "a service that asks for patience once", faults: [once(.status(429, retryAfterSeconds: 0))]),
    MendedFault(name: "a token that dies before its time", faults: [once(.status(401))]),
    MendedFault(
      name: "a sign-in service in trouble once",
      faults: [Fault(pathContains: "oauth2/token", times: 1, kind: .status(503))]),
    MendedFault(
      name: "a byte-order mark before a body",
      note: DecodingNote(kind: "repair", subject: "byte-order mark stripped", count: 1),
      faults: [once(.edited { "\u{feff}" + $0 })]),
    MendedFault(
      name: "half of a surrogate pair in a name",
      note: DecodingNote(kind: "repair", subject: "lone surrogate replaced", count: 1),
      world: FaultRehearsal.world.spoiling(0) { $0.setMember("skuName", #""Seats \ud83d""#) }),
    MendedFault(
      name: "a member nobody knows",
      note: DecodingNote(
        kind: DecodingNote.unknownMember, subject: "OneTimeInvoiceLineItem.moodOfTheDay", count: 1),
      world: FaultRehearsal.world.spoiling(0) { $0 = #"{"moodOfTheDay":"cloudy","# + $0.dropFirst() }),
    MendedFault(
      name: "an earlier page once instead of the next", world: FaultRehearsal.worldOfShortPages,
      faults: FirstPage.repeated(times: 1)),
  ]

  private static func once(_ kind: Fault.Kind) -> Fault {
    Fault(pathContains: ServedWorld.LineSet.spoilt.path, times: 1, kind: kind)
  }
}

@Suite("A fault that a run mends")
struct FaultMendedTests {
  @Test("changes no report and is noted, live and in the replay", arguments: MendedFault.all)
  func mended(_ fault: MendedFault) async throws {
    let workplace = try Workplace()
    let ending = try await FaultRehearsal.run(in: workplace, world: fault.world, faults: fault.faults)
    #expect(ending.code == .tiedOut, "\(ending.sentence)")
    let expected = try await FaultRehearsal.reports.value
    #expect(try FaultRehearsal.reports(in: workplace) == expected)
    if let note = fault.note {
      #expect(try Ledger(path: workplace.path("run.sqlite")).notes().contains(note))
    }
    let replayed = try await FaultRehearsal.replay(in: workplace)
    #expect(replayed.code == .tiedOut, "\(replayed.sentence)")
    #expect(try FaultRehearsal.reports(in: workplace, name: "replay") == expected)
  }
}
