/// Why the ledger could not do what it was asked, apart from refusing an event.
public struct LedgerError: Error, Sendable, CustomStringConvertible {
  /// What kind of failure it is; more may come.
  public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public var description: String { rawValue }
  }

  /// What kind of failure it is.
  public let code: Code
  /// One sentence, without any value that was recorded.
  public let message: String
  /// The schema that is there, when the failure is about schemas; `nil` when there is none.
  public let found: String?
  /// The schema that the program needs, when the failure is about schemas.
  public let wanted: String?
  /// What is known of each event of the call, in their order; empty when nothing was to be recorded.
  public let events: [EventStatus]
  /// Whether the message says that the database's disk is full or fails.
  var namesDisk = false

  /// An error as the ledger throws it, for those who stand in for one in their tests.
  public init(
    _ code: Code, _ message: String, found: String? = nil, wanted: String? = nil, events: [EventStatus] = []
  ) {
    self.code = code
    self.message = message
    self.found = found
    self.wanted = wanted
    self.events = events
  }

  public var description: String { message }

  /// Whether something may have been recorded without our knowing: send the same keys again to find out.
  public var isOutcomeUnknown: Bool { code == .outcomeUnknown }

  /// The results of the events that had theirs when the call failed, in their order.
  public var results: [RecordResult] {
    events.compactMap { if case .settled(let result) = $0.state { result } else { nil } }
  }

  /// The keys of the events that may have been recorded or not.
  public var unknownKeys: [String] { events.filter { $0.state == .unknown }.map(\.key) }

  /// The keys of the events that were certainly not recorded by this call.
  public var unrecordedKeys: [String] { events.filter { $0.state == .notRecorded }.map(\.key) }
}

/// What is known of one event of a call that failed.
public struct EventStatus: Sendable, Hashable {
  /// How an event of a call that failed stands.
  public enum State: Sendable, Hashable {
    /// It has its result, which stands.
    case settled(RecordResult)
    /// It may have been recorded: send the same key again, and the answer says what became of it.
    case unknown
    /// The call did not record it and will not.
    case notRecorded
  }

  /// The event's key; empty when it had none.
  public let key: String
  /// How it stands.
  public let state: State

  /// What is known of the event with a key.
  public init(key: String, state: State) {
    self.key = key
    self.state = state
  }
}

extension LedgerError.Code {
  /// No server answers, or it refuses the login. Nothing was changed: mend that and call again.
  public static let unreachable = Self(rawValue: "unreachable")
  /// The database holds no ledger yet: migrate it.
  public static let notMigrated = Self(rawValue: "not_migrated")
  /// The database holds a ledger that this program has to bring up first: migrate it.
  public static let outdated = Self(rawValue: "outdated")
  /// The database holds migrations that this program does not know, or functions and rules that have replaced its own:
  /// use the newer program.
  public static let newerSchema = Self(rawValue: "newer_schema")
  /// A migration that ran in the database is another one than the program's of that name: it is another
  /// ledger's database.
  public static let changedMigration = Self(rawValue: "changed_migration")
  /// The login may not do this: use another, or have it granted.
  public static let notPermitted = Self(rawValue: "not_permitted")
  /// The connection was lost before anything was changed: call again.
  public static let connectionLost = Self(rawValue: "connection_lost")
  /// It is not known whether all was recorded: send the same keys again, and each answer says what became of
  /// it. `LedgerError.events` says what is known.
  public static let outcomeUnknown = Self(rawValue: "outcome_unknown")
  /// Events that a feed has handed out, or was told have been seen, are no longer in the journal: the server was
  /// replaced by one that did not have them, such as an older copy.
  public static let eventsLost = Self(rawValue: "events_lost")
  /// The calling task was cancelled before the events in question were recorded.
  public static let cancelled = Self(rawValue: "cancelled")
  /// The deadline passed before the events in question were recorded: call again, with more time.
  public static let deadlineExceeded = Self(rawValue: "deadline_exceeded")
  /// There was no room in the queue until the deadline, so nothing was sent: call again later.
  public static let queueFull = Self(rawValue: "queue_full")
  /// The ledger is being closed and takes nothing new: open another.
  public static let shuttingDown = Self(rawValue: "shutting_down")
  /// Readings were to look back to a day or a time that lies ahead: ask for one that has come.
  public static let notYet = Self(rawValue: "not_yet")
  /// What was asked for can't be done as it was asked, such as a role at an office that isn't there: ask otherwise.
  public static let notPossible = Self(rawValue: "not_possible")
  /// The database's disk is full or fails, and nothing was changed: free or mend it and call again. When it is not
  /// known what became of a change, the code is ``outcomeUnknown`` and the message names the disk.
  public static let storage = Self(rawValue: "storage")
  /// The database reports a failure that is none of the above; the message says which.
  public static let database = Self(rawValue: "database")
}
