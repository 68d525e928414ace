import GuaranteeLedger

/// Money that has come in from a guarantor.
struct Receipt {
  let day: LedgerDate
  let key: String
  let office: String
  let guarantor: String
  let amount: Amount
  let currency: Currency
  let reference: String

  /// Reads `DAY KEY OFFICE GUARANTOR AMOUNT CURRENCY REFERENCE`, the reference to the end of the line.
  ///
  /// The day is in the line, so that the same line is the same event whenever it is given.
  init?(_ line: String) {
    let words = line.split(separator: " ", maxSplits: 6).map(String.init)
    guard words.count == 7, let day = LedgerDate(words[0]), let amount = Amount(words[4]) else { return nil }
    self.day = day
    (key, office, guarantor) = (words[1], words[2], words[3])
    self.amount = amount
    currency = Currency(rawValue: words[5])
    reference = words[6]
  }

  var event: ReceiveFunds {
    ReceiveFunds(
      key: key, on: day, office: office, guarantor: guarantor, amount: amount, currency: currency,
      reference: reference)
  }
}
