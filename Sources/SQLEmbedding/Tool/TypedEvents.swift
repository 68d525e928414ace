/// Writes one struct for each event, one for each kind of code, and the names of all fields.
struct TypedEvents {
  let rules: Rules

  var swift: String {
    [
      rules.events.map(structure).joined(separator: "\n"), rules.codes.swift, refusalCodes, minorDigits,
      knownNames,
    ].joined(separator: "\n")
  }

  // MARK: Events

  private func structure(_ event: EventRule) -> String {
    let fields = event.fields.map { TypedField($0) }
    var swift = documentation(event.meaning + ".", indent: "")
    swift += "public struct \(typeName(event.name)): GuaranteeLedger.LedgerEvent, Swift.Hashable {\n"
    swift += documentation("What happened, as the rules name it.", indent: "  ")
    swift += "  public static let eventName = GuaranteeLedger.EventName(rawValue: \(quoted(event.name)))\n\n"
    swift += documentation("The caller's idempotency key: 1 to 64 printable characters.", indent: "  ")
    swift += "  public var key: Swift.String\n"
    swift += documentation("Legal or value date.", indent: "  ")
    swift += "  public var on: GuaranteeLedger.LedgerDate\n"
    swift += fields.map(\.property).joined()
    swift += "\n" + initializer(fields) + "\n" + untyped(fields)
    return swift + "}\n"
  }

  private func initializer(_ fields: [TypedField]) -> String {
    let parameters =
      ["key: Swift.String", "on: GuaranteeLedger.LedgerDate"]
      + fields.map { "\($0.name): \($0.type)\($0.rule.isRequired ? "" : "? = nil")" }
    let assignments = (["key", "on"] + fields.map(\.name)).map { "    self.\($0) = \($0)\n" }
    return documentation("Takes what the event requires; the rest may be left out.", indent: "  ")
      + "  public init(\(parameters.joined(separator: ", "))) {\n\(assignments.joined())  }\n"
  }

  private func untyped(_ fields: [TypedField]) -> String {
    let pairs = fields.map { "        (\(quoted($0.rule.name)), self.\($0.name)\($0.toText)),\n" }
    return """
        /// The event as text.
        public var event: GuaranteeLedger.Event {
          GuaranteeLedger.Event(
            key: self.key, on: self.on.description, name: Self.eventName.rawValue,
            given: [
      \(pairs.joined())      ])
        }

      """
  }

  /// The event's type; one that the library or Swift itself has already gets `Event` behind.
  private func typeName(_ event: String) -> String {
    let codes = rules.codes.all.map(\.name)
    var name = Identifier(event).stem
    while Self.takenTypes.contains(name) || codes.contains(name) { name += "Event" }
    return Identifier.escaped(name)
  }

  static let takenTypes: Set<String> = [
    "AccountBalance", "AccountProof", "AdditionMaker", "AdditionProof", "AdditionWriter", "Amount", "Any",
    "ArchiveReading", "ArchiveSection", "Array", "ArraySlice", "AsyncIteratorProtocol", "AsyncSequence",
    "AttemptProof", "AuditDataStandard", "AuditPack", "BackupError", "BackupFile", "BackupManifest",
    "BankFileError", "BankFileProblem", "BankFiles", "BankFormat", "BankLayout", "BankLine",
    "BankMatchRefusal", "BankPlace", "BankStatement", "BankTable", "BankTableReader", "BankText",
    "BankValues", "BatchFailure", "BatchableEvent", "Bookmark", "Bool", "ByteSource", "ByteTable", "CSVCell",
    "CSVReader", "CallAgeing", "CamtBalance", "CamtEntry", "CamtReader", "CancellationError", "CanonicalRow",
    "CanonicalText", "CaseIterable", "Character", "CheckFinding", "CheckedContinuation", "ChineseText",
    "ClosedPeriod", "ClosedPeriods", "Closing", "ClosingLine", "ClosingProof", "Commitment", "Comparable",
    "ContinuousClock", "CoverMonth", "Crypto", "Curve25519", "CustomStringConvertible", "Data", "DataPackage",
    "Deadline", "DecimalText", "Decoder", "DecodingError", "Departure", "DepositReceipt", "DerivedTable",
    "Desk", "Dictionary", "Dispute", "DisputeEvent", "DisputePosition", "DisputeProof", "DueItem", "DueState",
    "Duration", "Encodable", "Encoder", "Entry", "EntryProof", "Error", "Event", "EventBatch", "EventChain",
    "EventColumns", "EventFact", "EventFeed", "EventFile", "EventFileError", "EventHome", "EventInPeriod",
    "EventPosition", "EventReceipt",
    "EventRow", "EventStatus", "FIFO", "FeedBuffer", "FeedMetrics", "FeedObservation",
    "FeedOptions", "FeedPage", "FeedPosition", "FeedRow", "FeedSession", "FieldChoice", "FieldNames",
    "FixedWidthInteger", "Follower", "FollowerState", "ForeignJSON", "FoundEvent", "FoundationEssentials",
    "GB18030", "GuaranteeLedger", "GuarantorExposure", "Hashable", "HashedFile", "Hasher", "HeldLedger",
    "Hexadecimal", "Hints", "InclusionProof", "InputDescriptor", "Int", "Int128", "Int64", "JSONDecoder",
    "JSONEncoder", "JSONLinesReader", "JSONObject", "JournalColumns", "JournalLine", "JournalProof",
    "JournalSummary", "KeyMention", "KeyPath", "KeyProof", "KeyValuePairs", "LanePlan", "LateEntry", "Ledger",
    "LedgerCode", "LedgerConfiguration", "LedgerCore", "LedgerDate", "LedgerError", "LedgerEvent",
    "LedgerExamination", "LedgerInstallation", "LedgerLocation", "LedgerProgram", "LedgerRefusal",
    "LedgerRestore", "LedgerRows", "LedgerSQL", "LedgerTime", "LeftOutEvents", "Limits", "LineReader",
    "Logger", "Logging", "LookBack", "LosslessStringConvertible", "LostSession", "Lot", "LotProof",
    "MT940Balance", "MT940Details", "MT940Line", "MT940Reader", "Member", "MemberRole", "MerkleTree",
    "Migrator", "MinorUnits", "Money", "MoneyError", "MoneyFlow", "Movement", "Mutex", "NamelessFile",
    "Never", "NextStep", "OfficeBindings", "OfficeMemory", "OlderJournal", "Optional", "OrderItem",
    "PackAddition",
    "PackCells", "PackContents", "PackDescription", "PackError", "PackFault", "PackFileWriter", "PackFinding",
    "PackFindings", "PackFolder", "PackJSON", "PackLimits", "PackManifest", "PackName", "PackOpening",
    "PackProof", "PackRows", "PackRules", "PackSelection", "PackSource", "PackSummary", "PackTable",
    "PackVerifier", "PackWriter", "Page", "PageableRow", "PayloadReader", "PendingEvent", "PendingRefusal",
    "PlaceText", "PostgresConnection", "PostgresError", "PostgresPool", "PostgresResult", "PostgresRow",
    "Protocol", "RawRepresentable", "ReadableRow", "Reading", "ReadingsTogether", "ReceiptError",
    "ReceiptEvidence", "ReceiptProof", "ReceiptText", "ReconciliationLine", "RecordResult", "RecordSorter",
    "RecordSource", "RecordableEvents", "RecordedEvent", "Recorder", "RecorderBatch", "RecorderLimits",
    "RecorderMetrics", "RecorderSpans", "RecorderState", "RecordingAttempt", "RecordingLanes",
    "RecourseAgeing", "RefusalCode", "RefusedAttempt", "RefusedEvents", "Register", "RegisterProof",
    "RegisterRecords", "Report", "ReportColumn", "ReportFilter", "RestoreScript", "RestoredLedger", "Result",
    "RowChannel", "RowFilter", "RowHandover", "RowOrder", "RowProblem", "RowPump", "RowReader",
    "RowSelection", "RowShape", "RowText", "RowWork", "RuleLoader", "RuleProof", "RuleRows", "SHA256",
    "SQLFile",
    "SchemaState",
    "Seal", "SealKey", "SealKeyError", "SealProof", "SealStatement", "SealedHead", "SealedJournal",
    "SealingKey", "SegregationLine", "SelectedReading", "SelectionMistake", "Self", "Sendable", "Sending",
    "Sequence", "Set", "Sheet", "SheetNumber", "SortedFile", "SortedRecords", "SpreadsheetCell",
    "StatementContent", "StatementLine", "StatementOfReading", "StatementPages", "StatementSubject", "String",
    "Substring", "Swift", "SystemFailure", "TableDigests", "Task", "TimeLeft", "TimeOfDay", "TodoItem",
    "TracedEvents",
    "TrialBalanceLine", "Type", "UInt8", "UnclaimedMoney", "Unicode", "UnknownName", "Urgency", "Void",
    "WrittenTime",
    "XMLElement", "XMLError", "XMLReader",
  ]

  // MARK: Codes and names

  private var refusalCodes: String {
    """
    extension RefusalCode {
    \(CodeType.statics(rules.refusals.map { CodeType.Member(code: $0.code, meaning: "Refused when \($0.meaning).") }))\
      /// All codes; of those that apply to an event, the first is its result.
      public static let known: [Self] = \(CodeType.list(rules.refusals.map(\.code)))
    }

    """
  }

  private var minorDigits: String {
    let pairs = rules.minorDigits.map { "\(quoted($0.currency)): \($0.digits)" }
    return """
      extension Currency {
        static let knownMinorDigits: [Swift.String: Swift.Int] = [\(pairs.isEmpty ? ":" : pairs.joined(separator: ", "))]
      }

      """
  }

  private var knownNames: String {
    let fields = Set(rules.events.flatMap { $0.fields.map(\.name) }).union(["key", "on", "event"])
    return """
      extension Event {
        /// The fields that any event has, sorted: what an event file may name.
        package static let knownFields: [Swift.String] = [\(fields.sorted().map(quoted).joined(separator: ", "))]

        /// The events in the order of the rules.
        package static let knownNames: [Swift.String] = [\(rules.events.map { quoted($0.name) }.joined(separator: ", "))]
      }

      """
  }
}
