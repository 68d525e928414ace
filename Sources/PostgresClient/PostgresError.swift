/// Why a call did not give what was asked for. Never holds a statement's parameters in its description.
package struct PostgresError: Error, Hashable, Sendable {
  /// Who or what failed.
  package enum Kind: Hashable, Sendable {
    /// The server refused the statement. The connection goes on; a surrounding transaction has failed.
    case server
    /// No server could be reached or none took us in. Nothing was sent to it.
    case unreachable
    /// The connection broke, or was broken by the server.
    case connectionLost
    /// The call's deadline passed. The socket was closed, except when the call still waited for its turn.
    case deadlineExceeded
    /// The calling task was cancelled. The socket was closed if a statement was on its way.
    case cancelled
    /// The server committed but gave up waiting for its synchronous standby: a failover may undo it.
    case replicationUnconfirmed
    /// COMMIT was answered by ROLLBACK, as an error inside the transaction had been passed over.
    case rolledBack
    /// The connection had been closed before the call.
    case closed
    /// The call can't be made this way, such as a query inside the body of a stream on the same connection.
    case misuse
  }

  /// What is known of the effect of the statement.
  package enum Effect: Hashable, Sendable {
    /// It changed nothing.
    case none
    /// It may have been committed or not. Ask again, with the same key.
    case unknown
  }

  package var kind: Kind
  package var effect: Effect
  /// The server's or libpq's primary message, or our own: one line for a person.
  package var message: String
  /// The server's code; also set on a lost connection when the server said why.
  package var sqlState: SQLState?
  package var fields: ServerFields

  init(
    _ kind: Kind, _ message: String, effect: Effect = .none, sqlState: SQLState? = nil,
    fields: ServerFields = ServerFields()
  ) {
    self.kind = kind
    self.effect = effect
    self.message = message
    self.sqlState = sqlState
    self.fields = fields
  }

  /// Whether the statement may have been committed although the call failed.
  package var isEffectUnknown: Bool { effect == .unknown }

  package var detail: String? { fields.detail }
  package var hint: String? { fields.hint }
  package var constraint: String? { fields.constraint }
  package var schema: String? { fields.schema }
  package var table: String? { fields.table }
  package var column: String? { fields.column }
}

extension PostgresError {
  /// What a server's error or notice says beside code and message. Detail may quote values of rows.
  package struct ServerFields: Hashable, Sendable {
    package var severity: String?
    package var detail: String?
    package var hint: String?
    /// The call stack inside the database, innermost first, one a line.
    package var context: String?
    package var schema: String?
    package var table: String?
    package var column: String?
    package var constraint: String?
    /// Where in the statement the error lies, counted in characters from 1.
    package var position: Int?
    /// The function of the server's source that spoke: unlike messages it is never translated.
    package var routine: String?

    init() {}
  }
}

extension PostgresError: CustomStringConvertible {
  /// The message with code and constraint. Leaves out detail, which may quote what people entered.
  package var description: String {
    var text = message
    if let sqlState {
      text += " (SQLSTATE \(sqlState.rawValue)" + (constraint.map { ", \($0)" } ?? "") + ")"
    }
    if effect == .unknown { text += "; whether it took effect is unknown" }
    return text
  }
}
