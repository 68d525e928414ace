/// Proves each account's balance from its entries.
final class AccountProof {
  private let rules: PackRules
  private let findings: PackFindings
  private let accounts: DerivedTable
  private let selection: PackSelection
  private let closings: ClosingProof
  private let closingBalances: DerivedTable?
  private var sums: [String: (debit: Int128, credit: Int128, digits: Int)] = [:]

  init(
    _ rules: PackRules, _ findings: PackFindings, _ accounts: DerivedTable, _ selection: PackSelection,
    _ closings: ClosingProof, _ closingBalances: DerivedTable?
  ) {
    self.selection = selection
    self.rules = rules
    self.findings = findings
    self.accounts = accounts
    self.closings = closings
    self.closingBalances = closingBalances
  }

  func run(_ moves: RecordSorter) throws {
    var records = try moves.sorted()
    var account = Account(key: [])
    while try records.next() {
      if records.key != account.key {
        end(account)
        account = Account(key: records.key)
      }
      var reader = PayloadReader(records.payload)
      account.line = Int(reader.number())
      (account.role, account.currency) = (Int(reader.number()), Int(reader.number()))
      let (amount, balance, version) = (reader.number(), reader.number(), reader.number())
      if account.line < 0 {
        (account.balance, account.version) = (Int128(balance), version)
        continue
      }
      account.balance += Int128(amount)
      account.version += 1
      let period = Int(reader.number())
      if period >= 0 { move(&account, by: amount, in: period) }
      if account.balance < 0, selection.through == nil { note(account, "it takes the account below zero") }
      if account.balance != Int128(balance) || account.version != version {
        let wanted = text(account)
        note(account, "the account has \(wanted) after entry \(account.version), and the row says otherwise")
      }
    }
    end(account)
    accounts.finish()
    closingBalances?.finish()
  }

  private func move(_ account: inout Account, by change: Int64, in period: Int) {
    let amount = Int128(change * rules.roles[account.role].normalSide)
    if amount > 0 {
      account.moved[period, default: ClosingProof.Moved()].debit += amount
    } else {
      account.moved[period, default: ClosingProof.Moved()].credit -= amount
    }
  }

  private struct Account {
    let key: [UInt8]
    var role = 0
    var currency = 0
    var balance: Int128 = 0
    var version: Int64 = 0
    /// The line of the latest entry, or of the opening.
    var line = 0
    /// What moved in closed periods.
    var moved: [Int: ClosingProof.Moved] = [:]
  }

  private func note(_ account: Account, _ reason: String) {
    findings.note(.balances, "entries.csv", line: account.line, reason)
  }

  private func text(_ account: Account) -> String {
    MinorUnits.text(account.balance, digits: rules.minorDigits[account.currency])
  }

  static func parts(of key: [UInt8]) -> [[UInt8]] {
    key.dropLast().split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
  }

  /// What an account is called: what is there of its parts, with colons between.
  static func name(of parts: [[UInt8]]) -> [UInt8] {
    var name: [UInt8] = []
    for (place, part) in parts.enumerated() where ![2, 3].contains(place) || !part.isEmpty {
      if place > 0 { name.append(UInt8(ascii: ":")) }
      name.append(contentsOf: part)
    }
    return name
  }

  private func end(_ account: Account) {
    guard !account.key.isEmpty else { return }
    let parts = Self.parts(of: account.key)
    accounts.expect(
      account.key,
      parts + [
        Self.name(of: parts), Array(text(account).utf8),
        Array(String(account.version).utf8),
      ],
      because: "\(place(account.line, of: "entries", opening: "accounts")), is on it")
    let (role, digits) = (rules.roles[account.role], rules.minorDigits[account.currency])
    closings.take(
      account.key, parts, moved: account.moved, normalSide: Int128(role.normalSide), digits: digits,
      line: account.line,
      in: closingBalances)
    let currency = String(decoding: parts[4], as: UTF8.self)
    let place = rules.ledgers[role.ledger] + "\u{0}" + currency
    var sum = sums[place] ?? (0, 0, digits)
    if role.normalSide > 0 { sum.debit += account.balance } else { sum.credit += account.balance }
    sums[place] = sum
  }

  /// What the balances come to, as the manifest has it.
  var totals: [PackManifest.Total] {
    sums.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { place, sum in
      let parts = place.split(separator: "\u{0}", omittingEmptySubsequences: false)
      return PackManifest.Total(
        ledger: String(parts[0]), currency: String(parts[1]),
        debit: MinorUnits.text(sum.debit, digits: sum.digits),
        credit: MinorUnits.text(sum.credit, digits: sum.digits))
    }
  }
}
