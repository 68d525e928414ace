/// A reading of the ledger that comes as rows, sorted by its leading columns.
package enum Report: String, Sendable, CaseIterable {
  case balances
  case trialBalance = "trial-balance"
  case statement
  case exposure
  case disputes
  case lots
  case deadlines
  case ageing
  case attempts
  case seals
  case pending
  case journal
  case lateEntries = "late-entries"
  case movements
  case flows
  case cover
  case commitments
  case segregation
  case unclaimed
  case recourse
  case reconciliation
  case closing
  case closings

  /// What the rows can be narrowed to.
  package var filters: [ReportFilter] {
    switch self {
    case .balances: [.office, .dispute, .guarantor, .zero]
    case .trialBalance: [.office, .totals]
    case .statement: [.account, .dispute, .guarantor, .from, .to]
    case .exposure: [.office, .guarantor]
    case .disputes: [.office, .dispute, .guarantor, .stage]
    case .lots: [.office, .dispute]
    case .deadlines, .commitments: [.office, .dispute, .guarantor]
    case .ageing, .recourse: [.office, .guarantor]
    case .journal, .lateEntries: [.office, .dispute, .from, .to]
    case .movements, .flows, .cover: [.office, .from, .to]
    case .segregation, .unclaimed, .pending: [.office]
    case .attempts, .closings: [.office]
    case .closing: [.office, .through]
    case .seals: []
    case .reconciliation: [.office, .currency]
    }
  }

  /// The function in the database that gives the rows.
  func function(where filters: [ReportFilter: String]) -> String {
    // A statement of a period says besides what there was before and after it.
    if self == .statement, filters[.from] != nil || filters[.to] != nil { return "report_period_statement" }
    return "report_" + String(rawValue.map { $0 == "-" ? "_" : $0 })
  }
}

/// What a report's rows can be narrowed to: those of the given code alone, or of a period.
package enum ReportFilter: String, Sendable, CaseIterable {
  case account
  case office
  case dispute
  case guarantor
  /// The stage that a dispute is at.
  case stage
  /// The first day of a period, as `YYYY-MM-DD`.
  case from = "from_date"
  /// The last day of a period, as `YYYY-MM-DD`.
  case to = "to_date"
  case currency
  /// The day through which books were closed, as `YYYY-MM-DD`, or a later one.
  case through
  /// Widens instead: with any value, accounts at zero come too.
  case zero
  /// Widens instead: with any value, the totals of each ledger come too.
  case totals
}

/// A column of a report.
package struct ReportColumn: Sendable, Hashable {
  /// How the values of a column are read and set.
  package enum Kind: Sendable, Hashable {
    case text
    /// A whole number, such as of days.
    case integer
    /// An exact decimal number, such as an amount.
    case number
    /// `YYYY-MM-DD`.
    case date
    /// `true` or `false`.
    case boolean
  }

  package let name: String
  package let kind: Kind

  package init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}
