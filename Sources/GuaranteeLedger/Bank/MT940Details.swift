/// What field 86 says of a line: SWIFT's words between slashes, the numbered subfields of some banks, or plain text.
struct MT940Details {
  private let lines: [String]

  init(_ lines: [String]) { self.lines = lines }

  func add(to line: inout BankLine) {
    let whole = lines.joined()
    if whole.dropFirst(3).first == "?", whole.prefix(3).allSatisfy(\.isNumber) {
      addNumbered(whole, to: &line)
    } else if whole.hasPrefix("/"), let parts = Self.words(in: whole) {
      addWords(parts, to: &line)
    } else {
      line.addPurpose(lines.joined(separator: " "))
    }
    Self.addMarked(line.purpose ?? "", to: &line)
  }

  // MARK: ?20 to ?63

  private func addNumbered(_ whole: String, to line: inout BankLine) {
    var purpose = ""
    var name = ""
    for part in whole.dropFirst(3).split(separator: "?") {
      guard let number = Int(part.prefix(2)) else { continue }
      let value = part.dropFirst(2)
      switch number {
      case 20...29, 60...63: purpose += value
      case 31: line.counterpartyAccount = BankValues.account(String(value))
      case 32, 33: name += value
      default: break
      }
    }
    line.addPurpose(purpose)
    if !name.trimmingBlanks.isEmpty { line.counterparty = name.trimmingBlanks }
  }

  // MARK: /EREF/ and the like

  private static let known: Set<String> = [
    "EREF", "KREF", "IREF", "PREF", "MREF", "CREF", "SREF", "REFB", "TRTP", "RTRN", "BENM", "ORDP", "NAME",
    "IBAN",
    "ACCT", "ID", "REMI", "USTD", "STRD", "CSID", "CHGS", "OCMT", "PURP", "ULTB", "ULTD", "BIC", "ADDR",
    "ROC",
  ]

  /// The text cut at the words that SWIFT has for it; `nil` when there is none.
  private static func words(in text: String) -> [(word: String, value: String)]? {
    var found: [(word: String, value: String)] = []
    for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init) {
      if known.contains(part) {
        found.append((part, ""))
      } else if found.isEmpty {
        return nil
      } else {
        let value = found[found.count - 1].value
        found[found.count - 1].value = value.isEmpty ? part : value + "/" + part
      }
    }
    return found.isEmpty ? nil : found
  }

  private func addWords(_ parts: [(word: String, value: String)], to line: inout BankLine) {
    var isOther = true
    for (word, value) in parts {
      var value = value
      while value.hasSuffix("/") { value.removeLast() }
      switch word {
      case "EREF", "KREF", "IREF", "PREF", "MREF", "CREF", "SREF", "REFB", "ROC": line.addReference(value)
      case "RTRN": line.isReturn = true
      // The other side is the one who ordered what came in, and gets what goes out.
      case "ORDP": isOther = !line.amount.isNegative
      case "BENM": isOther = line.amount.isNegative
      case "NAME" where isOther && !value.isEmpty: line.counterparty = line.counterparty ?? value
      case "IBAN" where isOther && !value.isEmpty, "ACCT" where isOther && !value.isEmpty:
        line.counterpartyAccount = line.counterpartyAccount ?? BankValues.account(value)
      case "CHGS": addCharges(value, to: &line)
      case "REMI", "USTD", "STRD":
        line.addPurpose(value)
        if value.utf8.count <= 35 { line.addReference(value) }
      default: break
      }
    }
  }

  /// `CNY5,00`.
  private func addCharges(_ text: String, to line: inout BankLine) {
    let currency = line.amount.currency
    guard text.hasPrefix(currency.rawValue) else { return }
    line.charges = BankValues.amount(String(text.dropFirst(3)), in: currency, decimalMark: ",")
  }

  // MARK: EREF+ within the text

  private static let marks = ["EREF+", "KREF+", "MREF+", "CRED+", "SVWZ+", "ABWA+", "DEBT+"]

  private static func addMarked(_ text: String, to line: inout BankLine) {
    for mark in ["EREF+", "KREF+", "MREF+"] {
      guard let start = text.firstRange(of: mark)?.upperBound else { continue }
      let rest = text[start...]
      let end = marks.compactMap { rest.firstRange(of: $0)?.lowerBound }.min() ?? rest.endIndex
      line.addReference(String(rest[..<end]))
    }
  }
}
