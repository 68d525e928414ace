/// A table of the audit pack: a CSV file, sorted by its key.
struct PackTable: Sendable {
  /// Columns of this table that name a row of another.
  struct Reference: Sendable {
    let columns: [String]
    let table: String
    let theirs: [String]

    init(_ columns: [String], of table: String, _ theirs: [String]? = nil) {
      self.columns = columns
      self.table = table
      self.theirs = theirs ?? columns
    }
  }

  /// Such as `events`; the file is `events.csv`.
  let name: String
  let columns: [String]
  let key: [String]
  /// Columns that are never empty.
  var required: [String]
  var references: [Reference]
  /// What gives the rows, in the order of the key.
  let query: String

  var file: String { name + ".csv" }

  /// Where a column stands; `nil` when there is none of that name.
  func index(of column: String) -> Int? { columns.firstIndex(of: column) }
}

extension PackTable {
  /// All tables, in the order in which they are written, for the fields that events have.
  static func all(fields: [String], of selection: PackSelection = PackSelection()) -> [PackTable] {
    let whole = [
      events(fields), entries, accounts, disputes, lots, parties, recordals, facilities, offices, attempts,
      seals, closings, closingBalances,
    ]
    if selection.isWhole { return whole }
    let shown = whole.filter(selection.has).map { $0.narrowed(to: selection) }
    return shown + [chain] + (selection.from == nil ? [] : openings(of: shown))
  }

  /// What the journal says of each event besides its fields; some of it is a field of some events as well.
  private static let before = ["office", "sequence", "key", "on", "event"]
  private static let derived = [
    "dispute", "currency", "stage_from", "stage_to", "lot_from", "lot_to", "recorded_at", "recorded_by",
    "approved_by", "closing_hash", "hash",
  ]

  /// - Parameter fields: every field of any event, in their order.
  static func events(_ fields: [String]) -> PackTable {
    let ownFields = fields.filter { !before.contains($0) && !derived.contains($0) }
    let columns =
      before + fields.filter { !before.contains($0) } + derived.filter { !fields.contains($0) }
    let expressions = columns.map { column in
      ownFields.contains(column) ? "fields ->> '\(column)' as \"\(column)\"" : "\"\(column)\""
    }
    return PackTable(
      name: "events", columns: columns, key: ["office", "sequence"],
      required: ["sequence", "key", "on", "event", "recorded_at", "recorded_by"],
      references: [
        Reference(["office"], of: "offices"), Reference(["dispute"], of: "disputes"),
        Reference(["reverses"], of: "events", ["key"]),
      ].filter { columns.contains($0.columns[0]) },
      query: "select \(expressions.joined(separator: ", ")) from guarantee_api.export_events()")
  }

  static let entries = PackTable(
    "entries",
    [
      "office", "sequence", "line", "role", "dispute", "guarantor", "currency", "debit", "credit", "balance",
      "version",
    ],
    key: ["office", "sequence", "line"],
    required: ["office", "sequence", "line", "role", "currency", "balance", "version"],
    [
      Reference(["office", "sequence"], of: "events"),
      Reference(["office", "role", "dispute", "guarantor", "currency"], of: "accounts"),
    ])

  static let accounts = PackTable(
    "accounts", ["office", "role", "dispute", "guarantor", "currency", "account", "balance", "version"],
    key: ["office", "role", "dispute", "guarantor", "currency"],
    required: ["office", "role", "currency", "account", "balance", "version"],
    [
      Reference(["office"], of: "offices"), Reference(["dispute"], of: "disputes"),
      Reference(["guarantor"], of: "parties", ["party"]),
    ])

  static let disputes = PackTable(
    "disputes",
    [
      "dispute", "office", "procedure", "recordal", "right_holder", "consignor", "currency", "stage",
      "stage_since",
      "outcome", "award", "decided_on", "under_order",
    ],
    key: ["dispute"],
    required: [
      "dispute", "office", "procedure", "recordal", "right_holder", "consignor", "currency", "stage",
      "stage_since",
      "under_order",
    ],
    [
      Reference(["office"], of: "offices"), Reference(["recordal"], of: "recordals"),
      Reference(["right_holder"], of: "parties", ["party"]),
      Reference(["consignor"], of: "parties", ["party"]),
    ])

  static let lots = PackTable(
    "lots", ["dispute", "lot", "state", "currency", "value"], key: ["dispute", "lot"],
    required: ["dispute", "lot", "state", "currency", "value"], [Reference(["dispute"], of: "disputes")])

  static let parties = PackTable(
    "parties", ["party", "kind", "name"], key: ["party"], required: ["party", "kind"], [])

  static let recordals = PackTable(
    "recordals", ["recordal", "party", "kind", "valid_from", "valid_to"], key: ["recordal"],
    required: ["recordal", "party", "kind", "valid_from", "valid_to"], [Reference(["party"], of: "parties")])

  static let facilities = PackTable(
    "facilities", ["office", "guarantor", "currency", "amount", "consignor_limit", "granted_on", "valid_to"],
    key: ["office", "guarantor"], required: ["office", "guarantor", "currency", "amount", "granted_on"],
    [Reference(["office"], of: "offices"), Reference(["guarantor"], of: "parties", ["party"])])

  static let offices = PackTable(
    "offices", ["office", "zone", "name", "instruments"], key: ["office"],
    required: ["office", "zone", "instruments"], [])

  static let attempts = PackTable(
    "attempts",
    ["office", "number", "attempted_at", "attempted_by", "result", "reported", "fields", "hash"],
    key: ["office", "number"],
    required: ["number", "attempted_at", "attempted_by", "result", "reported", "fields", "hash"],
    [Reference(["office"], of: "offices")])

  static let seals = PackTable(
    "seals",
    ["number", "sealed_at", "sealed_by", "key_id", "root", "statement", "signature", "public_key"],
    key: ["number"],
    required: [
      "number", "sealed_at", "sealed_by", "key_id", "root", "statement", "signature", "public_key",
    ], [])

  static let closings = PackTable(
    "closings",
    [
      "office", "through", "sequence", "previous", "account_count", "balances", "disputes", "lots",
      "closing_hash",
    ],
    key: ["office", "through"],
    required: [
      "office", "through", "sequence", "previous", "account_count", "balances", "disputes", "lots",
      "closing_hash",
    ],
    [Reference(["office", "sequence"], of: "events")])

  static let closingBalances = PackTable(
    "closing_balances",
    [
      "office", "role", "dispute", "guarantor", "currency", "through", "opening", "debit", "credit",
      "closing",
    ],
    key: ["office", "role", "dispute", "guarantor", "currency", "through"],
    required: ["office", "role", "currency", "through", "opening", "debit", "credit", "closing"],
    [
      Reference(["office", "through"], of: "closings"),
      Reference(["office", "role", "dispute", "guarantor", "currency"], of: "accounts"),
    ])

  init(
    _ name: String, _ columns: [String], key: [String], required: [String], _ references: [Reference]
  ) {
    self.init(
      name: name, columns: columns, key: key, required: required, references: references,
      query: "select * from guarantee_api.export_\(name)()")
  }
}
