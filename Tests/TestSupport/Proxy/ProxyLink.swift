import Glibc

/// A connection that goes through the proxy: the client's end, the server's end, and what flows between.
struct ProxyLink {
  let number: Int
  private(set) var client: UnixSocket?
  private let server: UnixSocket
  private var flows: [MessageDirection: MessageFlow]
  /// Let through, but not yet taken by the one it goes to.
  private var sending: [MessageDirection: [UInt8]] = [.toServer: [], .toClient: []]
  /// What happens as soon as `sending` is empty.
  private var ending: ProxyAction?
  private(set) var isFrozen = false

  init(number: Int, client: UnixSocket, server: UnixSocket) {
    self.number = number
    self.client = client
    self.server = server
    flows = [.toServer: MessageFlow(.toServer), .toClient: MessageFlow(.toClient)]
  }

  typealias Decision = (MessageDirection, MessageFlow.Header) -> ProxyAction

  /// What to wait for before `advance` has something to do.
  var interests: [pollfd] {
    guard !isFrozen else { return [] }
    return MessageDirection.allCases.compactMap { direction in
      guard let reader = end(sendingIn: direction) else { return nil }
      let opposite: MessageDirection = direction == .toServer ? .toClient : .toServer
      var events = 0
      if ending == nil, sending[direction, default: []].count < 1 << 20 { events |= Int(POLLIN) }
      if !sending[opposite, default: []].isEmpty { events |= Int(POLLOUT) }
      return pollfd(fd: reader.descriptor, events: Int16(events), revents: 0)
    }
  }

  /// Moves what can be moved.
  ///
  /// - Returns: whether the link still stands.
  mutating func advance(_ decide: Decision) -> Bool {
    guard !isFrozen else { return true }
    for direction in MessageDirection.allCases where ending == nil {
      guard let source = end(sendingIn: direction) else { continue }
      switch source.receive() {
      case .bytes(let bytes): take(bytes, direction, decide)
      case .nothing: break
      case .end: ending = .cut(afterBytes: 0)
      }
    }
    return deliver()
  }

  /// Goes on after a freeze, with what was held back first.
  mutating func thaw(_ decide: Decision) -> Bool {
    guard isFrozen else { return true }
    isFrozen = false
    for direction in MessageDirection.allCases { take([], direction, decide) }
    return deliver()
  }

  mutating func freeze() -> Bool {
    isFrozen = true
    return true
  }

  func cut() {
    client?.close()
    server.close()
  }

  private mutating func take(_ bytes: [UInt8], _ direction: MessageDirection, _ decide: Decision) {
    guard let passage = flows[direction]?.take(bytes, { decide(direction, $0) }) else { return }
    // Without client there is nobody to hear the server.
    if direction == .toServer || client != nil { sending[direction, default: []] += passage.bytes }
    ending = ending ?? passage.ending
  }

  /// Sends what was let through; then happens what was to happen.
  private mutating func deliver() -> Bool {
    let reached = server.send(&sending[.toServer, default: []])
    let heard = client?.send(&sending[.toClient, default: []]) ?? true
    guard reached, heard else {
      cut()
      return false
    }
    guard let action = ending, sending.values.allSatisfy(\.isEmpty) else { return true }
    ending = nil
    switch action {
    case .pass: break
    case .freeze: isFrozen = true
    case .cutClient:
      client?.close()
      client = nil
    case .cut:
      cut()
      return false
    }
    return true
  }

  private func end(sendingIn direction: MessageDirection) -> UnixSocket? {
    direction == .toServer ? client : server
  }
}
