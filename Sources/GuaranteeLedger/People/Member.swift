/// What a person may do at an office.
public enum MemberRole: String, Sendable, CaseIterable {
  /// Records events, and proposes those that need a second person.
  case clerk
  /// Approves or refuses what others proposed.
  case approver
  /// Reads, and writes nothing.
  case auditor
}

/// A role that a login has, or had, at an office: a row of `Ledger.members`.
public struct Member: Sendable, Hashable {
  /// The database login.
  public let login: String
  /// What it may do.
  public let role: MemberRole
  /// Where; `nil` for all offices and the register.
  public let office: String?
  /// Since when, by the server's clock.
  public let givenAt: LedgerTime
  /// The login that gave it the role.
  public let givenBy: String
  /// Until when; `nil` while it has the role.
  public let takenAt: LedgerTime?
  /// The login that took the role from it.
  public let takenBy: String?
}

extension Member: ReadableRow {
  static let columns = ["login", "role", "office", "given_at", "given_by", "taken_at", "taken_by"]

  init(_ row: inout RowReader) throws(LedgerError) {
    login = try row.text()
    let role = try row.text()
    guard let known = MemberRole(rawValue: role) else {
      throw LedgerError(.database, "The database gave a role that is none.")
    }
    self.role = known
    office = try row.textIfAny()
    givenAt = try row.time()
    givenBy = try row.text()
    takenAt = try row.timeIfAny()
    takenBy = try row.textIfAny()
  }
}
