/// The server and session that a connection goes to.
package struct PostgresServerInfo: Hashable, Sendable {
  /// A host name or address, or the folder of the Unix socket.
  package let host: String
  package let port: String
  package let database: String
  package let user: String
  /// Such as 150018 for 15.18.
  package let version: Int
  /// The process that serves this connection (of PgBouncer: its own number).
  package let backendPID: Int32
  /// Whether others on the network could read and change what goes over the connection: it leads to another machine
  /// and is not encrypted.
  package let isExposed: Bool
  /// Whether the connection stays on this machine.
  package let isLocal: Bool
  /// How far libpq went to make sure that this is the server, such as `verify-full`.
  package let sslMode: String

  var address: HostOrder.Server { (host, port) }

  init(_ libpq: LibPQ) {
    host = libpq.host
    port = libpq.port
    database = libpq.database
    user = libpq.user
    version = libpq.serverVersion
    backendPID = libpq.backendPID
    isLocal = Self.isOfThisMachine(host: host, address: libpq.address)
    isExposed = !libpq.isEncrypted && !isLocal
    sslMode = libpq.sslMode
  }

  /// A folder is a Unix socket's, `@` begins the name of an abstract one.
  package static func isOfThisMachine(host: String, address: String) -> Bool {
    host.hasPrefix("/") || host.hasPrefix("@") || address == "::1" || address.hasPrefix("127.")
      || address.hasPrefix("::ffff:127.")
  }
}
