import PostgresClient

/// What a function of the database that gives rows takes, and what its rows have, as the database's catalogue says.
struct RowShape: Sendable {
  struct Column: Sendable, Equatable {
    let name: String
    /// The type as the database writes it, such as `numeric`.
    let type: String
  }

  private(set) var arguments: Set<String> = []
  private(set) var columns: [Column] = []

  /// - Parameter rows: Each with a name, whether it is of a column, and a type.
  init(_ rows: [[String?]]) {
    for row in rows where row.count == 3 {
      guard let name = row[0], let type = row[2] else { continue }
      if row[1] == "t" { columns.append(Column(name: name, type: type)) } else { arguments.insert(name) }
    }
  }

  func column(_ name: String) -> Column? { columns.first { $0.name == name } }

  var reportColumns: [ReportColumn] { columns.map { ReportColumn(name: $0.name, kind: $0.kind) } }

  /// The first parameter is a function's name. Of what is read through a view of its own, the shape is the same.
  static let statement = """
    select n.name, n.mode = 't', format_type(n.type, null)
      from pg_proc p
     cross join lateral unnest(p.proargnames, p.proargmodes, p.proallargtypes) with ordinality n (name, mode, type, place)
     where p.pronamespace = 'guarantee_api'::regnamespace and p.proname = $1
     order by n.place
    """
}

extension RowShape.Column {
  var kind: ReportColumn.Kind {
    switch type {
    case "smallint", "integer", "bigint": .integer
    case "numeric": .number
    case "date": .date
    case "boolean": .boolean
    default: .text
    }
  }

  var isText: Bool { type == "text" }

  /// Whether it says of which day something is.
  var isDay: Bool { type == "date" || type == "timestamp with time zone" }
}

/// Work that gives rows at its end, or changes something, and whose columns somebody may want to know before.
package enum RowWork: String, Sendable {
  case check = "check_ledger"
  case bankImport = "bank_import"
  case bankMatch = "bank_matches"
}

extension Ledger {
  /// The columns of the rows that work gives.
  package func columns(of work: RowWork) async throws(LedgerError) -> [ReportColumn] {
    try await shape(of: work.rawValue).reportColumns
  }

  /// Asks the database what a function takes and gives.
  func shape(of function: String) async throws(LedgerError) -> RowShape {
    RowShape(try await query(RowShape.statement, [function], prepared: true).rows)
  }
}
