/// One loss of the primary, from the blow to where everybody is served again and the cluster is whole.
struct Failover {
  private let cluster: Cluster
  private let writers: Writers
  /// How much is acknowledged before.
  private let answersBefore: Int

  init(_ cluster: Cluster, _ writers: Writers, _ answersBefore: Int) {
    self.cluster = cluster
    self.writers = writers
    self.answersBefore = answersBefore
  }

  /// - Returns: What it was like, in a line.
  func happen(by blow: ClusterBlow) async throws -> String {
    let service = writers.service
    let old = try await cluster.primaryWhenWhole()
    let enough = service.acknowledgedCount + answersBefore
    try await cluster.wait(for: "\(answersBefore) acknowledgements") { service.acknowledgedCount >= enough }
    service.begin()
    let (start, unsettledBefore) = (ContinuousClock.now, service.unsettledCount)
    try await blow.strike(old, of: cluster)
    let new = try await cluster.primary(otherThan: old)
    let election = start.duration(to: .now)
    if cluster.nodes.count > 2 {
      // The others go on while it is gone.
      try await everyoneIsServed()
    }
    // It is not to come back before a call has ended without an outcome.
    if blow == .paused {
      try await cluster.wait(for: "a call without outcome") { service.unsettledCount > unsettledBefore }
    }
    try await blow.mend(old, of: cluster)
    try await cluster.primaryWhenWhole()
    try await everyoneIsServed()
    let gaps = service.gaps
    return """
      \(blow): \(old) to \(new) after \(election.inSeconds) s; without service \(gaps.ofAny.inSeconds) s \
      (one caller at most: direct \(gaps.ofEach[Writers.direct].max()?.inSeconds ?? ""), \
      pooled \(gaps.ofEach[Writers.pooled].max()?.inSeconds ?? "")); \
      \(service.unsettledCount - unsettledBefore) answers left open or not recorded, and sent again; \
      whole after \(start.duration(to: .now).inSeconds) s
      """
  }

  private func everyoneIsServed() async throws {
    writers.service.mark()
    try await cluster.wait(for: "everyone to be served") { writers.service.unserved.isEmpty }
  }
}

extension Duration {
  /// With one digit behind the point.
  fileprivate var inSeconds: String {
    let tenths = Int(self / .milliseconds(100))
    return "\(tenths / 10).\(tenths % 10)"
  }
}
