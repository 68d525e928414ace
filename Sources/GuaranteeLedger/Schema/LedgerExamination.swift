import LedgerSQL
package import PostgresClient

/// What a database holds of a ledger and what that knows of itself, whether or not this program can use it.
package struct LedgerExamination: Sendable {
  /// How what is there compares to what this program carries.
  package enum Fit: Sendable, Equatable {
    case same
    /// No ledger is there.
    case none
    /// Migrations have not run yet.
    case older
    /// The functions, or the rules alone, are those of another build of the program.
    case otherFunctions, otherRules
    /// It was made by a later program, or by one that is none of this ledger's; the words say which.
    case foreign(String)
  }

  package let fit: Fit
  /// The latest migration that ran; `nil` when there is no ledger.
  package let version: String?
  /// The latest migration that this program has.
  package let wantedVersion: String
  /// What the rules in use were made from, in the first digits of its hash; `nil` when none are loaded.
  package let rules: String?
  /// What the ledger knows; `nil` when it has to be brought up before it can be asked.
  package let installation: LedgerInstallation?

  /// Asks the database, with whatever rights the login has.
  package static func read(
    from connection: PostgresConnection, deadline: Duration
  ) async throws(LedgerError) -> LedgerExamination {
    let state = try await SchemaState.read(from: connection, deadline: deadline)
    let fit = fit(of: state)
    return LedgerExamination(
      fit: fit, version: state.version, wantedVersion: SchemaState.wantedVersion ?? "",
      rules: state.sources[SchemaState.rules].map { String($0.prefix(12)) },
      installation: fit == .same
        ? try await LedgerInstallation.read(from: connection, at: state.desk, deadline: deadline) : nil)
  }

  private static func fit(of state: SchemaState) -> Fit {
    do {
      if state.version == nil { return .none }
      guard try state.isBehind else { return .same }
      if !state.missingMigrations.isEmpty { return .older }
      return state.hasOtherFunctions ? .otherFunctions : .otherRules
    } catch {
      return .foreign(error.message)
    }
  }
}

/// What a ledger knows of its installation, as the database tells.
package struct LedgerInstallation: Sendable {
  package let timeZone: String
  /// The day that it is there.
  package let today: String
  /// The last day of which is known whether it is worked; `nil` when there is none.
  package let calendarUntil: String?
  /// Whether the next year's calendar is known.
  package let isNextYearKnown: Bool
  package let login: String
  /// Whether the login owns the ledger.
  package let owns: Bool
  /// How many logins are members, as far as this one may see.
  package let members: Int
  /// What the login is at which offices, such as `clerk QINGDAO`; `nil` for nothing.
  package let posts: String?

  static func read(
    from connection: PostgresConnection, at desk: Desk, deadline: Duration
  ) async throws(LedgerError) -> LedgerInstallation? {
    let row: PostgresRow
    do throws(PostgresError) {
      let sql = """
        select time_zone, today, calendar_until, next_year_known, login, owns, members, posts
          from guarantee_api.installation()
        """
      row = try await connection.query(desk.statement(sql), deadline: deadline).rows.first ?? []
    } catch {
      throw LedgerError(reading: error)
    }
    guard row.count == 8 else { return nil }
    return LedgerInstallation(
      timeZone: row[0] ?? "", today: row[1] ?? "", calendarUntil: row[2], isNextYearKnown: row[3] == "t",
      login: row[4] ?? "", owns: row[5] == "t", members: Int(row[6] ?? "") ?? 0, posts: row[7])
  }
}
