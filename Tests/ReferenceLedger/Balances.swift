/// An account by its role and dimensions; there is one for each currency.
package struct Account: Hashable, Sendable {
  let role: String
  let office: String
  let dispute: String?
  let guarantor: String?
  let currency: String
}

/// An amount onto an account's normal side, or off it when negative.
struct Entry: Sendable {
  let account: Account
  let amount: Minor
}

/// What is on each account, on its normal side; an account that is not there has nothing on it.
struct Balances: Sendable {
  /// By dispute, since most questions are about one; the rest lies under none.
  private var books: [String?: [Account: Minor]] = [:]

  subscript(account: Account) -> Minor { books[account.dispute]?[account] ?? 0 }

  mutating func add(_ entry: Entry) {
    let balance = self[entry.account] + entry.amount
    books[entry.account.dispute, default: [:]][entry.account] = balance == 0 ? nil : balance
  }

  var all: [(account: Account, balance: Minor)] {
    books.values.flatMap { $0.map { (account: $0.key, balance: $0.value) } }
  }

  func accounts(of dispute: String?) -> [Account] { books[dispute].map { Array($0.keys) } ?? [] }

  /// The sum of the balances that satisfy a condition, of all disputes.
  func total(_ condition: (Account) -> Bool) -> Minor {
    books.keys.map { total(of: $0, condition) }.reduce(0, +)
  }

  /// The sum of those of one dispute, or of those of none.
  func total(of dispute: String?, _ condition: (Account) -> Bool) -> Minor {
    books[dispute]?.filter { condition($0.key) }.values.reduce(0, +) ?? 0
  }
}
