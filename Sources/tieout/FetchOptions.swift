import ArgumentParser

/// Options of a run that fetches a month: where its lines come from.
struct FetchOptions: ParsableArguments {
  @Option(
    name: .customLong("line-items"),
    help: ArgumentHelp(
      """
      Where the lines of new-commerce invoices come from: api (the synchronous line items), export (the asynchronous \
      export), both (and they are compared), or auto, which follows what the service serves for each month. \
      (default: auto)
      """, valueName: "source"))
  var lineItems: String?

  @Option(
    name: .customLong("export-folder"),
    help: ArgumentHelp(
      "A folder with exports that were downloaded earlier, manifests beside their files: their lines are taken from there.",
      valueName: "dir"))
  var exportFolder: String?

  @Flag(help: "Fetch everything again, also what an earlier run has and what is proved and has not changed.")
  var refetch = false

  /// What was given, by its key.
  var given: [Key: String] {
    let all: [Key: String?] = [
      .lineItems: lineItems, .exportFolder: exportFolder, .refetch: refetch ? "yes" : nil,
    ]
    return all.compactMapValues { $0 }
  }
}
