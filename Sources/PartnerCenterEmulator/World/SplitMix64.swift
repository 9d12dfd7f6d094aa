extension World {
  /// Sebastiano Vigna's SplitMix64: the only source of chance in a world, so that a seed is a world.
  struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) {
      state = seed
    }

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }

    /// A number of the range, both ends included.
    mutating func pick(_ range: ClosedRange<Int>) -> Int {
      let width = UInt64(range.upperBound - range.lowerBound) + 1
      return range.lowerBound + Int(next() % width)
    }

    mutating func pick<Element>(_ values: [Element]) -> Element {
      values[pick(0...(values.count - 1))]
    }

    /// True in so many of a hundred cases.
    mutating func chance(_ percent: Int) -> Bool {
      pick(1...100) <= percent
    }

    mutating func shuffle<Element>(_ values: inout [Element]) {
      guard values.count > 1 else { return }
      for last in stride(from: values.count - 1, through: 1, by: -1) {
        values.swapAt(last, pick(0...last))
      }
    }

    mutating func shuffled<Element>(_ values: [Element]) -> [Element] {
      var copy = values
      shuffle(&copy)
      return copy
    }

    /// A random GUID in lower case.
    mutating func guid() -> String {
      let text = hexadecimal(32)
      var result = ""
      result.reserveCapacity(36)
      for (position, character) in text.utf8.enumerated() {
        if position == 8 || position == 12 || position == 16 || position == 20 { result.append("-") }
        result.unicodeScalars.append(Unicode.Scalar(position == 12 ? 0x34 : character))
      }
      return result
    }

    mutating func hexadecimal(_ count: Int) -> String {
      text(count, alphabet: Self.hexDigits)
    }

    mutating func digits(_ count: Int) -> String {
      text(count, alphabet: Self.decimalDigits)
    }

    /// The 33 characters of a new-commerce order id, such as `2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1`.
    mutating func orderID() -> String {
      text(32, alphabet: Self.orderCharacters) + "1"
    }

    /// A platform id of the old billing system, such as `4KIKawEAAAAAAAEA`.
    mutating func platformID() -> String {
      text(4, alphabet: Self.letters) + "awEAAAAAAAEA"
    }

    private mutating func text(_ count: Int, alphabet: [UInt8]) -> String {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(count)
      var bits: UInt64 = 0
      for position in 0..<count {
        if position % 8 == 0 { bits = next() }
        bytes.append(alphabet[Int(bits & 0xFF) % alphabet.count])
        bits >>= 8
      }
      return String(decoding: bytes, as: UTF8.self)
    }

    private static let hexDigits = [UInt8]("0123456789abcdef".utf8)
    private static let decimalDigits = [UInt8]("1234567890".utf8)
    private static let letters = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    private static let orderCharacters = [UInt8](
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-".utf8)
  }
}
