/// The readings that tests compare with the product's reports.
extension ReferenceLedger {
  package struct TrialBalance: Hashable, Comparable, Sendable {
    package let office, role, currency: String
    /// On the accounts' normal side.
    package let balance: Minor

    package static func < (left: Self, right: Self) -> Bool {
      (left.office, left.role, left.currency) < (right.office, right.role, right.currency)
    }
  }

  /// The sum of each role's balances that is not zero.
  package var trialBalance: [TrialBalance] {
    var sums: [[String]: Minor] = [:]
    for (account, balance) in balances.all {
      sums[[account.office, account.role, account.currency], default: 0] += balance
    }
    return sums.filter { $0.value != 0 }.map {
      TrialBalance(office: $0.key[0], role: $0.key[1], currency: $0.key[2], balance: $0.value)
    }.sorted()
  }

  package struct Balance: Hashable, Comparable, Sendable {
    package let account, office: String
    package let dispute, guarantor: String?
    package let currency: String
    package let balance: Minor

    package static func < (left: Self, right: Self) -> Bool {
      (left.account, left.office, left.dispute ?? "", left.guarantor ?? "", left.currency)
        < (right.account, right.office, right.dispute ?? "", right.guarantor ?? "", right.currency)
    }
  }

  /// Every account that is not zero; `account` is its role.
  package var accountBalances: [Balance] {
    balances.all.map { account, balance in
      Balance(
        account: account.role, office: account.office, dispute: account.dispute,
        guarantor: account.guarantor, currency: account.currency, balance: balance)
    }.sorted()
  }

  package struct DisputePosition: Sendable {
    package let dispute, office, stage: String
    package let outcome: String?
    package let currency: String
    package let goodsValue, conditionallyReleased, cover: Minor
    package let award: Minor?
    package let drawn: Minor
  }

  package func disputePositions(today: Day) -> [DisputePosition] {
    disputes.sorted { $0.key < $1.key }.map { name, dispute in
      DisputePosition(
        dispute: name, office: dispute.office, stage: dispute.stage, outcome: dispute.outcome,
        currency: dispute.currency, goodsValue: dispute.goodsValue,
        conditionallyReleased: dispute.conditionallyReleased,
        cover: cover(of: name, on: today), award: dispute.award, drawn: dispute.drawn)
    }
  }

  package struct LotPosition: Hashable, Sendable {
    package let dispute, lot, state, currency: String
    package let value: Minor
  }

  package var lotPositions: [LotPosition] {
    disputes.sorted { $0.key < $1.key }.flatMap { name, dispute in
      dispute.lots.sorted { $0.key < $1.key }.map {
        LotPosition(
          dispute: name, lot: $0.key, state: $0.value.state, currency: dispute.currency,
          value: $0.value.value)
      }
    }
  }

  package struct DeadlinePosition: Hashable, Sendable {
    package let dispute, deadline: String
    /// Nil of `cover_ends`, which no event starts.
    package let startsOn: Day?
    /// Nil while the working days of a year that it needs are not known.
    package let dueOn: Day?
  }

  package var deadlinePositions: [DeadlinePosition] {
    disputes.sorted { $0.key < $1.key }.flatMap { name, dispute in
      let statutory = deadlines(of: dispute).map {
        DeadlinePosition(
          dispute: name, deadline: $0.rule.name, startsOn: $0.start + 1, dueOn: due($0))
      }
      let ends = Set(dispute.history.compactMap(\.guarantor)).compactMap(dispute.expiry).map {
        DeadlinePosition(dispute: name, deadline: "cover_ends", startsOn: nil, dueOn: $0)
      }
      return (statutory + ends).sorted {
        ($0.deadline, $0.dueOn?.number ?? .max) < ($1.deadline, $1.dueOn?.number ?? .max)
      }
    }
  }

  package struct ExposurePosition: Sendable {
    package let office, guarantor, currency: String
    /// The latest facility granted, if it is in this currency, in force or not.
    package let facility: Minor?
    package let held, frozen, undertaken, called, exposure, funds: Minor
  }

  /// One row for each guarantor, office and currency with a facility or a balance.
  package var exposurePositions: [ExposurePosition] {
    var subjects = Set(facilities.map { [$0.key.office, $0.key.guarantor, $0.value.currency] })
    let roles = ReferenceLedger.exposureRoles.union(["guarantor_funds"])
    for (account, _) in balances.all where roles.contains(account.role) {
      subjects.insert([account.office, account.guarantor ?? "", account.currency])
    }
    return subjects.sorted { $0.lexicographicallyPrecedes($1) }.map { subject in
      let standing = Standing(office: subject[0], guarantor: subject[1])
      func sum(_ role: String) -> Minor {
        balances.total {
          $0.role == role && $0.office == subject[0] && $0.guarantor == subject[1]
            && $0.currency == subject[2]
        }
      }
      let facility = facilities[standing].flatMap { $0.currency == subject[2] ? $0.amount : nil }
      return ExposurePosition(
        office: subject[0], guarantor: subject[1], currency: subject[2], facility: facility,
        held: sum("counter_guarantee_held"), frozen: sum("counter_guarantee_frozen"),
        undertaken: sum("undertaking_held"), called: sum("call_receivable"),
        exposure: exposure(standing, currency: subject[2]), funds: sum("guarantor_funds"))
    }
  }
}
