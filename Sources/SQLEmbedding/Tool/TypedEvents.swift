/// Writes one struct for each event, the codes of refusals, and the names of all fields.
struct TypedEvents {
  let rules: Rules

  var swift: String {
    rules.events.map(structure).joined(separator: "\n") + "\n" + refusalCodes + "\n" + knownNames
  }

  // MARK: Events

  private func structure(_ event: EventRule) -> String {
    let fields = event.fields.map { TypedField($0) }
    var swift = documentation(event.meaning + ".", indent: "")
    swift += "public struct \(Self.typeName(event.name)): LedgerEvent, Hashable {\n"
    swift += "  public static let eventName = \(quoted(event.name))\n\n"
    swift += documentation("The caller's idempotency key: 1 to 64 printable characters.", indent: "  ")
    swift += "  public var key: Swift.String\n"
    swift += documentation("Legal or value date.", indent: "  ")
    swift += "  public var on: GuaranteeLedger.LedgerDate\n"
    swift += fields.map(\.property).joined()
    swift += "\n" + initializer(fields) + "\n" + untyped(fields)
    swift += fields.map(\.choices).joined()
    return swift + "}\n"
  }

  private func initializer(_ fields: [TypedField]) -> String {
    let parameters =
      ["key: Swift.String", "on: GuaranteeLedger.LedgerDate"]
      + fields.map { "\($0.name): \($0.type)\($0.rule.isRequired ? "" : "? = nil")" }
    let assignments = (["key", "on"] + fields.map(\.name)).map { "    self.\($0) = \($0)\n" }
    return "  public init(\(parameters.joined(separator: ", "))) {\n\(assignments.joined())  }\n"
  }

  private func untyped(_ fields: [TypedField]) -> String {
    let pairs = fields.map { "        (\(quoted($0.rule.name)), self.\($0.name)\($0.toText)),\n" }
    return """
        public var event: GuaranteeLedger.Event {
          GuaranteeLedger.Event(
            key: self.key, on: self.on.description, name: Self.eventName,
            given: [
      \(pairs.joined())      ])
        }

      """
  }

  /// The event's type; one that the library or Swift itself has already gets `Event` behind.
  private static func typeName(_ event: String) -> String {
    var name = Identifier(event).stem
    while takenTypes.contains(name) { name += "Event" }
    return Identifier.escaped(name)
  }

  static let takenTypes: Set<String> = [
    "Amount", "Any", "Array", "BatchFailure", "BatchableEvent", "Bool", "ByteSource", "CSVReader",
    "Character", "ContinuousClock", "Departure", "Dictionary", "Duration", "Error", "Event", "EventBatch",
    "EventColumns", "EventFile", "EventFileError", "EventHome", "EventPosition", "EventRow", "EventStatus",
    "FIFO", "FieldNames", "GuaranteeLedger", "Hashable", "InputDescriptor", "Int", "Int64", "JSONLinesReader",
    "JSONObject", "LanePlan", "Ledger", "LedgerConfiguration", "LedgerCore", "LedgerDate", "LedgerError",
    "LedgerEvent", "LedgerLocation", "LedgerRefusal", "LedgerSQL", "Logger", "Logging", "Migrator", "Never",
    "OfficeBindings", "OfficeMemory", "Optional", "PostgresConnection", "PostgresError", "PostgresPool",
    "Protocol", "RecordResult", "RecordableEvents", "Recorder", "RecorderBatch", "RecorderLimits",
    "RecorderState", "RecordingLanes", "RefusalCode", "Report", "ReportColumn", "ReportFilter", "ReportRow",
    "Result", "RowProblem", "RowText", "RuleLoader", "SQLFile", "SchemaState", "Self", "Sendable", "Set",
    "String", "Substring", "Swift", "SystemFailure", "Task", "Type", "UInt8", "Unicode", "Void",
  ]

  // MARK: Codes and names

  private var refusalCodes: String {
    let statics = rules.refusals.map { refusal in
      documentation("Refused when \(refusal.meaning).", indent: "  ")
        + "  public static let \(Identifier(refusal.code).lower) = Self(rawValue: \(quoted(refusal.code)))\n"
    }
    let all = rules.refusals.map { "    \(quoted($0.code))," }
    return """
      extension RefusalCode {
      \(statics.joined())
        /// All codes; of those that apply to an event, the first is its result.
        package static let byPrecedence: [RefusalCode] = [
      \(all.joined(separator: "\n"))
        ].map { RefusalCode(rawValue: $0) }
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
