import LedgerSQL

/// The tables of a pack, as the rules make them, and their descriptions for other programs.
struct PackDescription {
  let tables: [PackTable]
  private let titles: [String: [String: String]]
  private let fieldTypes: [String: String]
  private let choices: [String: [String]]
  private let eventNames: [String]
  private let roles: [String]
  private let ruleFiles: [String]

  private let selection: PackSelection
  /// What stands beside the tables, described as well.
  let additions: [PackAddition]

  /// - Parameters:
  ///   - rules: the texts of the rules' files by their names, such as `events`.
  ///   - selection: what the pack is of.
  init(
    rules: [String: [UInt8]], of selection: PackSelection = PackSelection(), _ additions: [PackAddition] = []
  ) throws {
    self.selection = selection
    self.additions = additions
    func rows(_ name: String) throws -> [[String: String]] { try RuleRows(rules[name] ?? []).rows }
    let (events, fields) = (try rows("events"), try rows("fields"))
    tables = PackTable.all(fields: PackRules.fields(events: events, fields: fields), of: selection)
    titles = Dictionary(try rows("titles").map { ($0["name"] ?? "", $0) }) { first, _ in first }
    fieldTypes = Dictionary(fields.map { ($0["field"] ?? "", $0["type"] ?? "") }) { first, _ in first }
    choices = Dictionary(
      fields.map { ($0["field"] ?? "", ($0["values"] ?? "").split(separator: " ").map(String.init)) }
    ) { $0 + $1 }
    eventNames = events.compactMap { $0["event"] }
    roles = try rows("accounts").compactMap { $0["role"] }
    ruleFiles = rules.keys.sorted()
  }

  private enum ColumnType: String {
    case text, code, integer, amount, date, time, boolean, hash

    /// As Table Schema calls it.
    var schemaType: String {
      switch self {
      case .text, .code, .hash: "string"
      case .integer: "integer"
      case .amount: "number"
      case .date: "date"
      case .time: "datetime"
      case .boolean: "boolean"
      }
    }

    var sqlType: String {
      switch self {
      case .text, .code, .hash: "VARCHAR"
      case .integer: "BIGINT"
      case .amount: "DECIMAL(23,4)"
      case .date: "DATE"
      case .time: "TIMESTAMPTZ"
      case .boolean: "BOOLEAN"
      }
    }
  }

  private func type(of column: String) -> ColumnType {
    ColumnType(rawValue: titles[column]?["type"] ?? "") ?? ColumnType(rawValue: fieldTypes[column] ?? "")
      ?? .text
  }

  /// Whether a column's cells are text, whatever they look like.
  func isText(_ column: String) -> Bool {
    switch type(of: column) {
    case .text, .code, .hash: true
    case .integer, .amount, .date, .time, .boolean: false
    }
  }

  private func title(_ name: String, _ language: String) -> String {
    let opening = name.hasPrefix("opening_") ? String(name.dropFirst("opening_".count)) : nil
    if let opening { return (language == "zh" ? "期初:" : "Opening: ") + title(opening, language) }
    let title = titles[name]?["title_" + language] ?? ""
    return title.isEmpty ? name : title
  }

  // MARK: Data Package

  /// `datapackage.json`, as the Data Package standard has it.
  var dataPackage: DataPackage {
    DataPackage(
      name: "guarantee-ledger-audit-pack", title: "Guarantee ledger: audit pack",
      titleZH: "第三方反担保台账:审计数据包",
      resources: tables.map(resource) + (additions.contains(.ads) ? AuditDataStandard.resources : []))
  }

  private func resource(_ table: PackTable) -> DataPackage.Resource {
    DataPackage.Resource(
      name: table.name, path: table.file, title: title(table.name, "en"), titleZH: title(table.name, "zh"),
      schema: DataPackage.Schema(
        fields: table.columns.map { field($0, of: table) }, primaryKey: table.key,
        foreignKeys: table.references.map { reference in
          // A table that refers to itself says so by an empty name.
          let resource = reference.table == table.name ? "" : reference.table
          return DataPackage.ForeignKey(
            fields: reference.columns,
            reference: DataPackage.Reference(resource: resource, fields: reference.theirs))
        }))
  }

  private func field(_ column: String, of table: PackTable) -> DataPackage.Field {
    let type = type(of: column)
    var constraints = DataPackage.Constraints()
    if table.required.contains(column) { constraints.required = true }
    if table.key == [column] || table.name == "events" && column == "key" { constraints.unique = true }
    switch (column, type) {
    case ("event", _): constraints.values = eventNames
    case ("role", _): constraints.values = roles
    case ("currency", _): constraints.pattern = "[A-Z]{3}"
    case ("office", _) where table.name == "attempts": break
    case (_, .hash): constraints.pattern = "[0-9a-f]{64}"
    // An account's balance of a day may be below zero, when what it paid out was dated before what came in.
    case ("opening", _), ("closing", _): break
    case ("balance", _) where selection.through != nil: break
    case (_, .amount), (_, .integer): constraints.minimum = 0
    case ("instrument", _), ("outcome", _): break
    case (_, .code) where !(choices[column] ?? []).isEmpty: constraints.values = choices[column]
    default: break
    }
    return DataPackage.Field(
      name: column, type: type.schemaType, format: type == .time ? "any" : nil, title: title(column, "en"),
      titleZH: title(column, "zh"), constraints: constraints.isEmpty ? nil : constraints)
  }

  // MARK: DuckDB

  /// `load.sql`, which makes tables of the files in DuckDB.
  var loadScript: String {
    let dialect = #"header = true, delim = ',', quote = '"', escape = '"', nullstr = ''"#
    let loads = tables.map { table in
      let columns = table.columns.map { "    '\($0)': '\(type(of: $0).sqlType)'" }.joined(separator: ",\n")
      return """
        create table \(table.name) as select * from read_csv('\(table.file)', \(dialect), columns = {
        \(columns)
          });

        """
    }
    let ads = additions.contains(.ads) ? AuditDataStandard.loads(dialect) : []
    let rules = ruleFiles.map { name in
      "create table rules_\(String(name.map { $0 == "-" ? "_" : $0 })) as select * from read_csv('rules/\(name).csv', \(dialect), all_varchar = true);\n"
    }
    return """
      -- Loads the pack into DuckDB: run it in the pack's folder, as in: duckdb ledger.duckdb < load.sql

      """ + loads.joined() + ads.joined() + rules.joined()
  }
}

extension AuditPack {
  /// The tables of a pack of the whole ledger: each file's name, and the query that gives its rows.
  package static func queries() throws -> [(file: String, query: String)] {
    let rules = Dictionary(uniqueKeysWithValues: LedgerSQL.rules.map { ($0.name, Array($0.text.utf8)) })
    return try PackDescription(rules: rules).tables.map { ($0.file, $0.query) }
  }
}
