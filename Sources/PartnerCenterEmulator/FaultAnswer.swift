extension Fault.Kind {
  /// What is said instead of the answer; nil where the request is answered.
  var refusal: Refusal? {
    switch self {
    case .status(let status, let seconds): .fault(status, retryAfterSeconds: seconds)
    case .refused(let status, let code): Refusal(status, code: code, "The request was refused on purpose.")
    default: nil
    }
  }

  /// The answer with what the fault does to its body; what happens to pages and on the wire comes later.
  func spoiling(_ answer: Answer) -> Answer {
    guard (200..<300).contains(answer.status) else {
      guard case .edited(let edit) = self else { return answer }
      return answer.rewritten(edit(answer.text))
    }
    return switch self {
    case .otherBody(let impostor): impostor.answer(instead: answer)
    case .member(let name, let spelling, let item):
      answer.rewritten(answer.text.editingItems(item) { $0.spelling(name, spelling) })
    case .numbersAsText: answer.rewritten(answer.text.editingItems { $0.quotingNumbers })
    case .edited(let edit): answer.rewritten(edit(answer.text))
    default: answer
    }
  }
}

extension Fault.Impostor {
  fileprivate func answer(instead answer: Answer) -> Answer {
    switch self {
    case .html:
      Answer(
        headers: [("Content-Type", "text/html; charset=utf-8")],
        body: ["<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to continue.</body></html>"])
    case .array: .json("[" + answer.text + "]")
    case .pdf:
      Answer(headers: [("Content-Type", "application/pdf")], body: [Statement.pdf(["Not what was asked for"])])
    }
  }
}

extension Answer {
  /// The body as one text.
  var text: String { body.joined() }

  func rewritten(_ text: String) -> Answer {
    var answer = self
    answer.body = [text]
    if text != self.text { answer.bytes = [] }
    return answer
  }
}

extension Refusal {
  /// What a status fault prints.
  fileprivate static func fault(_ status: Int, retryAfterSeconds: Int?) -> Refusal {
    var refusal =
      switch status {
      case 401: unauthenticated(code: "400", "Access denied.")
      case 429: throttled(seconds: retryAfterSeconds)
      case 408, 500...: gateway(status)
      default: Refusal(status, code: "800002", "The request was refused on purpose.")
      }
    if let retryAfterSeconds { refusal.answer.headers.append(("Retry-After", "\(retryAfterSeconds)")) }
    return refusal
  }
}
