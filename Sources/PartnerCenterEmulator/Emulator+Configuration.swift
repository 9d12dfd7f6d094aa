extension Emulator {
  public struct Configuration: Sendable {
    /// 0 lets the machine choose one.
    public var port: Int
    public var clientID: String
    public var clientSecret: String
    public var refreshToken: String
    /// How long a token lives.
    public var tokenSeconds: Int
    /// How many calls a token is good for; nil for any number. A test lets a token die in mid-run with it.
    public var tokenCallsMax: Int?
    public var faults: [Fault]
    /// Moves what takes time on the service; without a hand on it everything stays at the world's as-of.
    public var clock: EmulatorClock
    /// Whether the partner is qualified for perpetual software; one that is not is refused with 2006.
    public var sellsPerpetualSoftware: Bool
    /// How often the status of a registration reads `registering` before it is `registered`.
    public var registrationPolls: Int

    public init(
      port: Int = 0, clientID: String = "4d0bc2b1-8d2c-4a3f-9d1e-6a1c3f7be2a0",
      clientSecret: String = "emulated-secret", refreshToken: String = "emulated-refresh-token",
      tokenSeconds: Int = 3600, tokenCallsMax: Int? = nil, faults: [Fault] = [],
      clock: EmulatorClock = EmulatorClock(), sellsPerpetualSoftware: Bool = true, registrationPolls: Int = 2
    ) {
      self.port = port
      self.clientID = clientID
      self.clientSecret = clientSecret
      self.refreshToken = refreshToken
      self.tokenSeconds = tokenSeconds
      self.tokenCallsMax = tokenCallsMax
      self.faults = faults
      self.clock = clock
      self.sellsPerpetualSoftware = sellsPerpetualSoftware
      self.registrationPolls = registrationPolls
    }
  }
}
