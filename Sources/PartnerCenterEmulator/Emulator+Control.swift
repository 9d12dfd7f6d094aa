extension Emulator {
  /// The emulator's own endpoints, which the service does not have: no token, no fault, no trace.
  ///
  /// `GET /emulator/clock` tells the time, `POST /emulator/clock?advance=900` lets so many seconds go by first.
  func control(_ call: Call) -> Answer {
    guard call.path.map({ $0.lowercased() }) == ["emulator", "clock"] else {
      return Refusal.unknownPath(call.path).answer
    }
    switch call.method {
    case "GET": return time
    case "POST":
      guard let seconds = call.value("advance").flatMap({ Int64($0) }), (0...Self.advanceMax).contains(seconds) else {
        return .json(
          #"{"message":"advance must be whole seconds, such as POST /emulator/clock?advance=900, and at most "#
            + #"\#(Self.advanceMax), ten years."}"#, status: 400)
      }
      configuration.clock.advance(by: .seconds(seconds))
      return time
    default: return Answer(status: 405, headers: [("Allow", "GET, POST")], body: [])
    }
  }

  private var time: Answer {
    let text = World.Instant(seconds: serving.now.now).text.prefix(19) + "Z"
    return .json(#"{"time":"\#(text)","secondsAdvanced":\#(configuration.clock.seconds)}"#)
  }

  private static let advanceMax: Int64 = 3653 * 86_400
}
