/// A row of a report with its values by the names of their columns.
public struct ReportRow: Sendable, Hashable {
  public let columns: [ReportColumn]
  /// One for each column; `nil` where there is none.
  public let values: [String?]

  /// The value of a column as text; `nil` when it has none or there is no such column.
  public subscript(column: String) -> String? {
    columns.firstIndex { $0.name == column }.flatMap { values[$0] }
  }

  /// The value of a column as an amount; `nil` when it is none, or below zero.
  public func amount(_ column: String) -> Amount? {
    self[column].flatMap { Amount($0) }
  }

  /// The value of a column as a date; `nil` when it is none.
  public func date(_ column: String) -> LedgerDate? {
    self[column].flatMap { LedgerDate($0) }
  }
}

extension Ledger {
  /// Reads all rows of a report, for reports on one subject; long ones are better read row by row.
  public func rows(
    of report: Report, where filters: [ReportFilter: String] = [:]
  ) async throws(LedgerError) -> [ReportRow] {
    var columns: [ReportColumn] = []
    var rows: [ReportRow] = []
    do {
      try await self.report(
        report, where: filters, columns: { columns = $0 },
        row: { rows.append(ReportRow(columns: columns, values: $0)) })
    } catch {
      throw error as? LedgerError ?? LedgerError(.database, "The report could not be read: \(error).")
    }
    return rows
  }
}
