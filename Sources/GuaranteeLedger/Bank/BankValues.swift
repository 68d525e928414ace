/// Amounts and dates as banks write them.
enum BankValues {
  /// Reads a number that may have a sign, groups of three digits and blanks around it; `nil` for anything else.
  ///
  /// - Parameter decimalMark: What stands before the decimals; the other of comma and point may group digits.
  static func amount(_ text: String, in currency: Currency, decimalMark: Character = ".") -> Money? {
    var digits = text.trimmingBlanks[...]
    var isNegative = false
    if let sign = digits.first, sign == "-" || sign == "+" || sign == "−" {
      isNegative = sign != "+"
      digits = digits.dropFirst()
    }
    if digits.first == "¥" || digits.first == "￥" { digits = digits.dropFirst() }
    let parts = digits.split(separator: decimalMark, omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = ungrouped(parts[0], decimalMark == "." ? "," : ".")
    else { return nil }
    // MT940 ends whole amounts with the mark.
    let number = parts.count == 2 && !parts[1].isEmpty ? whole + "." + parts[1] : whole
    guard let money = Money(isNegative ? "-" + number : number, currency), isExact(money) else { return nil }
    return money
  }

  /// Whether an amount has no more decimals than its currency, zeros behind them aside.
  static func isExact(_ money: Money) -> Bool {
    let decimals = money.text.split(separator: ".").dropFirst().first ?? ""
    return decimals.dropFirst(money.currency.minorDigits ?? 0).allSatisfy { $0 == "0" }
  }

  /// Whether an amount has as many minor units of its currency as the ledger can count.
  static func isHeld(_ money: Money) -> Bool {
    let shift = (money.currency.minorDigits ?? 0) - money.decimals
    let unit = Int128(Amount.power(abs(shift)))
    guard shift > 0 else { return Int64(exactly: money.digits / unit) != nil }
    let (units, isOver) = money.digits.multipliedReportingOverflow(by: unit)
    return !isOver && Int64(exactly: units) != nil
  }

  private static func ungrouped(_ text: Substring, _ mark: Character) -> String? {
    let groups = text.split(separator: mark, omittingEmptySubsequences: false)
    guard groups.count > 1 else { return String(text) }
    // What begins with a zero is no group: 0,500 is a half with another mark.
    guard (1...3).contains(groups[0].count), groups[0].first != "0",
      groups.dropFirst().allSatisfy({ $0.count == 3 })
    else {
      return nil
    }
    return groups.joined()
  }

  /// Reads a date with or without a time behind it: `2026-01-05`, `20260105`, `2026/1/5`, `2026年1月5日`.
  static func date(_ text: String) -> LedgerDate? {
    let text = text.trimmingBlanks
    var numbers: [Int] = []
    var digits = ""
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
        if digits.count == 8, numbers.isEmpty { break }
      } else if "-/.年月日".contains(character), !digits.isEmpty, numbers.count < 3 {
        numbers.append(Int(digits) ?? 0)
        digits = ""
        if numbers.count == 3 { break }
      } else {
        break
      }
    }
    if numbers.isEmpty, digits.count == 8, let number = Int(digits) {
      return LedgerDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }
    if numbers.count == 2, !digits.isEmpty { numbers.append(Int(digits) ?? 0) }
    guard numbers.count == 3, numbers[0] > 99 else { return nil }
    return LedgerDate(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  /// Reads the time of day of a date, or one that stands alone: `15:02:11`, `20260105 10:30`, `20260105103000`, `103000`;
  /// `nil` when there is none.
  static func time(_ text: String) -> TimeOfDay? {
    // Halves of a day are read by nobody here: three o'clock might be fifteen.
    guard !text.contains("午"), !["AM", "PM"].contains(where: text.uppercased().contains) else { return nil }
    let groups = text.split { !$0.isASCII || !$0.isNumber && $0 != ":" }
    let parts: [Substring]
    if let clock = groups.first(where: { $0.contains(":") }) {
      parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    } else if let run = groups.last, [6, 14].contains(run.count), groups.count == 1 || run.count == 6 {
      let run = run.suffix(6)
      parts = [run.prefix(2), run.dropFirst(2).prefix(2), run.suffix(2)]
    } else {
      return nil
    }
    guard (2...3).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.count) }) else { return nil }
    let numbers = parts.map { Int($0) ?? -1 } + [0]
    return TimeOfDay(hour: numbers[0], minute: numbers[1], second: numbers[2])
  }

  /// An account's number without the blanks between its digits, which banks set as they like.
  static func account(_ text: String) -> String {
    String(text.filter { $0 != " " && $0 != "\t" && $0 != "\u{A0}" && $0 != "\u{3000}" && $0 != "'" })
  }

  /// Whether an account's number is one that a spreadsheet took for a quantity, such as `6.222E+15`.
  static func isRounded(_ account: String) -> Bool {
    account.wholeMatch(of: /\d+(\.\d+[Ee]\+?|[Ee]\+)\d+/) != nil
  }

  /// Whether a code is one of the currencies that the ledger knows.
  static func currency(_ text: String) -> Currency? {
    let names = [
      "人民币": "CNY", "人民币元": "CNY", "RMB": "CNY", "美元": "USD", "欧元": "EUR", "港币": "HKD", "港元": "HKD",
      "日元": "JPY",
    ]
    let text = text.trimmingBlanks
    let currency = Currency(rawValue: names[text] ?? text.uppercased())
    return currency.minorDigits == nil ? nil : currency
  }
}
