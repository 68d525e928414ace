import GuaranteeLedger

// What ReadingTheBooks.md and the comments on what is read show.
enum ReadingSamples {
  static func one(_ ledger: Ledger) async throws -> [String] {
    var printed: [String] = []
    func print(_ items: Any...) { printed.append(items.map { "\($0)" }.joined(separator: " ")) }
    // begin sample
    guard let dispute = try await ledger.dispute("QD-2026-0101") else { return ["no such dispute"] }
    print(dispute.stage, dispute.cover)
    for lot in dispute.lots where lot.state == .releasedConditionally { print(lot.lot, lot.value) }
    for account in dispute.balances { print(account.role, account.balance) }
    // end sample
    return printed
  }

  static func rows(_ ledger: Ledger) async throws -> [String] {
    var printed: [String] = []
    func print(_ items: Any...) { printed.append(items.map { "\($0)" }.joined(separator: " ")) }
    // begin sample
    for try await dispute in ledger.disputes(office: "QINGDAO", stage: .litigating) {
      print(dispute.dispute, dispute.cover)
    }
    // end sample
    return printed
  }

  static func whole(_ ledger: Ledger) async throws -> [TrialBalanceLine] {
    // begin sample
    let lines = try await ledger.trialBalance(office: "QINGDAO").all()
    // end sample
    return lines
  }

  static func page(
    _ ledger: Ledger, _ request: [String: String], _ response: inout [String: String]
  ) async throws -> [DisputePosition] {
    // begin sample
    let start = request["after"].flatMap { Bookmark<DisputePosition>($0) }
    let page = try await ledger.disputes(office: "QINGDAO", after: start, limit: 100).all()
    response["after"] = page.last?.bookmark.description
    // end sample
    return page
  }

  static func patient(_ ledger: Ledger) async throws -> Int {
    var count = 0
    // begin sample
    for try await line in ledger.statement(of: .account("QINGDAO:bank:CNY"), deadline: .seconds(600)) {
      count += line.debit == nil ? 0 : 1
    }
    // end sample
    return count
  }

  static func then(_ ledger: Ledger, _ yearEnd: LedgerDate, _ audit: LedgerTime) async throws -> [String] {
    var printed: [String] = []
    func print(_ items: Any...) { printed.append(items.map { "\($0)" }.joined(separator: " ")) }
    // begin sample
    let believed = ledger.asOf(yearEnd).knownAt(audit)
    for try await line in believed.trialBalance() { print(line.role, line.debit ?? line.credit ?? "") }
    // end sample
    return printed
  }

  static func next(_ dispute: DisputePosition) -> String {
    var done = ""
    func askTheCourt() { done = "asked" }
    func settle() { done = "settled" }
    func wait() { done = "waited" }
    // begin sample
    switch dispute.stage {
    case .litigating: askTheCourt()
    case .decided, .closed: settle()
    default: wait()
    }
    // end sample
    return done
  }
}
