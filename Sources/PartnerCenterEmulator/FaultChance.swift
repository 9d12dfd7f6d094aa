extension Fault {
  /// Which requests are struck, as a matter of the seed.
  public struct Chance: Sendable {
    /// Of a thousand requests so many are struck, as long as nothing is struck too often in a row.
    public var perMille: Int
    public var seed: UInt64
    /// How often one and the same request is struck in a row at most.
    public var consecutiveMax: Int

    public init(perMille: Int, seed: UInt64, consecutiveMax: Int = 2) {
      self.perMille = perMille
      self.seed = seed
      self.consecutiveMax = consecutiveMax
    }

    /// Which of so many kinds strikes; nil where the request goes through.
    func strike(_ record: Record, of target: String, kinds: Int) -> Int? {
      guard kinds > 0, record.inARow < consecutiveMax else { return nil }
      var random = World.SplitMix64(
        seed: (seed ^ Opaque.fingerprint(target)) &+ UInt64(record.asked) &* 0xD134_2543_DE82_EF95)
      guard random.pick(0...999) < perMille else { return nil }
      return random.pick(0...(kinds - 1))
    }
  }

  /// What became of one request so far.
  struct Record: Sendable {
    private(set) var asked = 0
    private(set) var inARow = 0

    mutating func note(isStruck: Bool) {
      asked += 1
      inARow = isStruck ? inARow + 1 : 0
    }
  }
}
