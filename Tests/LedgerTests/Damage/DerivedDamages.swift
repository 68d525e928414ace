/// Damages of what follows from the journal.
extension Damage {
  static let ofMoney = [
    Damage(
      "An account's balance is another",
      "update guarantee.account set balance = balance + 1 where office = 'QINGDAO' and role = 'bank'",
      seenBy: "balances follow from entries", at: "QINGDAO bank CNY"),
    Damage(
      "The balances of a pair of accounts are others",
      "update guarantee.account set balance = balance + 1 where office = 'HARBIN'",
      seenBy: "balances follow from entries", at: "HARBIN guarantor_funds BANK CNY"),
    Damage(
      "Debits no longer equal credits",
      "update guarantee.account set balance = balance - 1 where office = 'HARBIN' and role = 'bank'",
      seenBy: "debits equal credits", at: "HARBIN cash CNY"),
    Damage(
      "An account is below zero",
      """
      alter table guarantee.account drop constraint account_floor;
      update guarantee.account set balance = -1 where dispute = 'E' and role = 'security_held'
      """, seenBy: "no account is below zero", at: "QINGDAO:security_held:E:CNY"),
    Damage(
      "An account's number of entries is another",
      "update guarantee.account set version = version + 1 where office = 'HARBIN' and role = 'bank'",
      seenBy: "balances follow from entries", at: "HARBIN bank CNY"),
    Damage(
      "An account is gone", "delete from guarantee.account where office = 'HARBIN' and role = 'bank'",
      seenBy: "entries sum to zero", at: Subject.event("M-HARBIN")),
    Damage(
      "An account is another guarantor's",
      "update guarantee.account set guarantor = 'OTHER' where dispute = 'D' and role = 'call_receivable'",
      seenBy: "entries follow from events", at: Subject.entry("D receive_call", "call_receivable")),
    Damage(
      "An exposure is another", "update guarantee.exposure set amount = amount - 1 where consignor = ''",
      seenBy: "exposure follows from entries", at: "QINGDAO BANK CNY"),
    Damage(
      "A total is another", "update guarantee.total set balance = balance + 1 where role = 'call_receivable'",
      seenBy: "totals follow from balances", at: "QINGDAO call_receivable BANK CNY"),
    Damage(
      "More went between two kinds of account",
      "update guarantee.flow set amount = amount + 1 where debit_role = 'call_due'",
      seenBy: "flows follow from entries", at: Subject.flow(from: "call_receivable", to: "call_due")),
    Damage(
      "What went on a day is gone", "delete from guarantee.flow where debit_role = 'call_due'",
      seenBy: "flows follow from entries", at: Subject.flow(from: "call_receivable", to: "call_due")),
    Damage(
      "An exposure for one consignor is gone", "delete from guarantee.exposure where consignor = 'EXPORTER'",
      seenBy: "exposure follows from entries", at: "QINGDAO BANK EXPORTER CNY"),
  ]

  static let ofDisputes =
    [
      ("stage", "'litigating'"), ("stage_since", "'2025-03-04'"), ("outcome", "'settled'"),
      ("award", "award + 1"),
      ("under_order", "false"), ("consignor", "'HOLDER'"), ("currency", "'USD'"),
      ("procedure", "'ex_officio'"),
      ("unless_events", "'{}'"), ("decided_on", "decided_on - 1"), ("active", "not active"),
    ].map { column, value in
      Damage(
        "A dispute has another \(column)",
        "update guarantee.dispute set \(column) = \(value) where dispute = 'D'",
        seenBy: "disputes follow from events", at: "D")
    } + [
      Damage(
        "A dispute is gone", "delete from guarantee.dispute where dispute = 'F'",
        seenBy: "disputes follow from events", at: "F"),
      Damage(
        "A dispute is there that nobody opened",
        "insert into guarantee.dispute select 'G', office, procedure, recordal, right_holder, consignor, currency, stage, stage_since from guarantee.dispute where dispute = 'F'",
        seenBy: "disputes follow from events", at: "G"),
      Damage(
        "A lot is in another state", "update guarantee.lot set state = 'held' where dispute = 'E'",
        seenBy: "lots follow from events", at: "E 1"),
      Damage(
        "Released goods are worth more", "update guarantee.lot set value = value + 1 where dispute = 'E'",
        seenBy: "released goods are covered", at: "E"),
      Damage(
        "A lot is gone", "delete from guarantee.lot where dispute = 'E'", seenBy: "lots follow from events",
        at: "E 1"),
      Damage(
        "More goods went out",
        "update guarantee.goods_flow set lots = lots + 1 where lot_to = 'released_conditionally'",
        seenBy: "flows of goods follow from events", at: Subject.goodsFlow(to: "released_conditionally")),
      Damage(
        "A deadline starts on another day",
        "update guarantee.deadline set starts_on = starts_on + 1 where dispute = 'E' and deadline = 'order_by'",
        seenBy: "deadlines follow from events", at: "E order_by"),
      Damage(
        "A deadline was met on another day",
        "update guarantee.deadline set met_on = met_on - 1 where dispute = 'D' and deadline = 'sue_by'",
        seenBy: "deadlines follow from events", at: "D sue_by"),
      Damage(
        "A deadline is no longer looked at",
        "update guarantee.deadline set active = not active where dispute = 'E' and deadline = 'order_by'",
        seenBy: "deadlines follow from events", at: "E order_by"),
      Damage(
        "A deadline is another office's",
        "update guarantee.deadline set office = 'HARBIN' where dispute = 'E' and deadline = 'order_by'",
        seenBy: "deadlines follow from events", at: "E order_by"),
      Damage(
        "A deadline is gone", "delete from guarantee.deadline where dispute = 'E' and deadline = 'order_by'",
        seenBy: "deadlines follow from events", at: "E order_by"),
    ]

  static let ofPositions = [
    ("requested", "false"), ("drawn", "drawn + 1"), ("paid", "paid + 1"), ("claimed", "claimed - 1"),
    ("expires_on", "'2031-01-31'"), ("expiry_given_on", "'2025-03-02'"),
    ("active", "not active"),
  ].map { column, value in
    Damage(
      "A guarantor's position has another \(column)",
      "update guarantee.guarantor_position set \(column) = \(value) where dispute = 'D'",
      seenBy: "positions follow from events", at: "D BANK")
  }

  static let ofRegisters = [
    Damage(
      "A party has another name", "update guarantee.party set name = 'Other' where party = 'BANK'",
      seenBy: "parties follow from events", at: "BANK"),
    Damage(
      "A party is of another kind", "update guarantee.party set kind = 'consignor' where party = 'BANK'",
      seenBy: "parties follow from events", at: "BANK"),
    Damage(
      "A party is gone", "delete from guarantee.party where party = 'EXPORTER'",
      seenBy: "parties follow from events", at: "EXPORTER"),
    Damage(
      "A right is in force for longer", "update guarantee.recordal set valid_to = valid_to + 1",
      seenBy: "recordals follow from events", at: "RIGHT"),
    Damage(
      "A facility is larger", "update guarantee.facility set amount = amount + 1 where office = 'HARBIN'",
      seenBy: "facilities follow from events", at: "HARBIN BANK"),
    Damage(
      "A consignor's limit is gone",
      "update guarantee.facility set consignor_limit = null where office = 'HARBIN'",
      seenBy: "facilities follow from events", at: "HARBIN BANK"),
    Damage(
      "An office takes other instruments",
      "update guarantee.office set instruments = '{cash,letter}' where office = 'HARBIN'",
      seenBy: "offices follow from events", at: "HARBIN"),
    Damage(
      "Closed books are open again",
      "update guarantee.book set closed_through = '-infinity' where office = 'HARBIN'",
      seenBy: "books follow from events", at: "HARBIN"),
    Damage(
      "A day that was set is worked after all", "update guarantee.working_day set working_day = true",
      seenBy: "working days follow from events", at: "2025-10-11"),
    Damage(
      "The calendar says otherwise of a day",
      "update guarantee.calendar_day set working_day = true where day = '2025-10-11'",
      seenBy: "the calendar follows from working days", at: "2025-10-11"),
    Damage(
      "The calendar counts otherwise",
      "update guarantee.calendar_day set worked_through = worked_through + 1 where day = '2025-10-10'",
      seenBy: "the calendar follows from working days", at: "2025-10-10"),
  ]
}
