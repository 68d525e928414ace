import ReferenceLedger

/// What can be read both from the model and from the database, as rows of text to compare.
enum Reading: String, CaseIterable {
  case balances, trialBalance, disputes, lots, deadlines, exposure

  /// The query that gives the database's rows.
  var sql: String {
    switch self {
    case .balances:
      """
      select role, office, dispute, guarantor, currency, balance from guarantee_api.report_balances()
       order by role, office, dispute, guarantor, currency
      """
    case .trialBalance:
      """
      select office, role, currency, coalesce(debit, credit) from guarantee_api.report_trial_balance()
       where coalesce(debit, credit) <> 0
      """
    case .disputes:
      """
      select dispute, office, stage, outcome, currency, goods_value, conditionally_released, cover, award, drawn
        from guarantee_api.report_disputes()
      """
    case .lots: "select dispute, lot, state, currency, value from guarantee_api.report_lots()"
    case .deadlines:
      """
      select dispute, deadline, case when deadline <> 'cover_ends' then starts_on end, due_on
        from guarantee_api.report_deadlines() order by dispute, deadline, due_on
      """
    case .exposure:
      """
      select office, guarantor, currency, facility, held, frozen, undertaken, called, exposure, funds
        from guarantee_api.report_exposure()
       where facility is not null or exposure <> 0 or funds <> 0
      """
    }
  }

  /// The model's rows.
  func rows(of ledger: ReferenceLedger, today: Day) -> [[String]] {
    switch self {
    case .balances:
      ledger.accountBalances.map {
        [
          $0.account, $0.office, $0.dispute ?? "", $0.guarantor ?? "", $0.currency,
          Currency.text($0.balance, $0.currency),
        ]
      }
    case .trialBalance:
      ledger.trialBalance.map {
        [$0.office, $0.role, $0.currency, Currency.text($0.balance, $0.currency)]
      }
    case .disputes: ledger.disputePositions(today: today).map(Self.row)
    case .lots:
      ledger.lotPositions.map {
        [$0.dispute, $0.lot, $0.state, $0.currency, Currency.text($0.value, $0.currency)]
      }
    case .deadlines:
      // The model counts from the first day of a period, the report names the day of the act before it.
      ledger.deadlinePositions.map { deadline in
        [
          deadline.dispute, deadline.deadline, deadline.startsOn.map { "\($0 - 1)" } ?? "",
          deadline.dueOn.map { "\($0)" } ?? "",
        ]
      }
    case .exposure: ledger.exposurePositions.map(Self.row)
    }
  }

  private static func row(_ dispute: ReferenceLedger.DisputePosition) -> [String] {
    let amounts = [
      dispute.goodsValue, dispute.conditionallyReleased, dispute.cover, dispute.award, dispute.drawn,
    ]
    return [dispute.dispute, dispute.office, dispute.stage, dispute.outcome ?? "", dispute.currency]
      + amounts.map { $0.map { Currency.text($0, dispute.currency) } ?? "" }
  }

  private static func row(_ position: ReferenceLedger.ExposurePosition) -> [String] {
    let amounts = [
      position.facility, position.held, position.frozen, position.undertaken, position.called,
      position.exposure, position.funds,
    ]
    return [position.office, position.guarantor, position.currency]
      + amounts.map { $0.map { Currency.text($0, position.currency) } ?? "" }
  }
}

extension TestLedger {
  /// The first row in which the database reads otherwise than the model, for each reading.
  ///
  /// - Parameters:
  ///   - ofThePast: Whether it is asked what was, on a connection that looks back.
  ///   - day: What is taken for today; `nil` for the database's.
  func disagreements(
    with model: ReferenceLedger, ofThePast: Bool = false, today day: Day? = nil
  ) async throws -> [String] {
    let today = if let day { day } else { try await today() }
    var found: [String] = []
    for reading in Reading.allCases {
      let expected = reading.rows(of: model, today: today)
      let sql = ofThePast ? reading.sql.replacing("guarantee_api.", with: "guarantee_past.") : reading.sql
      let rows = try await rows(sql)
      let count = max(expected.count, rows.count)
      func row(_ list: [[String]], _ index: Int) -> [String] { index < list.count ? list[index] : [] }
      if let index = (0..<count).first(where: { row(expected, $0) != row(rows, $0) }) {
        found.append("\(reading) row \(index): want \(row(expected, index)), got \(row(rows, index))")
      }
    }
    return found
  }
}
