import ArgumentParser
import FoundationEssentials
import Logging
import MonthEnd

/// From the service to the reports.
struct Run: Step {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Fetch a month, keep the evidence, tie it out and write the reports.",
    discussion: "A second run with the same --as-of and nothing new is quick and changes no byte.")

  @OptionGroup(title: "Common options") var common: CommonOptions
  @OptionGroup(title: "Service") var service: ServiceOptions

  func perform() async throws -> Ending {
    var workplace = try await common.workplace(service)
    workplace.settings.credentials = try workplace.choices.credentials()
    for address in workplace.settings.addressesInClear {
      workplace.logger.warning("secrets and bills travel unencrypted", metadata: ["address": "\(address)"])
    }
    return conclude([try await workplace.month.run()], common)
  }
}

extension Settings {
  /// Addresses without TLS that are not on this machine.
  fileprivate var addressesInClear: [String] {
    [apiURL, loginURL, graphURL].filter { address in
      guard let components = URLComponents(string: address), components.scheme == "http" else { return false }
      return !["localhost", "127.0.0.1", "::1", "[::1]"].contains(components.host ?? "")
    }
  }
}
