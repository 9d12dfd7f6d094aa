/// The members of a resource that this program reads; their case names are the wire names.
protocol WireMember: CaseIterable, RawRepresentable, Sendable where RawValue == Int {
  /// How notes and sentences name the resource.
  static var resource: String { get }
  /// Members the contract lists and nobody needs, separated by blanks.
  static var unread: String { get }
  /// Built once: `MemberIndex(Self.self)`.
  static var index: MemberIndex { get }
}

/// Finds a member by its name, without regard to case: an open hash table over the folded names.
struct MemberIndex: Sendable {
  enum Found {
    case member(Int)
    case unread
    case unknown
  }

  private let names: [[UInt8]]
  private let countRead: Int
  /// Positions in `names`; −1 where free.
  private var slots: [Int16]

  init<Member: WireMember>(_ type: Member.Type) {
    let read = Member.allCases.map { "\($0)" }
    names = (read + Member.unread.split(separator: " ").map { String($0) }).map { Array($0.utf8).map(Folded.byte) }
    countRead = read.count
    var size = 16
    while size < names.count * 4 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    for position in names.indices {
      var slot = names[position].withUnsafeBufferPointer { Self.hash($0) } & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int16(position)
    }
  }

  func find(_ key: UnsafeBufferPointer<UInt8>) -> Found {
    var slot = Self.hash(key) & (slots.count - 1)
    while slots[slot] >= 0 {
      let position = Int(slots[slot])
      if names[position].withUnsafeBufferPointer({ Folded.areEqual($0, key) }) {
        return position < countRead ? .member(position) : .unread
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return .unknown
  }

  /// FNV-1a. Setting one bit folds the letters; what else it folds, the comparison tells apart.
  private static func hash(_ key: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in key { hash = (hash ^ UInt32(byte | 0x20)) &* 16_777_619 }
    return Int(hash ^ (hash >> 15))
  }
}
