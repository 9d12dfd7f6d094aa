public import Billing
import Wire

/// What is to be exported (contract §11.1).
///
/// Reconciliation lines always come with all their columns: a reconciler needs every one of them.
public struct ExportJob: Hashable, Sendable {
  public enum Subject: Hashable, Sendable {
    /// Of an issued invoice.
    case billed(InvoiceID)
    /// What no invoice has yet.
    case unbilled(Currency, EstimatePeriod)
  }

  /// How much of daily usage comes along (contract §11.4).
  public enum Columns: String, Hashable, Sendable, CaseIterable { case full, basic }

  public enum Generation: String, Hashable, Sendable, CaseIterable {
    /// Microsoft Graph: the current one.
    case graph
    /// The one of 2022, usage only.
    case v2
  }

  public let subject: Subject
  public let isUsage: Bool
  public let columns: Columns
  public let generation: Generation
  /// Either of the two tokens opens an export, if the application has the permission for it (contract §11.1).
  public var credentials = APIRequest.Credentials.app

  private init(_ subject: Subject, isUsage: Bool, _ columns: Columns = .full, _ generation: Generation = .graph) {
    self.subject = subject
    self.isUsage = isUsage
    self.columns = columns
    self.generation = generation
  }

  public static func billedReconciliation(_ invoice: InvoiceID) -> ExportJob { .init(.billed(invoice), isUsage: false) }

  public static func billedUsage(
    _ invoice: InvoiceID, columns: Columns = .full, generation: Generation = .graph
  ) -> ExportJob {
    .init(.billed(invoice), isUsage: true, columns, generation)
  }

  public static func unbilledReconciliation(_ currency: Currency, _ period: EstimatePeriod) -> ExportJob {
    .init(.unbilled(currency, period), isUsage: false)
  }

  public static func unbilledUsage(
    _ currency: Currency, _ period: EstimatePeriod, columns: Columns = .full, generation: Generation = .graph
  ) -> ExportJob {
    .init(.unbilled(currency, period), isUsage: true, columns, generation)
  }
}

extension ExportJob {
  public var kind: ExportManifest.Kind {
    switch subject {
    case .billed: isUsage ? .billedUsage : .billedReconciliation
    case .unbilled: isUsage ? .unbilledUsage : .unbilledReconciliation
    }
  }

  /// The set of line items that the export has in another form.
  public var set: LineSet { isUsage ? .exportedUsage : .exportedCharges }

  /// What asks for the export; asking twice only makes a second operation.
  public var submission: APIRequest {
    switch generation {
    case .graph:
      // Reconciliation of the open month is documented under beta only (contract §11.1).
      let version = kind == .unbilledReconciliation ? "beta" : "v1.0"
      let path = "\(isUsage ? "usage" : "reconciliation")/\(isBilled ? "billed" : "unbilled")"
      return APIRequest(
        .post, "/\(version)/reports/partners/billing/\(path)/export", of: .graph, credentials: credentials, body: body,
        repetition: .freely)
    case .v2:
      let target =
        switch subject {
        case .billed(let invoice):
          "/v1/billedusage/invoices/\(invoice.printed.percentEncoded)?fragment=\(columns.rawValue)"
        case .unbilled(let currency, let period):
          "/v1/unbilledusage?fragment=\(columns.rawValue)&period=\(period.exportWord)&currencyCode=\(currency.code)"
        }
      return APIRequest(.post, target, of: .export, credentials: credentials, repetition: .freely)
    }
  }

  private var isBilled: Bool { kind.isBilled }

  private var body: [UInt8] {
    switch subject {
    case .billed(let invoice): Wire.exportRequest(invoice: invoice, columns: columns.rawValue)
    case .unbilled(let currency, let period):
      Wire.exportRequest(currency: currency, period: period, columns: columns.rawValue)
    }
  }
}

extension ExportJob: CustomStringConvertible {
  /// `billed-usage G016907411 basic`: what evidence files it under.
  public var description: String {
    let what =
      switch subject {
      case .billed(let invoice): "\(invoice)"
      case .unbilled(let currency, let period): "\(currency) \(period.rawValue)"
      }
    return "\(kind.rawValue) \(what) \(columns.rawValue)\(generation == .v2 ? " v2" : "")"
  }

  /// How a sentence names it.
  var phrase: String {
    let lines = isUsage ? "daily usage" : "reconciliation lines"
    return switch subject {
    case .billed(let invoice): "The export of the \(lines) of \(invoice)"
    case .unbilled(let currency, let period):
      "The export of the unbilled \(lines) in \(currency), \(period.rawValue) month,"
    }
  }
}

extension BodyKey {
  /// What an export says about its files.
  init(manifestOf job: ExportJob) {
    self.init(.manifest, invoice: job.invoiceKey, set: job.set.description, detail: job.description)
  }

  /// One of its files.
  init(_ blob: ExportBlob, at place: Int, of job: ExportJob) {
    let detail =
      switch job.subject {
      case .billed: blob.name
      // Without an invoice, only the job tells the files of two currencies apart.
      case .unbilled: "\(job) \(blob.name)"
      }
    self.init(.blob, invoice: job.invoiceKey, set: job.set.description, page: place, detail: detail)
  }
}

extension ExportJob {
  fileprivate var invoiceKey: String {
    switch subject {
    case .billed(let invoice): invoice.printed
    case .unbilled: ""
    }
  }
}
