import GuaranteeLedger
import LedgerTestSupport
import TestSupport

/// A ledger with something of everything whose books were closed several times.
enum ClosedBooks {
  static func close(_ key: String, _ day: String, office: String = "HARBIN") -> Fields {
    Scene.event("close_period", key: key, on: day, ["office": office])
  }

  static func interest(_ key: String, on day: String, _ amount: String, office: String = "HARBIN") -> Fields {
    Scene.event(
      "credit_interest", key: key, on: day,
      ["office": office, "guarantor": "BANK", "amount": amount, "currency": "CNY"])
  }

  static let events: [Fields] =
    Scene.everything + [
      close("Q 1", Scene.on, office: "QINGDAO"), interest("H interest", on: "2025-03-20", "3.00"),
      interest("Q interest", on: "2025-04-20", "5.00", office: "QINGDAO"), close("H 1", "2025-03-31"),
      close("Q 2", "2025-03-31", office: "QINGDAO"), close("Q 3", "2025-04-30", office: "QINGDAO"),
    ]

  static let template = DatabaseTemplate(name: "closed_books") { connectionString in
    let ledger = try await Ledger.open(.patient(connectionString), migrating: true)
    let refused = try await ledger.record(events.map(Event.init(fields:))).compactMap(\.refusal)
    if !refused.isEmpty { throw NotClosed(refused: refused) }
    await ledger.close()
  }

  private struct NotClosed: Error { let refused: [LedgerRefusal] }
}

extension Damage {
  private static func closing(_ what: String, _ assignment: String) -> Damage {
    Damage(
      what, "update guarantee.closing set \(assignment) where office = 'QINGDAO' and through = '2025-03-31'",
      seenBy: "closings follow from events", at: Subject.event("Q 2"))
  }

  private static func balance(_ what: String, _ assignment: String) -> Damage {
    Damage(
      what,
      """
      update guarantee.closing_balance set \(assignment)
       where office = 'QINGDAO' and through = '2025-04-30' and role = 'bank'
      """, seenBy: "closings follow from entries", at: "QINGDAO 2025-04-30 bank CNY")
  }

  static let ofClosings = [
    closing("A closing has more accounts", "account_count = account_count + 1"),
    closing("A closing has another root", "balances = sha256(balances)"),
    closing("A closing has other disputes", #"disputes = disputes || '{"open": "1"}'"#),
    closing("A closing has other lots", "lots = lots - 'held' - 'released_conditionally'"),
    closing("A closing follows another", "previous = sha256(previous)"),
    closing("A closing is of another event", "sequence = sequence - 1"),
    closing("A closing begins elsewhere", "open_from = open_from - 1"),
    closing("A closing has another hash", "hash = sha256(hash)"),
    closing("A closing is of another day", "through = through + 1"),
    Damage(
      "Its event tells of another hash",
      "update guarantee.closing set hash = sha256(hash) where office = 'QINGDAO' and through = '2025-03-31'",
      seenBy: "hashes follow from events", at: Subject.event("Q 2")),
    balance("An account began with more", "opening = opening + 1"),
    balance("More was debited", "debit = debit + 1"),
    balance("More was credited", "credit = credit + 1"),
    balance("An account ended with less", "closing = closing - 1"),
    Damage(
      "An account is gone",
      "delete from guarantee.closing_balance where office = 'HARBIN' and through = '2025-03-31' and role = 'bank'",
      seenBy: "closings follow from entries", at: "HARBIN 2025-03-31 bank CNY"),
    Damage(
      "An account is there that had nothing",
      "insert into guarantee.closing_balance values ('HARBIN', '2025-03-31', 'suspense', '', '', 'CNY', 0, 0, 0, 0)",
      seenBy: "closings follow from entries", at: "HARBIN 2025-03-31 suspense CNY"),
    Damage(
      "An account is changed, and every hash of the closing with it",
      """
      update guarantee.closing_balance set debit = debit + 1, credit = credit + 1
       where office = 'HARBIN' and through = '2025-03-31' and role = 'bank';
      update guarantee.closing set balances = guarantee_api.closing_root(office, through)
       where office = 'HARBIN' and through = '2025-03-31';
      update guarantee.closing set hash = sha256(guarantee_api.closing_bytes(
        office, through, sequence, previous, account_count, balances, disputes, lots))
       where office = 'HARBIN' and through = '2025-03-31'
      """, seenBy: "hashes follow from events", at: Subject.event("H 1")),
    Damage(
      "The last closing is gone",
      """
      delete from guarantee.closing where office = 'QINGDAO' and through = '2025-04-30';
      delete from guarantee.closing_balance where office = 'QINGDAO' and through = '2025-04-30'
      """, seenBy: "closings follow from events", at: Subject.event("Q 3")),
    Damage(
      "All closings are gone",
      "delete from guarantee.closing; delete from guarantee.closing_balance",
      seenBy: "hashes follow from events", at: Subject.event("Q 1")),
  ]
}
