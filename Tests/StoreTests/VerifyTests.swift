import Billing
import Store
import Testing

@Suite("Verifying the database")
struct VerifyTests {
  /// What somebody did to the file, and what is said about it.
  private static let tamperings: [(sql: String, flaws: [String])] = [
    (
      "UPDATE charge SET total = '470.68' WHERE item = 0",
      [
        """
        Line G000024135/onetime-billing/0/0: the millionths of its total are not those of its text. Move the \
        database away, but keep it for the purchases noted in it, and replay the archive: that makes the rest anew.
        """,
        """
        Page 0 of onetime-billing on G000024135: its lines add up to 2076.64 USD (3 lines, 2076.63 before tax, 1.5 \
        tax), and 2076.63 USD (3 lines, 2076.63 before tax, 1.5 tax) was written down when they were read. Move the \
        database away, but keep it for the purchases noted in it, and replay the archive: that makes the rest anew.
        """,
        """
        Document G000024135: the tied lines add up to 499.4 USD (2 lines, 499.39 before tax, 1.5 tax), and 499.39 \
        USD (2 lines, 499.39 before tax, 1.5 tax) was written down when they were tied. Move the database away, but \
        keep it for the purchases noted in it, and replay the archive: that makes the rest anew.
        """,
      ]
    ),
    (
      "UPDATE page_sum SET tax = '0'",
      [
        """
        Page 0 of onetime-billing on G000024135: its lines add up to 2076.63 USD (3 lines, 2076.63 before tax, 1.5 \
        tax), and 2076.63 USD (3 lines, 2076.63 before tax, 0 tax) was written down when they were read. Move the \
        database away, but keep it for the purchases noted in it, and replay the archive: that makes the rest anew.
        """
      ]
    ),
    (
      "UPDATE tie SET outcome = 'pending' WHERE item = 2",
      [
        """
        Document G000024135: the pending lines add up to 1577.24 USD (1 line, 1577.24 before tax, 0 tax), and 0 USD \
        (0 lines, 0 before tax, 0 tax) was written down when they were tied. Move the database away, but keep it for \
        the purchases noted in it, and replay the archive: that makes the rest anew.
        """,
        """
        Document G000024135: the mismatched lines add up to 0 USD (0 lines, 0 before tax, 0 tax), and 1577.24 USD (1 \
        line, 1577.24 before tax, 0 tax) was written down when they were tied. Move the database away, but keep it \
        for the purchases noted in it, and replay the archive: that makes the rest anew.
        """,
      ]
    ),
    (
      "DELETE FROM charge WHERE item = 1",
      [
        """
        Page 0 of onetime-billing on G000024135 came with 3 lines, and 2 are there. Move the database away, but keep \
        it for the purchases noted in it, and replay the archive: that makes the rest anew.
        """,
        """
        Page 0 of onetime-billing on G000024135: its lines add up to 2047.91 USD (2 lines, 2047.91 before tax, 0 \
        tax), and 2076.63 USD (3 lines, 2076.63 before tax, 1.5 tax) was written down when they were read. Move the \
        database away, but keep it for the purchases noted in it, and replay the archive: that makes the rest anew.
        """,
        """
        Document G000024135: the tied lines add up to 470.67 USD (1 line, 470.67 before tax, 0 tax), and 499.39 USD \
        (2 lines, 499.39 before tax, 1.5 tax) was written down when they were tied. Move the database away, but keep \
        it for the purchases noted in it, and replay the archive: that makes the rest anew.
        """,
      ]
    ),
    (
      "DELETE FROM tie WHERE item = 2",
      [
        """
        The tie is finished, and 1 line came to no outcome. Move the database away, but keep it for the purchases \
        noted in it, and replay the archive: that makes the rest anew.
        """,
        """
        Document G000024135: the mismatched lines add up to 0 USD (0 lines, 0 before tax, 0 tax), and 1577.24 USD (1 \
        line, 1577.24 before tax, 0 tax) was written down when they were tied. Move the database away, but keep it \
        for the purchases noted in it, and replay the archive: that makes the rest anew.
        """,
      ]
    ),
    (
      "UPDATE tie SET mismatches = '[\"T0\"]' WHERE item = 2",
      [
        """
        A line names the mismatch T0, which is not in the list. Move the database away, but keep it for the \
        purchases noted in it, and replay the archive: that makes the rest anew.
        """
      ]
    ),
    (
      "UPDATE page_sum SET total = 'much'",
      [
        """
        The database ledger holds “much” in total, which this program does not write there. Move the file away, but \
        keep it for the purchases noted in it, and replay the archive: that makes the rest anew.
        """
      ]
    ),
  ]

  @Test("A figure changed by hand is found", arguments: tamperings)
  func findsTampering(sql: String, flaws: [String]) throws {
    let place = try Place()
    let ledger = try place.ledger()
    try tieSample(in: ledger)
    _ = try ledger.rows(sql)
    #expect(try ledger.verify().map { $0.replacing(place.path, with: "ledger") } == flaws)
  }

  @Test("A row without the row it belongs to is found")
  func findsOrphans() throws {
    let place = try Place()
    let ledger = try place.ledger()
    try tieSample(in: ledger)
    _ = try ledger.rows("PRAGMA foreign_keys = OFF")
    _ = try ledger.rows("DELETE FROM run")
    _ = try ledger.rows("INSERT INTO stage VALUES (1, 'r-9', 'tie', '')")
    #expect(
      try ledger.verify() == [
        """
        A row of stage belongs to a row of run that is not there. Move the file away, but keep it for the purchases \
        noted in it, and replay the archive: that makes the rest anew.
        """
      ])
  }
}
