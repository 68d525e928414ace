/// By which functions a login reads: the readings themselves when it owns the ledger, and else those that run with
/// rights of their own and show the login's offices alone.
enum Desk: Sendable {
  case owners, members

  /// A statement that reads, as this login has to send it.
  func statement(_ sql: String) -> String {
    switch self {
    case .owners: sql
    case .members:
      sql.replacing("guarantee_api.", with: "guarantee_desk.")
        .replacing("guarantee_past.", with: "guarantee_desk_past.")
    }
  }
}
