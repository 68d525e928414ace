import GuaranteeLedger

/// Money that has come in from a guarantor.
struct Receipt {
  let key: String
  let office: String
  let guarantor: String
  let amount: Amount
  let currency: Currency
  let reference: String

  /// Reads `KEY OFFICE GUARANTOR AMOUNT CURRENCY REFERENCE`, the reference to the end of the line.
  init?(_ line: String) {
    let words = line.split(separator: " ", maxSplits: 5).map(String.init)
    guard words.count == 6, let amount = Amount(words[3]) else { return nil }
    (key, office, guarantor) = (words[0], words[1], words[2])
    self.amount = amount
    currency = Currency(rawValue: words[4])
    reference = words[5]
  }

  func event(on day: LedgerDate) -> ReceiveFunds {
    ReceiveFunds(
      key: key, on: day, office: office, guarantor: guarantor, amount: amount, currency: currency,
      reference: reference)
  }
}
