import ArgumentParser
import PartnerCenterEmulator

/// What goes wrong on purpose while a world is served.
struct FaultOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Make requests fail on purpose: KIND[:ARG][@PATH][#PASSES][xTIMES], as explained above. May be repeated.",
      valueName: "fault"),
    transform: { text in
      do { return try Fault(option: text) } catch { throw ValidationError("\(error)") }
    })
  var fault: [Fault] = []

  @Option(help: "Of a thousand requests, how many fail in a way that passes when they are repeated.")
  var transientFaultsPerMille = 0

  @Option(help: "The seed that says which requests fail in passing.")
  var faultSeed: UInt64 = 1

  func validate() throws {
    guard (0...1000).contains(transientFaultsPerMille) else {
      throw ValidationError("--transient-faults-per-mille must be 0 to 1000, not \(transientFaultsPerMille).")
    }
  }

  /// The named ones first: a request meets one fault at most.
  var all: [Fault] {
    guard transientFaultsPerMille > 0 else { return fault }
    return fault + [.random(perMille: transientFaultsPerMille, seed: faultSeed)]
  }

  static let explanation = """
    A fault is written KIND[:ARG][@PATH][#PASSES][xTIMES]: it meets requests whose path and query contain PATH (every \
    request without it), lets PASSES of them go through (none) and strikes TIMES of them (one). With \
    status:503@/invoices#2x3 the third, fourth and fifth request for invoices are answered 503. The kinds:

    \(Fault.optionTable)
    """
}
