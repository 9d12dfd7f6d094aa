import Foundation
import PartnerCenter
import Synchronization
import Testing
import Wire

/// A service that answers the targets it knows with published samples.
final class PublishedCommerce: Transport {
  private static let folder = URL(fileURLWithPath: projectFolder)
    .appendingPathComponent("../shared/partner-center/examples").standardizedFileURL

  static var isPresent: Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent("index.json").path)
  }

  private static func body(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent("\(name).json"))
  }

  private let samples: [String: String]
  private let status: Int
  private let log = Mutex<[APIRequest]>([])

  var asked: [APIRequest] { log.withLock { $0 } }
  var client: PartnerCenterClient { PartnerCenterClient(transport: self) }

  /// - Parameter samples: The name of the sample for each target.
  init(_ samples: [String: String], status: Int = 200) {
    self.samples = samples
    self.status = status
  }

  convenience init(_ target: String, _ sample: String, status: Int = 200) {
    self.init([target: sample], status: status)
  }

  func answer(to request: APIRequest) async throws -> APIResponse {
    log.withLock { $0.append(request) }
    let sample = try #require(samples[request.target], "unexpected request \(request.target)")
    return APIResponse(status: status, body: Array(try Self.body(sample)))
  }

  /// The value, once it is sure that nothing in the sample was left unknown.
  func known<Value>(_ decoded: Decoded<Value>) throws -> Value {
    #expect(decoded.notes.unknownMembers.isEmpty)
    #expect(decoded.notes.wrongTypes.isEmpty)
    return decoded.value
  }

  /// Compares what was sent first with a published request, as JSON values.
  func expectBody(_ name: String, without member: String? = nil) throws {
    let sent = try JSONDecoder().decode(PlainJSON.self, from: Data(try #require(asked.first?.body)))
    let published = try JSONDecoder().decode(PlainJSON.self, from: try Self.body(name))
    #expect(sent.without(member) == published.without(member))
  }
}

/// JSON as the service compares it: names in any case, and what is null or empty is not there (contract §4).
private indirect enum PlainJSON: Equatable, Decodable {
  case text(String)
  case number(Decimal)
  case flag(Bool)
  case list([PlainJSON])
  case object([String: PlainJSON])
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Decimal.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([PlainJSON].self) {
      self = .list(list)
    } else {
      let members = try container.decode([String: PlainJSON].self)
      self = .object(
        Dictionary(members.map { ($0.lowercased(), $1) }, uniquingKeysWith: { $1 })
          .filter { $0.value != .null && $0.value != .object([:]) })
    }
  }

  func without(_ name: String?) -> PlainJSON {
    switch self {
    case .object(let members):
      .object(members.filter { $0.key != name }.mapValues { $0.without(name) })
    case .list(let elements): .list(elements.map { $0.without(name) })
    default: self
    }
  }
}
