import Glibc
import Synchronization

/// The proxy's one thread: waits for any of its sockets, moves what came, and does what it is asked.
final class ProxyLoop: Sendable {
  let state: Mutex<ProxyState>
  private let listener: UnixSocket
  private let server: String
  /// The first is signalled through the second.
  private let wake: (UnixSocket, UnixSocket)

  /// - Parameters:
  ///   - path: Where to listen.
  ///   - server: The path of the server's socket.
  init(at path: String, to server: String, plan: @escaping @Sendable (ProxiedMessage) -> ProxyAction) throws {
    state = Mutex(ProxyState(plan: plan))
    self.server = server
    wake = try UnixSocket.pair()
    listener = try UnixSocket.listening(at: path)
  }

  func ask(_ request: ProxyState.Request) {
    state.withLock { state in
      state.ask(request)
      // Inside, since the thread closes it once it has seen the last request.
      var byte: [UInt8] = [1]
      _ = wake.1.send(&byte)
    }
  }

  /// Runs until it is asked to stop.
  func run() {
    var links: [ProxyLink] = []
    while true {
      var descriptors = [
        pollfd(fd: wake.0.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      for link in links { descriptors += link.interests }
      _ = poll(&descriptors, nfds_t(descriptors.count), -1)
      _ = wake.0.receive()
      for request in state.withLock({ $0.takeRequests() }) {
        guard meet(request, &links) else { return end(links) }
      }
      while let client = listener.accepted() { admit(client, &links) }
      links = each(links) { link, decide in link.advance(decide) }
      for watcher in state.withLock({ $0.takeWatchers() }) { watcher.resume() }
    }
  }

  private func meet(_ request: ProxyState.Request, _ links: inout [ProxyLink]) -> Bool {
    switch request {
    case .stop: return false
    case .freezeAll: links = each(links) { link, _ in link.freeze() }
    case .thaw: links = each(links) { link, decide in link.thaw(decide) }
    case .cutAll:
      for link in links { link.cut() }
      links = []
    }
    return true
  }

  private func admit(_ client: UnixSocket, _ links: inout [ProxyLink]) {
    let (turnsAway, number) = state.withLock { ($0.turnsAway, $0.nextConnection()) }
    guard !turnsAway, let server = try? UnixSocket.connected(to: server) else { return client.close() }
    links.append(ProxyLink(number: number, client: client, server: server))
  }

  /// The links that still stand after `body`.
  private func each(
    _ links: [ProxyLink], _ body: (inout ProxyLink, ProxyLink.Decision) -> Bool
  ) -> [ProxyLink] {
    links.compactMap { link in
      var link = link
      let number = link.number
      let stands = body(&link) { direction, header in
        self.state.withLock { $0.decide(direction, header, of: number) }
      }
      return stands ? link : nil
    }
  }

  private func end(_ links: [ProxyLink]) {
    for link in links { link.cut() }
    listener.close()
    wake.0.close()
    wake.1.close()
  }
}
