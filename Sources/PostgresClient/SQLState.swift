/// A five-character code by which PostgreSQL names a condition.
///
/// Any code is representable; the named ones are those that this package or its callers decide by.
package struct SQLState: RawRepresentable, Hashable, Sendable {
  /// The code as the server sent it, such as `23505`.
  package let rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The first two characters, which name the kind of condition: `23` is a broken constraint.
  package var conditionClass: String {
    String(rawValue.prefix(2))
  }
}

extension SQLState {
  /// A node that commits for several can't say what became of it; poolers and distributed servers send it.
  package static let transactionResolutionUnknown = SQLState(rawValue: "08007")
  package static let featureNotSupported = SQLState(rawValue: "0A000")

  package static let characterNotInRepertoire = SQLState(rawValue: "22021")
  package static let numericValueOutOfRange = SQLState(rawValue: "22003")
  package static let invalidDatetimeFormat = SQLState(rawValue: "22007")
  package static let invalidTextRepresentation = SQLState(rawValue: "22P02")
  package static let badCopyFileFormat = SQLState(rawValue: "22P04")

  package static let notNullViolation = SQLState(rawValue: "23502")
  package static let foreignKeyViolation = SQLState(rawValue: "23503")
  package static let uniqueViolation = SQLState(rawValue: "23505")
  package static let checkViolation = SQLState(rawValue: "23514")
  package static let exclusionViolation = SQLState(rawValue: "23P01")

  package static let activeTransaction = SQLState(rawValue: "25001")
  package static let readOnlyTransaction = SQLState(rawValue: "25006")
  package static let failedTransaction = SQLState(rawValue: "25P02")
  package static let invalidStatementName = SQLState(rawValue: "26000")
  package static let invalidPassword = SQLState(rawValue: "28P01")
  package static let invalidAuthorization = SQLState(rawValue: "28000")
  package static let invalidDatabaseName = SQLState(rawValue: "3D000")
  package static let invalidSchemaName = SQLState(rawValue: "3F000")

  package static let serializationFailure = SQLState(rawValue: "40001")
  /// The same of a single statement.
  package static let statementCompletionUnknown = SQLState(rawValue: "40003")
  package static let deadlockDetected = SQLState(rawValue: "40P01")
  package static let insufficientPrivilege = SQLState(rawValue: "42501")
  package static let syntaxError = SQLState(rawValue: "42601")
  package static let undefinedColumn = SQLState(rawValue: "42703")
  package static let undefinedFunction = SQLState(rawValue: "42883")
  package static let undefinedTable = SQLState(rawValue: "42P01")
  package static let duplicateDatabase = SQLState(rawValue: "42P04")

  package static let diskFull = SQLState(rawValue: "53100")
  package static let tooManyConnections = SQLState(rawValue: "53300")
  package static let objectInUse = SQLState(rawValue: "55006")
  package static let lockNotAvailable = SQLState(rawValue: "55P03")
  package static let queryCanceled = SQLState(rawValue: "57014")
  package static let adminShutdown = SQLState(rawValue: "57P01")
  package static let crashShutdown = SQLState(rawValue: "57P02")
  package static let cannotConnectNow = SQLState(rawValue: "57P03")
  /// Reading or writing a file failed.
  package static let ioError = SQLState(rawValue: "58030")
  package static let raisedException = SQLState(rawValue: "P0001")
}
