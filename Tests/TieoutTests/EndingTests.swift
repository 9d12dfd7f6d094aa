import ArgumentParser
import MonthEnd
import Testing

@testable import tieout

@Suite("How the command ends and what it prints")
struct EndingTests {
  @Test("The numbers are those of the README's table")
  func numbers() {
    #expect(Ending.allCases.map(\.rawValue).sorted() == [0, 1, 3, 11, 12, 64, 70, 75, 130])
  }

  @Test("A mistake of usage ends with 64, a cancellation with 130")
  func errors() {
    #expect(Ending(for: UsageError.currencyUnknown("X")) == .usage)
    #expect(Ending(for: CancellationError()) == .interrupted)
  }

  @Test(
    "Of several months the one that needs somebody first decides",
    arguments: [
      ([.tiedOut, .mismatches], .mismatches),
      ([.mismatches, .dataIncomplete, .tiedOut], .dataIncomplete),
      ([.notReady, .mismatches], .mismatches),
      ([.tiedOut], .tiedOut),
      ([], .tiedOut),
    ] as [([Ending], Ending)])
  func gravest(endings: [Ending], expected: Ending) {
    #expect(Ending.gravest(endings) == expected)
  }

  @Test("JSON keeps the order of members and escapes what must be")
  func json() {
    let value = JSONText.object([
      ("b", .number(1)), ("a", .list([.null, .boolean(true), .text("“quote” \"q\" \\ \n\t\u{1}\u{7F}é")])),
      ("c", .optional(Int?.none)),
    ])
    #expect(
      value.description == #"{"b":1,"a":[null,true,"“quote” \"q\" \\ \n\t\u0001\u007fé"],"c":null}"#)
  }

  @Test("Every key is one word in the file, as an option and in the environment")
  func keys() {
    #expect(Key.apiURL.variable == "TIEOUT_API_URL")
    #expect(Key.bodySecondsMax.variable == "TIEOUT_BODY_SECONDS_MAX")
    #expect(Key.allCases.allSatisfy { $0.rawValue.allSatisfy { $0.isLowercase || $0 == "-" } })
  }

  @Test(
    "The arguments of the commands are understood",
    arguments: [
      ["run", "--period", "2025-02", "--as-of", "2025-03-20", "--api-url", "http://x", "--json"],
      ["replay", "samples/archive", "--database", "x", "--reports", "y", "--run", "r1"],
      ["report", "--quiet"], ["explain", "T0123456789ABCDEF", "--archive", "samples/archive"], ["verify"],
    ])
  func arguments(arguments: [String]) throws {
    #expect(try Tieout.parseAsRoot(arguments) is any Step)
  }

  @Test("A secret is no option", arguments: ["--client-secret", "--refresh-token"])
  func noSecretOption(option: String) {
    #expect(throws: (any Error).self) { try Tieout.parseAsRoot(["run", option, "x"]) }
  }
}
