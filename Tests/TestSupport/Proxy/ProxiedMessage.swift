/// Which way a message goes.
package enum MessageDirection: String, Sendable, CaseIterable {
  case toServer, toClient
}

/// A message of the conversation between a client and a server, as a proxy between them sees it begin.
package struct ProxiedMessage: Sendable, Hashable {
  package enum Kind: Hashable, Sendable {
    /// The first of a connection, which has no letter.
    case startup
    /// Asks the server to cancel what another connection does.
    case cancelRequest
    /// Any other, by its letter.
    case lettered(Character)
  }

  package let kind: Kind
  package let direction: MessageDirection
  /// Counts the messages of this direction over all connections, from 1.
  package let number: Int
  /// Counts the connections, from 1.
  package let connection: Int
  /// Of all of it: letter, length and content.
  package let byteCount: Int

  /// `nil` for those at the beginning of a connection that have none.
  package var letter: Character? {
    if case .lettered(let letter) = kind { letter } else { nil }
  }
}

extension ProxiedMessage: CustomStringConvertible {
  package var description: String {
    "message \(number) \(direction.rawValue) (\(kind), \(byteCount) bytes, connection \(connection))"
  }
}

/// What becomes of a connection at a message.
package enum ProxyAction: Sendable, Hashable {
  case pass
  /// Both sides lose the connection once so many bytes of the message went through: with 0 before it, with
  /// all of them right behind it.
  case cut(afterBytes: Int)
  /// The client loses the connection so, while the server hears nothing of it and nothing more at all.
  case cutClient(afterBytes: Int)
  /// Nothing more goes through either way, until the proxy is thawed; nobody is told.
  case freeze(afterBytes: Int)

  /// After how many bytes something happens; `nil` when nothing does.
  var byteCount: Int? {
    switch self {
    case .pass: nil
    case .cut(let count), .cutClient(let count), .freeze(let count): count
    }
  }
}
