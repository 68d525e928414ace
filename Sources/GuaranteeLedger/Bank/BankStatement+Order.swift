extension [BankStatement] {
  /// Puts the statements of each account in the order in which they connect: by their days; those of one day each behind
  /// the one that closed with what it opens with, else by their numbers.
  mutating func putInOrder() {
    sort {
      ($0.account, $0.currency.rawValue, $0.closesOn, $0.opensOn, $0.name.countingDigits)
        < ($1.account, $1.currency.rawValue, $1.closesOn, $1.opensOn, $1.name.countingDigits)
    }
    var start = 0
    while start < count {
      let first = self[start]
      let end =
        self[start...].firstIndex { !$0.isOfAccount(of: first) || $0.closesOn != first.closesOn } ?? count
      if (2...Self.mostOfDay).contains(end - start) {
        let before = start > 0 && self[start - 1].isOfAccount(of: first) ? self[start - 1].closing : nil
        replaceSubrange(start..<end, with: Array(self[start..<end]).chained(from: before))
      }
      start = end
    }
  }

  /// No bank gives as many statements of an account's day.
  private static let mostOfDay = 100

  private func chained(from before: Money?) -> [BankStatement] {
    var left = self
    var chained: [BankStatement] = []
    while !left.isEmpty {
      let closing = chained.last?.closing ?? before
      let next =
        left.firstIndex { $0.opening == closing }
        ?? left.indices.first { index in
          !left.indices.contains { $0 != index && left[$0].closing == left[index].opening }
        }
      chained.append(left.remove(at: next ?? 0))
    }
    return chained
  }
}

extension BankStatement {
  fileprivate func isOfAccount(of other: BankStatement) -> Bool {
    account == other.account && currency == other.currency
  }
}

extension String {
  /// The text with its numbers so wide that their order as text is theirs: 9 comes before 10.
  fileprivate var countingDigits: String {
    var text = ""
    var digits = ""
    for character in self + "\u{0}" {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      if !digits.isEmpty { text += String(repeating: "0", count: Swift.max(0, 20 - digits.count)) + digits }
      digits = ""
      text.append(character)
    }
    return text
  }
}
