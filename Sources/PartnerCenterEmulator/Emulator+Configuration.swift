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
    /// How what carts brought is billed; anything but `asBought` is a mistake for a reconciler to find.
    public var billsPurchases: PurchaseBilling = .asBought
    /// For so many check-outs the work is done and the connection is cut in the middle of the answer.
    public var losesCheckoutAnswers = 0
    /// Whether a refresh answer carries a new refresh token; the earlier ones stay good.
    public var rotatesRefreshTokens = false
    /// How many sign-ins each refresh token is good for before it has expired (AADSTS700082); nil for any number.
    public var refreshTokenDeadAfter: Int?
    /// Whether an answer tells for how many seconds its refresh token is good, as text: 90 days.
    public var tellsRefreshLifetime = false
    /// Whether a refresh token is refused until somebody has signed in with a second factor (AADSTS50076).
    public var demandsSecondFactor = false
    /// How often an export's operation reads `running` before it is done.
    public var exportPolls = 1
    /// What `Retry-After` says while an operation is running.
    public var exportRetryAfterSeconds = 0
    /// Whether an operation of Graph carries its manifest or links to it.
    public var exportManifests: ExportManifests = .mixed
    /// How long the signature of a manifest opens its blobs, by the emulator's clock.
    public var signatureSeconds = 3600
    /// The most lines a blob of an export holds.
    public var blobLinesMax = 50_000
    /// What goes wrong with exports on purpose.
    public var exportFaults = ExportFaults()
    /// Sees every request and every secret that is handed out.
    public var witness: EmulatorWitness?

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
