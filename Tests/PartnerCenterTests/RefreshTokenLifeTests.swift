import Billing
import PartnerCenter
import Testing

@Suite("The life of a refresh token")
struct RefreshTokenLifeTests {
  @Test(
    "is 90 days from the day it was issued",
    arguments: [
      (
        "2025-01-05", "2025-01-05", 90,
        "The refresh token, issued 2025-01-05, has 90 days left."
      ),
      (
        "2025-01-05", "2025-03-06", 30,
        """
        The refresh token, issued 2025-01-05, has 30 days left. Let the user consent again before that, and configure the \
        new one.
        """
      ),
      (
        "2025-01-05", "2025-04-04", 1,
        """
        The refresh token, issued 2025-01-05, has 1 day left. Let the user consent again before that, and configure the \
        new one.
        """
      ),
      (
        "2025-01-05", "2025-04-05", 0,
        """
        The refresh token, issued 2025-01-05, should be dead by now: let the user consent again and configure the new one.
        """
      ),
      (
        nil, "2025-04-05", nil,
        """
        It is not known when the refresh token was issued, so nobody can say when it dies: set refresh-token-issued to the \
        day of the consent, or keep the token in a file of its own (refresh-token-file).
        """
      ),
    ] as [(String?, String, Int?, String)])
  func days(issued: String?, today: String, left: Int?, sentence: String) throws {
    let today = try #require(Day(today))
    let life = RefreshTokenLife(issued: issued.flatMap { Day($0) })
    #expect(life.daysLeft(on: today) == left)
    #expect(life.sentence(on: today) == sentence)
  }
}
