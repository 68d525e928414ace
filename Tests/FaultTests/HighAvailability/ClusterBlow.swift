import ReferenceLedger

/// A way to take the primary away from its clients.
enum ClusterBlow: String, CaseIterable, Sendable {
  /// The postmaster and Patroni are killed, the rest of it notices.
  case bothKilled
  case postmasterKilled
  /// The primary goes on, and nobody tells it that it is none any more.
  case patroniKilled
  /// All of its processes stop in the midst of whatever they do, for longer than some calls may take.
  case paused
  /// All of its processes are killed at once, and its network is gone with them: a machine without power.
  case poweredOff
  /// Nothing that it sends or is sent arrives.
  case cutOff
  /// It reaches its clients, but neither the other nodes nor etcd.
  case isolated
  /// Somebody changes the roles on purpose.
  case switchedOver

  var needsNamespaces: Bool { [.poweredOff, .cutOff, .isolated].contains(self) }

  func strike(_ node: String, of cluster: Cluster) async throws {
    switch self {
    case .bothKilled: try await cluster.perform("kill_both", node)
    case .postmasterKilled: try await cluster.perform("kill_postmaster", node)
    case .patroniKilled: try await cluster.perform("kill_patroni", node)
    case .paused: try await cluster.perform("freeze", node)
    case .poweredOff:
      try await cluster.perform("unplug", node)
      try await cluster.perform("kill_machine", node)
    case .cutOff: try await cluster.perform("unplug", node)
    case .isolated: try await cluster.perform("isolate", node)
    case .switchedOver: try await cluster.perform("switchover", node)
    }
  }

  /// Takes back what was done to a node, as its operator would; the rest is Patroni's.
  func mend(_ node: String, of cluster: Cluster) async throws {
    switch self {
    case .postmasterKilled, .switchedOver: break
    case .bothKilled, .patroniKilled: try await cluster.perform("start", node)
    case .paused: try await cluster.perform("thaw", node)
    case .poweredOff:
      try await cluster.perform("plug", node)
      try await cluster.perform("start", node)
    case .cutOff: try await cluster.perform("plug", node)
    case .isolated: try await cluster.perform("rejoin", node)
    }
  }

  /// All that are possible here, so many times each, in an order that follows from the seed.
  static func plan(rounds: Int, seed: UInt64) -> [ClusterBlow] {
    var random = SplitMix64(seed: seed)
    var rest = (0..<rounds).flatMap { _ in possible }
    return rest.indices.map { _ in rest.remove(at: random.below(rest.count)) }
  }

  static var possible: [ClusterBlow] { allCases.filter { Cluster.hasNamespaces || !$0.needsNamespaces } }
}
