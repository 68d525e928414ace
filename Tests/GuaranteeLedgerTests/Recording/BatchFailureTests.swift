import Testing

@testable import GuaranteeLedger
@testable import PostgresClient

@Suite("What a failed batch calls for")
struct BatchFailureTests {
  @Test(
    "Conflicts, time and trouble of the server: the same again",
    arguments: ["40001", "40P01", "23505", "57014", "57P01", "57P02", "57P03", "25006", "08P01"])
  func again(_ code: String) {
    let failure = BatchFailure(PostgresError(.server, "No.", sqlState: SQLState(rawValue: code)))
    #expect(failure.course == .again)
    #expect(failure.reason == code)
    #expect(failure.isEverybodys == ["57P01", "57P02", "57P03", "25006", "08P01"].contains(code))
    #expect(failure.spoilsConnection == failure.isEverybodys)
  }

  @Test("A book that others hold for long: what needs it apart from the rest")
  func books() {
    let failure = BatchFailure(PostgresError(.server, "No.", sqlState: .lockNotAvailable))
    #expect(failure.course == .books)
    #expect(!failure.mayBeRecorded && !failure.isEverybodys && !failure.spoilsConnection)
  }

  @Test(
    "What one event may have brought about: the halves",
    arguments: ["22003", "22021", "23514", "23502", "P0001", "XX000", "54000", "53200"])
  func halves(_ code: String) {
    let failure = BatchFailure(PostgresError(.server, "No.", sqlState: SQLState(rawValue: code)))
    #expect(failure.course == .halves)
    #expect(!failure.mayBeRecorded && !failure.isEverybodys)
  }

  @Test(
    "What no event brought about and no time mends: the end", arguments: ["42501", "53100", "42883", "3F000"])
  func end(_ code: String) {
    let failure = BatchFailure(PostgresError(.server, "No.", sqlState: SQLState(rawValue: code)))
    #expect(failure.course == .end)
  }

  @Test("A connection that broke leaves open what became of the batch, whatever was said before")
  func lost() {
    for kind: PostgresError.Kind in [.connectionLost, .deadlineExceeded, .closed, .replicationUnconfirmed] {
      let failure = BatchFailure(PostgresError(kind, "No.", effect: .unknown))
      #expect(failure.course == .again && failure.mayBeRecorded)
      #expect(failure.error.isOutcomeUnknown)
    }
    let poolers = BatchFailure(PostgresError(.server, "No.", sqlState: SQLState(rawValue: "08P01")))
    #expect(poolers.mayBeRecorded)
    let before = BatchFailure(PostgresError(.connectionLost, "No."))
    #expect(!before.mayBeRecorded)
  }

  @Test("A change whose outcome nobody knows is said to be that, whatever it was that kept the answer away")
  func unknown() {
    for kind in [PostgresError.Kind.connectionLost, .deadlineExceeded, .cancelled, .closed] {
      let error = LedgerError(PostgresError(kind, "why", effect: .unknown))
      let message = "It is not known whether the change was made: send the same keys again (why)."
      #expect(error.code == .outcomeUnknown && error.message == message)
    }
  }

  @Test(
    "A disk that is full or fails is named, and so is whether anything was changed",
    arguments: [("53100", "is full"), ("58030", "fails")])
  func disk(_ code: String, _ trouble: String) {
    let state = SQLState(rawValue: code)
    let known = LedgerError(PostgresError(.server, "could not extend file", sqlState: state))
    #expect(known.code == .storage)
    #expect(
      known.message == "The database's disk \(trouble), and nothing was changed: could not extend file.")
    let open = LedgerError(PostgresError(.connectionLost, "PANIC", effect: .unknown, sqlState: state))
    #expect(open.code == .outcomeUnknown)
    #expect(open.message.hasPrefix("The database's disk \(trouble) and it is not known whether"))
  }
}
