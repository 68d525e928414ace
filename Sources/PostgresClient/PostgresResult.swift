/// A column of a result.
package struct PostgresColumn: Hashable, Sendable {
  /// How a value is to be read and shown.
  package enum Kind: Hashable, Sendable {
    case integer, number, date, timestamp, boolean, json, text
  }

  package let name: String
  /// The number of the column's type in `pg_type`; of a domain, its base type.
  package let typeOID: UInt32

  package init(name: String, typeOID: UInt32) {
    self.name = name
    self.typeOID = typeOID
  }

  /// What the type is for a reader; every type that isn't known here is text.
  package var kind: Kind {
    switch typeOID {
    case 16: .boolean
    case 20, 21, 23: .integer
    case 26, 700, 701, 1700: .number
    case 1082: .date
    case 1114, 1184: .timestamp
    case 114, 3802: .json
    default: .text
    }
  }
}

/// The values of one row in the order of the columns, as the server writes them; `nil` is SQL's null.
package typealias PostgresRow = [String?]

/// All that a statement returned.
package struct PostgresResult: Hashable, Sendable {
  package var columns: [PostgresColumn] = []
  package var rows: [PostgresRow] = []
  /// The server's word for what was done, such as `INSERT 0 3`.
  package var command: String = ""
  /// How many rows were changed, or returned.
  package var affectedRows: Int = 0

  /// The first column of the first row, for statements that return one value.
  package var value: String? {
    rows.first?.first ?? nil
  }

  /// The place of a column, or `nil` when there is none of that name.
  package func index(of column: String) -> Int? {
    columns.firstIndex { $0.name == column }
  }
}
