public import Billing

extension Wire {
  /// Reads lines of an export's file into charges (contract §11.5).
  ///
  /// - Parameters:
  ///   - lines: Whole lines, a JSON object each; blank ones are passed over.
  ///   - blob: Zero-based place of the file in its manifest.
  ///   - firstIndex: Zero-based number of the first of the lines in the file.
  public static func exportedCharges(
    lines: [UInt8], invoice: InvoiceID, set: LineSet = .exportedCharges, blob: Int, firstIndex: Int = 0
  ) throws(WireError) -> Decoded<[Charge]> {
    let text = ExportText(lines, firstIndex: firstIndex, subject: .lines(invoice, set, page: blob))
    return try text.read { (value, reading) throws(WireError) in
      try Charge(
        newCommerce: Record(value, reading),
        LinePosition(invoice: invoice, set: set, page: blob, index: reading.item ?? 0))
    }
  }

  /// Reads lines of an export's file into daily usage (contract §11.4).
  public static func exportedUsage(
    lines: [UInt8], invoice: InvoiceID, set: LineSet = .exportedUsage, blob: Int, firstIndex: Int = 0
  ) throws(WireError) -> Decoded<[UsageRecord]> {
    let text = ExportText(lines, firstIndex: firstIndex, subject: .lines(invoice, set, page: blob))
    return try text.read { (value, reading) throws(WireError) in
      try UsageRecord(
        rated: Record(value, reading),
        LinePosition(invoice: invoice, set: set, page: blob, index: reading.item ?? 0))
    }
  }

  /// Reads lines of an export of what is not billed yet into estimates (contract §11.5).
  public static func exportedUnbilledCharges(
    lines: [UInt8], blob: Int, firstIndex: Int = 0
  ) throws(WireError) -> Decoded<[UnbilledCharge]> {
    let subject = Subject.resource("File \(blob + 1) of the export of unbilled lines")
    guard let unbilled = InvoiceID("unbilled") else { throw WireError(.missing, subject: subject, member: "invoice") }
    let read = try exportedCharges(lines: lines, invoice: unbilled, blob: blob, firstIndex: firstIndex)
    return Decoded(value: read.value.map { UnbilledCharge(line: $0) }, notes: read.notes)
  }
}

extension LineSet {
  /// The export's name for what the line items call `onetime`.
  public static let exportedCharges = LineSet(provider: "onetime", isUsage: false)
  public static let exportedUsage = LineSet(provider: "onetime", isUsage: true)
}

/// Whole lines of an export's file, about to be read.
///
/// They are read in one go, as the elements of a list: that is several times faster than one document a line. What the list
/// would let pass, an object over two lines or two of them on one, is found by comparing places.
private struct ExportText {
  let firstIndex: Int
  let subject: Subject
  /// `[line,line,…]`
  private var list: [UInt8] = [UInt8(ascii: "[")]
  /// Where each line that is not blank stands in `list`, and its zero-based number among the lines given.
  private var places: [(range: Range<Int>, number: Int)] = []

  init(_ lines: [UInt8], firstIndex: Int, subject: Subject) {
    self.firstIndex = firstIndex
    self.subject = subject
    list.reserveCapacity(lines.count + 2)
    var number = 0
    var start = lines.starts(with: Self.mark) ? Self.mark.count : 0
    while start < lines.count {
      let end = lines[start...].firstIndex(of: 0x0a) ?? lines.count
      if lines[start..<end].contains(where: { $0 > 0x20 }) {
        if list.count > 1 { list.append(UInt8(ascii: ",")) }
        let place = list.count
        list.append(contentsOf: lines[start..<end])
        places.append((place..<list.count, number))
      }
      number += 1
      start = end + 1
    }
    list.append(UInt8(ascii: "]"))
  }

  func read<Value: Sendable>(
    _ read: (JSONValue, Reading) throws(WireError) -> Value
  ) throws(WireError) -> Decoded<[Value]> {
    let reading: Reading
    do throws(WireError) {
      reading = try Reading(list, as: subject)
    } catch {
      try findBrokenLine()
      throw error
    }
    let elements = Array(reading.tape.root.elements)
    guard elements.count == places.count,
      zip(elements, places).allSatisfy({
        $0.range.lowerBound >= $1.range.lowerBound && $0.range.upperBound <= $1.range.upperBound
      })
    else {
      try findBrokenLine()
      throw WireError(.broken(.unexpected), subject: subject)
    }
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    for (element, place) in zip(elements, places) {
      reading.item = firstIndex + place.number
      do throws(WireError) {
        values.append(try read(element, reading))
      } catch {
        throw error.counted(from: place.range.lowerBound)
      }
    }
    return reading.decoded(values)
  }

  /// Names the line that is no document of its own.
  private func findBrokenLine() throws(WireError) {
    for place in places {
      do throws(WireError) {
        _ = try Tape.read(Array(list[place.range]), as: subject)
      } catch {
        throw WireError(
          error.problem, subject: subject, item: firstIndex + place.number, member: error.member, offset: error.offset)
      }
    }
  }

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
}

extension WireError {
  /// The same error with its byte counted from the beginning of its own line.
  fileprivate func counted(from start: Int) -> WireError {
    WireError(problem, subject: subject, item: item, member: member, offset: offset.map { $0 - start })
  }
}
