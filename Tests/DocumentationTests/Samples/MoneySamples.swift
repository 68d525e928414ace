import GuaranteeLedger

// What CalculatingWithMoney.md and the comments on Money show.
enum MoneySamples {
  struct Form {
    let amount: String
  }

  enum FormError: Error { case notAnAmount, tooManyDecimals }

  static func parsed(_ form: Form, _ currency: Currency) throws -> Amount {
    // begin sample
    guard let amount = Amount(form.amount) else { throw FormError.notAnAmount }
    if let most = currency.minorDigits, amount.decimals > most { throw FormError.tooManyDecimals }
    return amount
    // end sample
  }

  static func sums(_ ledger: Ledger, bill: Money) async throws -> Money? {
    // begin sample
    var total = Money.zero(in: .cny)
    for try await row in ledger.balances(guarantor: "BANK-A") where row.currency == .cny {
      total = try total + row.balance
    }
    if try total < bill { return try bill - total }
    // end sample
    return nil
  }

  static func reserved(_ exposure: GuarantorExposure, due: Money, reserve: Money) throws -> Bool {
    var isAskedForMore = false
    func askForMore() { isAskedForMore = true }
    // begin sample
    let left = try exposure.funds - due
    if try left < reserve { askForMore() }
    // end sample
    return isAskedForMore
  }

  static func refundAll(
    _ ledger: Ledger, key: String, on day: LedgerDate
  ) async throws -> RecordResult? {
    // begin sample
    guard let exposure = try await ledger.exposure(of: "BANK-A", at: "HARBIN", in: .cny),
      let funds = exposure.funds.amount, !exposure.funds.isZero
    else { return nil }
    return try await ledger.record(
      RefundFunds(
        key: key, on: day, office: "HARBIN", guarantor: "BANK-A", amount: funds, currency: .cny))
    // end sample
  }
}
