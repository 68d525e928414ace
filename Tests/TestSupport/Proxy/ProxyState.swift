import Glibc

/// What the proxy's thread and those who steer it share.
struct ProxyState {
  /// What steers may ask of the thread.
  enum Request {
    case cutAll, freezeAll, thaw, stop
  }

  var plan: @Sendable (ProxiedMessage) -> ProxyAction
  private(set) var counts: [MessageDirection: Int] = [:]
  private(set) var cancelRequestCount = 0
  private(set) var connectionCount = 0
  /// The messages at which something happened, with what did.
  private(set) var faults: [ProxyFault] = []
  private var requests: [Request] = []
  private var watchers: [CheckedContinuation<Void, Never>] = []
  /// Whether new connections are turned away, as by a server that is down.
  var turnsAway = false

  init(plan: @escaping @Sendable (ProxiedMessage) -> ProxyAction) {
    self.plan = plan
  }

  mutating func follow(_ plan: @escaping @Sendable (ProxiedMessage) -> ProxyAction) {
    self.plan = plan
    counts = [:]
    faults = []
  }

  mutating func ask(_ request: Request) { requests.append(request) }

  mutating func takeRequests() -> [Request] {
    defer { requests = [] }
    return requests
  }

  mutating func nextConnection() -> Int {
    connectionCount += 1
    return connectionCount
  }

  /// Counts a message that has begun and says what becomes of it.
  mutating func decide(
    _ direction: MessageDirection, _ header: MessageFlow.Header, of connection: Int
  ) -> ProxyAction {
    counts[direction, default: 0] += 1
    if header.kind == .cancelRequest { cancelRequestCount += 1 }
    let message = ProxiedMessage(
      kind: header.kind, direction: direction, number: counts[direction, default: 0], connection: connection,
      byteCount: header.byteCount)
    let action = plan(message)
    if action != .pass { faults.append(ProxyFault(message: message, action: action)) }
    return action
  }

  // MARK: Watching

  /// Whether the watcher has nothing to wait for.
  mutating func watch(_ watcher: CheckedContinuation<Void, Never>) -> Bool {
    guard faults.isEmpty else { return true }
    watchers.append(watcher)
    return false
  }

  /// Those who waited for a fault that has come.
  mutating func takeWatchers() -> [CheckedContinuation<Void, Never>] {
    guard !faults.isEmpty else { return [] }
    defer { watchers = [] }
    return watchers
  }
}

/// Something that the proxy did to a connection.
package struct ProxyFault: Sendable, Hashable, CustomStringConvertible {
  package let message: ProxiedMessage
  package let action: ProxyAction

  package var description: String { "\(action) at \(message)" }
}
