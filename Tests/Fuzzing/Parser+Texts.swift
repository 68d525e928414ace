import PostgresClient

@testable import GuaranteeLedger
@testable import PostgresClient

extension Parser {
  /// Short texts: what is given as an option, stands in a cell, or is said by a server.
  static let texts = [
    Parser("connection") { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      _ = ConnectRefusal.sqlState(inVerbose: text)
      _ = (ConnectRefusal.isByServer(text), ConnectRefusal.isOfSettings(text), CStrings.sentence(text))
      let string = try ConnectionString(parsing: text)
      let shown = try ConnectionString(parsing: string.withoutPasswords)
      require(!shown.holdsPassword, "a password is shown")
      require(
        shown.settings == string.settings.filter { !["password", "sslpassword"].contains($0.keyword) },
        "what is shown is another place")
    },
    Parser("position") { bytes in
      guard let position = FeedPosition(String(decoding: bytes, as: UTF8.self)) else { return }
      require(FeedPosition(position.description) == position, "a position is not read as it is written")
    },
    Parser("money") { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      if let amount = Amount(text) {
        require(Amount(amount.description) == amount, "an amount is not read as it is written")
      }
      for currency in ["CNY", "JPY", "KWD"].map({ Currency(rawValue: $0) }) {
        if let money = Money(text, currency) {
          require(Money(money.text, currency) == money, "money is not read as it is written")
          _ = (try? money + money, try? Money.zero(in: currency) - money)
        }
        _ = (BankValues.amount(text, in: currency), BankValues.amount(text, in: currency, decimalMark: ","))
      }
    },
    Parser("date") { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      if let date = LedgerDate(text) {
        require(LedgerDate(date.description) == date, "a date is not read as it is written")
      }
      if let time = LedgerTime(text) {
        require(LedgerTime(time.description) == time, "a time is not read as it is written")
      }
      _ = BankValues.date(text)
    },
    Parser("cell") { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let first = SpreadsheetCell.text(text).unicodeScalars.first {
        ![" ", "\u{A0}", "\u{3000}"].contains($0)
      }
      require(first.map { !"=+-@\t\r\n".unicodeScalars.contains($0) } ?? true, "a cell runs")
      var source = ByteSource(CSVCell.quoted(text) + [UInt8(ascii: "\n")])
      var reader = CSVReader(line: 1)
      if text.utf8.contains(0) { return }
      guard try reader.next(from: &source) != nil else { fatalError("a cell is not read") }
      require(reader.row.text(at: 0) == text, "a cell is not read as it is written")
    },
  ]

  /// Reads event files with a bug that was put in, so that a round shows that it would find one: a quote within a
  /// quoted value, to which no input leads that it begins with.
  static let canary = Parser("canary") { bytes in
    for row in events(in: Array("key,on,event\n".utf8) + bytes, pieceSize: 64) where row.count > 1 {
      if row.contains(where: { $0.utf8.contains(UInt8(ascii: "\"")) }) {
        fatalError("the bug that was put in")
      }
    }
  }
}
