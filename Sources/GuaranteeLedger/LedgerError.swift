/// Why the ledger could not do what it was asked, apart from refusing an event.
public struct LedgerError: Error, Sendable, CustomStringConvertible {
  /// What kind of failure it is; more may come.
  public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public var description: String { rawValue }

    /// No server answers, or it refuses the login.
    public static let unreachable = Self(rawValue: "unreachable")
    /// The database holds no ledger yet.
    public static let notMigrated = Self(rawValue: "not_migrated")
    /// The database holds a ledger that this program has to bring up first.
    public static let outdated = Self(rawValue: "outdated")
    /// The database holds migrations that this program does not know.
    public static let newerSchema = Self(rawValue: "newer_schema")
    /// A migration that ran in the database is another one than the program's of that name.
    public static let changedMigration = Self(rawValue: "changed_migration")
    /// The login may not do this.
    public static let notPermitted = Self(rawValue: "not_permitted")
    /// The connection was lost before anything was changed.
    public static let connectionLost = Self(rawValue: "connection_lost")
    /// The connection was lost while the change was being made permanent: send the same keys again.
    public static let outcomeUnknown = Self(rawValue: "outcome_unknown")
    /// The calling task was cancelled before anything was changed.
    public static let cancelled = Self(rawValue: "cancelled")
    /// The database reports a failure that is none of the above.
    public static let database = Self(rawValue: "database")
  }

  public let code: Code
  /// One sentence, without any value that was recorded.
  public let message: String
  /// The schema that is there, when the failure is about schemas; `nil` when there is none.
  public let found: String?
  /// The schema that the program needs, when the failure is about schemas.
  public let wanted: String?

  public init(_ code: Code, _ message: String, found: String? = nil, wanted: String? = nil) {
    self.code = code
    self.message = message
    self.found = found
    self.wanted = wanted
  }

  public var description: String { message }
}
