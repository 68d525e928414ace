/// What a bank says of an account for some days, as it was read from a file.
package struct BankStatement: Sendable, Hashable {
  /// The file as it was named.
  package var file: String
  /// The line of the file on which it begins.
  package var place: Int
  package var format: BankFormat
  /// The account's number or IBAN, without blanks.
  package var account: String
  package var currency: Currency
  /// Its number as the bank gives it, or the days that it is of.
  package var name: String
  /// Whether it is a list of days that may overlap one that was imported before.
  package var isListOfDays = false
  package var opensOn: LedgerDate
  package var closesOn: LedgerDate
  /// The balance before the first line; below zero when the account was overdrawn.
  package var opening: Money
  package var closing: Money
  /// Where the file says what it opens with, and what it closes with.
  package var openingPlace: BankPlace
  package var closingPlace: BankPlace
  package var lines: [BankLine]
}

/// A place in a bank's file.
package struct BankPlace: Sendable, Hashable {
  /// The file as it was named; empty until a page is added to its statement.
  package var file = ""
  /// The line of the file, from 1.
  package var line: Int
  /// The element, tag or column.
  package var field: String
}

/// The forms in which banks give statements.
package enum BankFormat: String, Sendable {
  /// ISO 20022 camt.053, XML.
  case camt053 = "camt.053"
  /// SWIFT MT940.
  case mt940
  /// A table of columns, as Chinese banks give it.
  case csv
}

/// One booking of the bank.
package struct BankLine: Sendable, Hashable {
  /// The line of the file on which it begins.
  package var place: Int
  /// Within what the bank gives its reference once: the statement, or the day.
  package var series = ""
  /// The bank's own reference. Where it gives none, a number in the series, and in a list of days nothing: which
  /// number of its day a line has is known only where the lines before it are.
  package var reference: String
  package var bookedOn: LedgerDate
  package var valueOn: LedgerDate
  /// Money in is positive, money out negative.
  package var amount: Money
  /// What the bank says that it kept back or took on top; `nil` when it says nothing.
  package var charges: Money?
  /// The bank takes back a line of its own.
  package var isReversal = false
  /// A payment that came back from the other bank.
  package var isReturn = false
  /// Interest that the bank pays or takes.
  package var isInterest = false
  /// The time of day, where the bank gives it; beside the flags, where it takes no room.
  package var time: TimeOfDay?
  /// What may be the payment's reference, from all the fields that can have it.
  package var references: [String] = []
  package var counterparty: String?
  package var counterpartyAccount: String?
  package var purpose: String?
}

extension BankLine {
  /// Adds a reference unless it is empty or says that there is none.
  ///
  /// What is longer than any reference is none, and nobody gives dozens of them.
  mutating func addReference(_ text: String?) {
    guard let text = text?.trimmingBlanks, !text.isEmpty, text.utf8.count <= 140, references.count < 40 else {
      return
    }
    guard !["NOTPROVIDED", "NONREF", "NOT PROVIDED"].contains(text.uppercased()) else { return }
    if !references.contains(text) { references.append(text) }
  }

  /// Adds to what the payment is for.
  mutating func addPurpose(_ text: String?) {
    guard let text = text?.trimmingBlanks, !text.isEmpty else { return }
    guard (purpose?.utf8.count ?? 0) < Self.longestPurpose else { return }
    purpose = purpose.map { $0 + " " + text } ?? text
  }

  /// So much is kept of what a payment is for, in bytes, and the text that goes beyond it.
  private static let longestPurpose = 1000

  /// How many bytes its texts have.
  var textBytes: Int {
    [counterparty, counterpartyAccount, purpose].reduce(reference.utf8.count) { $0 + ($1?.utf8.count ?? 0) }
      + references.reduce(0) { $0 + $1.utf8.count }
  }
}

extension [BankLine] {
  /// The lines with references that no two of a series share: banks give one to all parts of a booking.
  func withDistinctReferences() -> [BankLine] {
    var seen: [String: Int] = [:]
    return map { line in
      var line = line
      guard !line.reference.isEmpty else { return line }
      let key = line.series + "\u{0}" + line.reference
      let count = seen[key, default: 0] + 1
      seen[key] = count
      if count > 1 { line.reference += "/\(count)" }
      return line
    }
  }
}

extension StringProtocol {
  /// Without blanks, tabs, line ends and full-width blanks at both ends.
  var trimmingBlanks: String {
    let isBlank = { (character: Character) in
      character == " " || character == "\t" || character == "\u{3000}" || character == "\u{A0}"
        || character.isNewline
    }
    let start = drop(while: isBlank)
    return String(start.reversed().drop(while: isBlank).reversed())
  }
}
