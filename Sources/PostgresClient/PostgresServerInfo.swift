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

  var address: HostOrder.Server { (host, port) }

  init(_ libpq: LibPQ) {
    host = libpq.host
    port = libpq.port
    database = libpq.database
    user = libpq.user
    version = libpq.serverVersion
    backendPID = libpq.backendPID
  }
}
