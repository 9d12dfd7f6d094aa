extension World.Instant {
  /// `2023-03-09T08:12:53`, without a zone.
  fileprivate var secondsWithoutZone: String { String(text.prefix(19)) }

  /// `2022-06-1T10-01-03.4Z`: what the v2 beta takes for a date.
  fileprivate var v2Text: String {
    let (year, month, day) = day.civil
    let clock = text.dropFirst(11).prefix(8).replacing(":", with: "-")
    return "\(year)-\(World.twoDigits(month))-\(day)T\(clock).\(text.dropFirst(20).prefix(1))Z"
  }
}

extension Exports.Operation {
  enum Status: Sendable {
    case notStarted, running
    case failed(code: String, message: String)
    /// JSON of the manifest.
    case inline(String)
    /// Address of the manifest.
    case linked(String)
  }

  /// The operation as its generation prints it: contract §11.2.
  func text(_ status: Status, at now: Int64) -> String {
    dataset.isGraph ? graphText(status, at: now) : v2Text(status, at: now)
  }

  private func graphText(_ status: Status, at now: Int64) -> String {
    World.JSONText.object { json in
      let (type, word) =
        switch status {
        case .notStarted, .running: ("runningOperation", "running")
        case .failed: ("failedOperation", "failed")
        case .inline, .linked: ("exportSuccessOperation", "succeeded")
        }
      json.string("@odata.type", "#microsoft.graph.partners.billing.\(type)")
      json.string("id", id)
      json.string("status", word)
      json.string("createdDateTime", World.Instant(seconds: createdAt).secondsWithoutZone)
      json.string("lastActionDateTime", World.Instant(seconds: now).text)
      switch status {
      case .notStarted, .running: break
      case .failed(let code, let message):
        json.object("error") { json in
          json.string("message", message)
          json.string("code", code)
        }
      case .inline(let manifest): json.raw("resourceLocation", manifest)
      case .linked(let address): json.string("resourceLocation@odata.navigationLink", address)
      }
    }
  }

  private func v2Text(_ status: Status, at now: Int64) -> String {
    World.JSONText.object { json in
      json.string("createdDateTime", World.Instant(seconds: createdAt).v2Text)
      let blank = if case .running = status { " " } else { "" }
      json.string("lastActionDateTime", blank + World.Instant(seconds: now).v2Text)
      switch status {
      case .notStarted: json.string("status", "notstarted")
      case .running: json.string("status", "running")
      case .failed(let code, let message):
        json.string("status", "failed")
        json.object("error") { json in
          json.string("message", message)
          json.string("code", code)
        }
      case .inline(let address), .linked(let address):
        json.string("status", "succeeded")
        json.string("resourceLocation", address)
      }
    }
  }
}
