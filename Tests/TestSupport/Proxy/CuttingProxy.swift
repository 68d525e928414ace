import Foundation
import Glibc
import Synchronization

/// A proxy in front of a test's server that can cut or freeze connections at any message and any byte.
///
/// It follows the protocol's messages in both directions, unencrypted as they are on a Unix socket, and asks
/// its plan at the beginning of each. It ends, with all connections through it, when nothing refers to it any
/// more.
package final class CuttingProxy: Sendable {
  package typealias Plan = @Sendable (ProxiedMessage) -> ProxyAction

  /// The folder of the socket that stands for the server's.
  package let folder: String
  private let loop: ProxyLoop
  private static let count = Atomic<Int>(0)

  /// - Parameters:
  ///   - server: The folder of the server's socket.
  ///   - port: The number in the name of that socket.
  ///   - plan: What becomes of each message; called on the proxy's thread, so it must be quick.
  package init(to server: String, port: Int = 5432, plan: @escaping Plan = { _ in .pass }) throws {
    let number = Self.count.add(1, ordering: .relaxed).newValue
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("proxy-\(ProcessInfo.processInfo.processIdentifier)-\(number)").path
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    loop = try ProxyLoop(at: "\(folder)/.s.PGSQL.5432", to: "\(server)/.s.PGSQL.\(port)", plan: plan)
    try Self.share([folder, "\(folder)/.s.PGSQL.5432"], withOwnerOf: server)
    let loop = loop
    Thread.detachNewThread { loop.run() }
  }

  deinit {
    loop.ask(.stop)
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Lets the server's own user in, and nobody else: PgBouncer may be run by it.
  private static func share(_ paths: [String], withOwnerOf server: String) throws {
    guard geteuid() == 0 else { return }
    let owner = try FileManager.default.attributesOfItem(atPath: server)[.ownerAccountID]
    for path in paths {
      try FileManager.default.setAttributes([.ownerAccountID: owner ?? 0], ofItemAtPath: path)
    }
  }

  /// The connection string of a database of the server, through the proxy, for its superuser.
  package func connectionString(database: String) -> String {
    "host=\(folder) dbname=\(database) user=postgres sslmode=disable gssencmode=disable"
  }

  // MARK: Steering

  /// Follows another plan from now on, and counts messages from 1 again.
  package func follow(_ plan: @escaping Plan) { loop.state.withLock { $0.follow(plan) } }

  /// Turns new connections away, as a server does that is down, or takes them again.
  package func turnAway(_ turnsAway: Bool = true) { loop.state.withLock { $0.turnsAway = turnsAway } }

  /// Cuts every connection there is.
  package func cutAll() { loop.ask(.cutAll) }

  /// Lets nothing more through on the connections there are.
  package func freezeAll() { loop.ask(.freezeAll) }

  /// Lets frozen connections go on, with what was held back first.
  package func thaw() { loop.ask(.thaw) }

  // MARK: Watching

  /// How many messages of a direction have begun since the plan was given.
  package func messageCount(_ direction: MessageDirection) -> Int {
    loop.state.withLock { $0.counts[direction, default: 0] }
  }

  /// How many connections came in all.
  package var connectionCount: Int { loop.state.withLock { $0.connectionCount } }

  /// How many connections asked the server to cancel another one's statement.
  package var cancelRequestCount: Int { loop.state.withLock { $0.cancelRequestCount } }

  /// What happened since the plan was given, in order.
  package var faults: [ProxyFault] { loop.state.withLock { $0.faults } }

  /// Returns when something has happened by the plan.
  package func firstFault() async {
    await withCheckedContinuation { continuation in
      if loop.state.withLock({ $0.watch(continuation) }) { continuation.resume() }
    }
  }
}
