import Billing

extension Record {
  /// A percentage as the fraction it stands for, exactly: exports print 15 where the API prints 0.15 (contract §4).
  func percentage(_ member: Member) throws(WireError) -> Amount? {
    guard let printed = try amount(member) else { return nil }
    let digits = printed.fractionDigits + 2
    guard digits <= 30, let fraction = try? Amount.product(printed, .one, over: Amount(100), digits: digits, .truncated)
    else { throw unusable(member, "a percentage") }
    return fraction
  }
}
