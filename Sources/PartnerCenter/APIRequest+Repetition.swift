extension APIRequest {
  /// Whether the call may be sent again after no whole answer came.
  func mayBeRepeated(after failure: TransportFailure.Kind) -> Bool {
    switch repetition {
    case .freely, .afterSilence: true
    // Without a token nothing was sent; everything else may have arrived.
    case .ifUntouched: failure == .signIn
    }
  }

  /// Whether the call may be sent again after a transient status.
  func mayBeRepeated(afterStatus status: Int) -> Bool {
    switch repetition {
    case .freely: true
    // 429: nothing was done. The others come from what stands before the service and are as good as silence; 500 is the
    // service's own answer, after which the same id no longer names the call (contract §3.1).
    case .afterSilence: [408, 429, 502, 503, 504].contains(status)
    case .ifUntouched: status == 429
    }
  }
}
