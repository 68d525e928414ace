import PostgresClient

/// All that the ledger knows of one dispute at one moment.
///
/// What its position says can be asked of it directly: `dispute.stage`, `dispute.cover`.
@dynamicMemberLookup
public struct Dispute: Sendable, Hashable {
  /// Where the dispute stands.
  public let position: DisputePosition
  /// Its goods, sorted by number.
  public let lots: [Lot]
  /// Its statutory periods and the ends of its undertakings, sorted by name.
  public let deadlines: [Deadline]
  /// Its accounts with money on them, sorted by name.
  public let balances: [AccountBalance]

  /// What the dispute's position says.
  public subscript<Value>(dynamicMember member: KeyPath<DisputePosition, Value>) -> Value {
    position[keyPath: member]
  }
}

extension Ledger {
  /// One dispute with its goods, deadlines and money, all of the same moment.
  ///
  /// - Parameters:
  ///   - number: The dispute's number.
  ///   - deadline: How long the reading may take; `nil` for the ledger's own deadline.
  /// - Returns: `nil` when there is no such dispute.
  /// - Throws: `LedgerError`.
  public func dispute(
    _ number: String, deadline: Duration? = nil
  ) async throws(LedgerError) -> Dispute? {
    let parts: [(of: any ReadableRow.Type, function: String)] = [
      (DisputePosition.self, "report_disputes"), (Lot.self, "report_lots"),
      (Deadline.self, "report_deadlines"), (AccountBalance.self, "report_balances"),
    ]
    let together = ReadingsTogether(
      parts.map { Reading($0.function, columns: $0.of.columns, ["dispute": number]) })
    let result = try await query(together, prepared: true, deadline: deadline)
    let rows = together.split(result.rows)
    guard let position = try Self.typed(rows[0], as: DisputePosition.self).first else { return nil }
    return Dispute(
      position: position, lots: try Self.typed(rows[1]), deadlines: try Self.typed(rows[2]),
      balances: try Self.typed(rows[3]))
  }

  private static func typed<Row: ReadableRow>(
    _ rows: [[String?]], as type: Row.Type = Row.self
  ) throws(LedgerError) -> [Row] {
    try rows.map { values throws(LedgerError) in
      var reader = RowReader(values, of: Row.columns)
      return try Row(&reader)
    }
  }
}
