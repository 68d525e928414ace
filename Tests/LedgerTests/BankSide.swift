import GuaranteeLedger

/// The bank's side of HARBIN's custody account in the scene, told in two lists of bookings.
enum BankSide {
  static let lists = [
    """
    交易日期,借方,贷方,余额,流水号,凭证号,摘要
    2025-03-03,,1000000.00,1000000.00,BANK0001,M-HARBIN,
    2025-03-04,5.00,,999995.00,BANK0002,,手续费

    """,
    """
    交易日期,借方,贷方,余额,流水号,凭证号,摘要
    2025-03-05,,7.00,1000002.00,BANK0003,,
    2025-03-06,7.00,,999995.00,BANK0004,,冲正 BANK0003

    """,
  ]

  /// Imports both and matches them: line 1 with the event M-HARBIN, lines 3 and 4 with each other.
  static func tell(_ ledger: Ledger) async throws {
    var hints = BankFiles.Hints()
    (hints.account, hints.currency) = ("6222", .cny)
    for list in lists {
      var files = BankFiles(hints: hints)
      try files.read(Array(list.utf8), named: "list.csv")
      try await ledger.importStatements(
        try files.statements(), office: "HARBIN", columns: { _ in }, row: { _ in })
    }
    try await ledger.matchBank(days: 10, charges: nil, columns: { _ in }, row: { _ in })
  }
}
