/// A statement line of MT940, field 61: `2601050105C1234,56NTRFHRB-7//B0017`, with a supplement below it.
struct MT940Line {
  let line: BankLine

  init(_ field: MT940Reader.Field, in currency: Currency) throws {
    let tag = ":61:"
    var rest = field.lines[0][...]
    guard let valueOn = Self.date(rest.prefix(6)) else {
      throw BankFileProblem(field.place, tag, "\(shown(String(rest.prefix(6)))) is no date")
    }
    rest = rest.dropFirst(6)
    var bookedOn = valueOn
    if rest.first?.isNumber ?? false {
      guard let date = Self.entryDate(rest.prefix(4), near: valueOn) else {
        throw BankFileProblem(field.place, tag, "\(shown(String(rest.prefix(4)))) is no month and day")
      }
      bookedOn = date
      rest = rest.dropFirst(4)
    }
    let marks = ["RC": (true, true), "RD": (false, true), "C": (false, false), "D": (true, false)]
    guard let mark = ["RC", "RD", "C", "D"].first(where: { rest.hasPrefix($0) }),
      let (isOut, isReversal) = marks[mark]
    else { throw BankFileProblem(field.place, tag, "behind the date stands none of C, D, RC and RD") }
    rest = rest.dropFirst(mark.count)
    // The third letter of the currency may follow.
    if rest.first?.isLetter ?? false { rest = rest.dropFirst() }
    let number = rest.prefix { $0.isNumber || $0 == "," }
    let amount = try Self.amount(number, in: currency, isOut: isOut, field.place, tag)
    rest = rest.dropFirst(number.count)
    guard rest.count >= 4, "NSF".contains(rest.first ?? " ") else {
      throw BankFileProblem(field.place, tag, "behind the amount stands no kind of transaction, such as NTRF")
    }
    let kind = rest.prefix(4)
    rest = rest.dropFirst(4)
    var (own, bank) = (String(rest), "")
    let bytes = Array(rest)
    if let slash = bytes.indices.first(where: {
      $0 + 1 < bytes.count && bytes[$0] == "/" && bytes[$0 + 1] == "/"
    }) {
      (own, bank) = (String(bytes[..<slash]), String(bytes[(slash + 2)...]))
    }
    var line = BankLine(
      place: field.place, reference: bank.trimmingBlanks, bookedOn: bookedOn, valueOn: valueOn, amount: amount
    )
    line.isReversal = isReversal
    line.isInterest = kind.hasSuffix("INT")
    line.isReturn = kind.hasSuffix("RTI") || kind.hasSuffix("RET")
    line.addReference(own)
    line.addReference(bank)
    for supplement in field.lines.dropFirst() { line.addPurpose(supplement) }
    self.line = line
  }

  /// A date as `YYMMDD`.
  static func date(_ text: Substring) -> LedgerDate? {
    guard text.count == 6, text.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(text) else {
      return nil
    }
    let year = number / 10_000
    return LedgerDate(
      year: year < 80 ? 2000 + year : 1900 + year, month: number / 100 % 100, day: number % 100)
  }

  /// A day of the year as `MMDD`, in the year that brings it next to another date.
  private static func entryDate(_ text: Substring, near date: LedgerDate) -> LedgerDate? {
    guard text.count == 4, text.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(text) else {
      return nil
    }
    let month = number / 100
    let year = month - date.month > 6 ? date.year - 1 : date.month - month > 6 ? date.year + 1 : date.year
    return LedgerDate(year: year, month: month, day: number % 100)
  }

  /// An amount with a comma for the decimals, which has to be there.
  static func amount(
    _ text: Substring, in currency: Currency, isOut: Bool, _ place: Int, _ tag: String
  ) throws -> Money {
    guard text.contains(","), text.first != ",", text.first?.isNumber ?? false,
      let amount = BankValues.amount(String(text), in: currency, decimalMark: ","), !amount.isNegative
    else { throw BankFileProblem(place, tag, "\(shown(String(text))) is no amount such as 1234,56") }
    return isOut && !amount.isZero ? Money("-" + amount.text, currency) ?? amount : amount
  }
}
