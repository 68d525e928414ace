import TestSupport
import Testing

@Suite("Recordings that are stopped on their way")
struct StoppedRecordingTests {
  /// A batch and one row: the batch is sent while more input is waited for.
  private static let rows = offices((1...4001).map { ("K-\($0)", "OFFICE-\($0)") })

  /// Feeds the program from a pipe that stays open; once `isReady` holds in the database, does `stop`, and gives
  /// the exit code and what was said.
  private func stopped(_ program: BuiltProgram, _ mode: String, isReady: String, stop: String) throws
    -> String
  {
    let folder = try TemporaryFolder()
    let file = try folder.write(Self.rows, to: "rows.csv")
    return try program.shell(
      """
      cd '\(folder.path)' && mkfifo input && exec 3<>input
      asked() { psql -XAtq -d "$GUARANTEE_DATABASE_URL" -c "$1"; }
      '\(BuiltProgram.path)' record \(mode) -O csv - <input >output 2>errors 3>&- &
      program=$!
      cat '\(file)' >&3
      asked=0
      until [ "$(asked "\(isReady)")" = t ] || [ $((asked += 1)) -gt 3000 ]; do kill -0 $program || break; done
      \(stop)
      wait $program
      echo "exit $?"
      grep -v Stopping errors
      """)
  }

  private static let isRecorded = "select count(*) = 4000 from guarantee.event"
  private static let isOpen = """
    select exists (select from pg_stat_activity where datname = current_database()
      and application_name = 'guarantee' and state = 'idle in transaction')
    """
  private static let cut = """
    asked "select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'guarantee'" >&2
    exec 3>&-
    """

  private func count(_ program: BuiltProgram) throws -> String {
    try program.shell("psql -XAtq -d \"$GUARANTEE_DATABASE_URL\" -c 'select count(*) from guarantee.event'")
  }

  @Test("Row by row, what was recorded stays, is counted, and is replayed when the file comes again")
  func each() async throws {
    try await withLedger { program in
      let said = try stopped(program, "--each", isReady: Self.isRecorded, stop: "kill -TERM $program")
      #expect(
        said
          == "exit 130\nguarantee: Stopped. 4,000 events of this run are in the ledger: record the same again to go on, and what is there is only replayed.\n"
      )
      let again = try program.output("record", "--each", "-", input: Self.rows)
      #expect(again.contains("K-4000,replayed,\nK-4001,recorded,\n"))
    }
  }

  @Test("All or nothing, a stopped recording leaves nothing")
  func atomic() async throws {
    try await withLedger { program in
      let said = try stopped(program, "--atomic", isReady: Self.isOpen, stop: "kill -TERM $program")
      #expect(said == "exit 130\nguarantee: Stopped: nothing was recorded.\n")
      #expect(try count(program) == "0\n")
    }
  }

  @Test("A connection that is lost on the way is replaced, row by row; all or nothing, that leaves nothing")
  func lostConnection() async throws {
    try await withLedger { program in
      let each = try stopped(program, "--each", isReady: Self.isRecorded, stop: Self.cut)
      #expect(each == "exit 0\n")
      #expect(try count(program) == "4001\n")
    }
    try await withLedger { program in
      let atomic = try stopped(program, "--atomic", isReady: Self.isOpen, stop: Self.cut)
      #expect(atomic.hasPrefix("exit 69\nguarantee: The connection to the database was lost: "))
      #expect(atomic.hasSuffix(" Nothing was recorded.\n"))
      #expect(try count(program) == "0\n")
    }
  }
}
