internal import CLibXML2

extension ReportSchema {
  /// What the schema has to say against an XML report; nothing where it is valid.
  package static func flaws(in xml: [UInt8]) -> [String] {
    xmlInitParser()
    guard let parser = xmlNewParserCtxt() else { return ["There is no memory for the XML parser."] }
    defer { xmlFreeParserCtxt(parser) }
    let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
    let document = xml.withUnsafeBytes { bytes in
      xmlCtxtReadMemory(
        parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil, nil, options)
    }
    guard let document else { return [message(of: xmlCtxtGetLastError(parser)?.pointee)] }
    defer { xmlFreeDoc(document) }

    return text.withCString { schemaText in
      guard let schemaParser = xmlSchemaNewMemParserCtxt(schemaText, Int32(text.utf8.count)) else {
        return ["There is no memory for the schema's parser."]
      }
      defer { xmlSchemaFreeParserCtxt(schemaParser) }
      let flaws = Flaws()
      let context = Unmanaged.passUnretained(flaws).toOpaque()
      xmlSchemaSetParserStructuredErrors(schemaParser, collect, context)
      guard let schema = xmlSchemaParse(schemaParser) else {
        return flaws.sentences + ["The schema itself is not valid."]
      }
      defer { xmlSchemaFree(schema) }
      guard let validator = xmlSchemaNewValidCtxt(schema) else { return ["There is no memory for the validator."] }
      defer { xmlSchemaFreeValidCtxt(validator) }
      xmlSchemaSetValidStructuredErrors(validator, collect, context)
      let answer = xmlSchemaValidateDoc(validator, document)
      return answer == 0 || !flaws.sentences.isEmpty ? flaws.sentences : ["The validator stopped (\(answer))."]
    }
  }

  /// Where libxml2 puts its errors while one call lasts.
  private final class Flaws {
    var sentences: [String] = []
  }

  private static var collect: xmlStructuredErrorFunc {
    { context, error in
      guard let context else { return }
      Unmanaged<Flaws>.fromOpaque(context).takeUnretainedValue().sentences.append(
        ReportSchema.message(of: error?.pointee))
    }
  }

  private static func message(of error: xmlError?) -> String {
    guard let error, let message = error.message else { return "The document is not XML." }
    return "Line \(error.line): " + String(cString: message).filter { $0 != "\n" }
  }
}
