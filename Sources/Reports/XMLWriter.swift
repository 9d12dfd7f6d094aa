internal import CLibXML2

/// libxml2's writer on a buffer in memory; any call that fails makes the whole document fail.
struct XMLWriter {
  private let writer: xmlTextWriterPtr
  private var hasFailed = false

  private init(writer: xmlTextWriterPtr) { self.writer = writer }

  /// The bytes of the document that `body` writes.
  static func document(_ body: (inout XMLWriter) -> Void) throws(ReportError) -> [UInt8] {
    guard let buffer = xmlBufferCreate() else { throw .noXML }
    defer { xmlBufferFree(buffer) }
    guard let pointer = xmlNewTextWriterMemory(buffer, 0) else { throw .noXML }
    var writer = XMLWriter(writer: pointer)
    writer.check(xmlTextWriterSetIndent(pointer, 1))
    writer.check(xmlTextWriterSetIndentString(pointer, "  "))
    writer.check(xmlTextWriterStartDocument(pointer, "1.0", "UTF-8", nil))
    body(&writer)
    writer.check(xmlTextWriterEndDocument(pointer))
    // Freeing the writer flushes it into the buffer.
    xmlFreeTextWriter(pointer)
    guard !writer.hasFailed, let content = xmlBufferContent(buffer) else { throw .noXML }
    return Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))))
  }

  mutating func element(_ name: String, _ body: (inout XMLWriter) -> Void) {
    check(xmlTextWriterStartElement(writer, name))
    body(&self)
    check(xmlTextWriterEndElement(writer))
  }

  /// - Parameter text: cleaned text: the writer itself refuses nothing.
  mutating func element(_ name: String, text: String) {
    check(xmlTextWriterWriteElement(writer, name, text))
  }

  mutating func attribute(_ name: String, _ value: String) {
    check(xmlTextWriterWriteAttribute(writer, name, value))
  }

  /// Calls answer with the bytes written, or −1.
  private mutating func check(_ answer: Int32) {
    if answer < 0 { hasFailed = true }
  }
}
