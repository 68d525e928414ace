/// What a session said by NOTIFY to those that LISTEN.
package struct PostgresNotification: Hashable, Sendable {
  package let channel: String
  package let payload: String
  /// The process that serves the session which said it.
  package let sender: Int32
}
