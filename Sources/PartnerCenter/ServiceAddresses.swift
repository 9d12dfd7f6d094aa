/// Where each service is: the real ones, a national cloud's, or an emulator's (contract §1).
public struct ServiceAddresses: Hashable, Sendable {
  public var api: ServiceAddress
  public var signIn: ServiceAddress
  public var graph: ServiceAddress
  public var pricing: ServiceAddress
  public var export: ServiceAddress

  public init(
    api: ServiceAddress = .partnerCenter, signIn: ServiceAddress = .signIn, graph: ServiceAddress = .graph,
    pricing: ServiceAddress = .pricing, export: ServiceAddress = .billingExport
  ) {
    self.api = api
    self.signIn = signIn
    self.graph = graph
    self.pricing = pricing
    self.export = export
  }

  /// The base address of a service; `nil` for those whose targets are whole addresses, or none at all.
  subscript(service: APIRequest.Service) -> ServiceAddress? {
    switch service {
    case .api: api
    case .graph: graph
    case .pricing: pricing
    case .export: export
    case .storage, .local: nil
    }
  }
}
