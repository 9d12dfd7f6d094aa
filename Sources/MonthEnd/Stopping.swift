import Billing
import Evidence
import PartnerCenter
import Reconciliation
import Reports
import Store
import Wire

/// What stops a run that has begun well: said in a sentence, with the exit code a script sees.
public enum Stop: Error, Sendable {
  /// Another run holds the database.
  case locked(database: String, holder: String)
  /// The period's invoices do not exist yet.
  case notReady(period: String)
  /// The account has no invoice at all.
  case noInvoices
  /// Something that the service should have is missing from what it said, or from the archive.
  case incomplete(String)
  case noCredentials
  case badSetting(String)
  case noSuchMismatch(String)
  case nothingTied(database: String)
  case file(String)
  case ourFault(String)

  public var exitCode: ExitCode {
    switch self {
    case .locked: .locked
    case .notReady, .noInvoices: .notReady
    case .incomplete: .dataIncomplete
    case .noCredentials, .badSetting, .noSuchMismatch, .nothingTied, .file: .usage
    case .ourFault: .ourFault
    }
  }
}

extension Stop: CustomStringConvertible {
  public var description: String {
    switch self {
    case .locked(let database, let holder):
      "\(database) is in use by \(holder). Wait until that run has ended, or use another --database."
    case .notReady(let period):
      "The invoices of \(period) do not exist yet: new commerce appears from the 6th to the 8th of the next month. Try later."
    case .noInvoices: "The account has no invoice before this day. Check --as-of, or try later."
    case .incomplete(let what): "\(what) There is no report of it, because the data is incomplete."
    case .noCredentials:
      "No credentials are configured: set the tenant, the client id and the client secret (see the README)."
    case .badSetting(let what): what
    case .noSuchMismatch(let id):
      "There is no mismatch \(id) in the database. Ids are in the first column of mismatches.csv."
    case .nothingTied(let database):
      "\(database) holds no finished run yet. Start with `tieout run` or `tieout replay`."
    case .file(let what): what
    case .ourFault(let what): "\(what) This is a fault of the program: keep the archive and report it."
    }
  }
}

/// The exit code of an error: what a cron job and a shell script can rely on.
public func exitCode(for error: any Error) -> ExitCode {
  switch error {
  case let stop as Stop: stop.exitCode
  case is CancellationError: .interrupted
  case is SignInError: .signInRefused
  case let refusal as ServiceRefusal: refusal.isAboutPermission ? .signInRefused : .dataIncomplete
  case is TransportFailure, is PagingFailure, is LinkRefused, is WireError, is Flaw: .dataIncomplete
  case is ExportFailure, is CSVError: .dataIncomplete
  case is NotPDF, is CheckoutUnclear: .dataIncomplete
  // Figures that cannot be added exactly: the program is right to stop, and the data is wrong.
  case is ArithmeticError: .dataIncomplete
  case is ConfigurationError, is JournalError: .usage
  case let error as ArchiveError: exitCode(for: error)
  case let error as LedgerError: exitCode(for: error)
  case let error as ReportError: exitCode(for: error)
  case is ConservationError: .ourFault
  default: .ourFault
  }
}

private func exitCode(for error: ArchiveError) -> ExitCode {
  switch error {
  case .missing, .journalIsFolder, .file, .runExists, .runUnknown, .nameMalformed: .usage
  case .beingWritten: .locked
  case .noAnswer, .noWholeAnswer: .dataIncomplete
  case .runEnded, .runNotCutOff: .ourFault
  }
}

private func exitCode(for error: LedgerError) -> ExitCode {
  switch error {
  case .missing, .folderMissing, .directory, .forbidden, .notADatabase, .foreign, .tooNew, .diskFull, .failed: .usage
  case .busy: .locked
  case .damaged, .unreadable, .documentUnknown, .customerUnknown: .dataIncomplete
  case .refused, .runUnknown: .ourFault
  }
}

private func exitCode(for error: ReportError) -> ExitCode {
  switch error {
  case .directoryInTheWay, .notADirectory, .cannotCreate, .cannotRead, .cannotWrite, .diskFull, .cannotRemove: .usage
  case .noXML, .mismatchRepeated, .mismatchLoose: .ourFault
  }
}
