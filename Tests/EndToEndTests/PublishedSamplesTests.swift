import Foundation
import Testing
import Wire

/// Every sample of the public documentation, served over a socket to the client's public call for it.
@Suite("Published samples", .enabled(if: PublishedSample.isPresent))
struct PublishedSamplesTests {
  private static let cases =
    PublishedCase.tokens + PublishedCase.catalogue + PublishedCase.carts + PublishedCase.orders
    + PublishedCase.subscriptions + PublishedCase.documents + PublishedCase.lines + PublishedCase.estimates
    + PublishedCase.exports + PublishedCase.prices + PublishedCase.errors + PublishedCase.others

  @Test("are read to the values they print", arguments: cases)
  func served(_ published: PublishedCase) async throws {
    let server = try SampleServer(published.samples)
    try await server.withTransport { transport in
      let talk = PublishedTalk(server, transport)
      try await published.check(talk)
      #expect(talk.notes.unknownMembers.isEmpty)
      #expect(talk.notes.wrongTypes.isEmpty)
    }
    #expect(server.unused.isEmpty)
    #expect(server.unexpected.isEmpty)
  }

  @Test("are read to the same values when members are added, and these are reported", arguments: cases)
  func seasoned(_ published: PublishedCase) async throws {
    let server = try SampleServer(published.samples, isSeasoned: true)
    try await server.withTransport { transport in
      let talk = PublishedTalk(server, transport)
      try await published.check(talk)
      let members = Set(talk.notes.unknownMembers.keys)
      #expect(members.allSatisfy { $0.hasSuffix(".\(SampleServer.unheard)") })
      #expect(!members.isEmpty || !talk.hasRead || !server.hasSeasoned, "the added members are lost")
    }
  }

  @Test("are all there")
  func coverage() throws {
    let covered = Set(Self.cases.flatMap(\.samples))
    #expect(Set(try PublishedSample.all().map(\.name)).subtracting(covered).isEmpty, "no test covers them")
    #expect(covered.subtracting(try PublishedSample.all().map(\.name)).isEmpty, "nobody published them")
    #expect(try PublishedSample.files() == Set(try PublishedSample.all().map(\.file)))
  }
}
