/// Damages of the journal itself.
extension Damage {
  /// The entries of the event with a key, as a condition.
  private static func entries(of key: String) -> String {
    "(office, sequence) = (select office, sequence from guarantee.event where key = '\(key)')"
  }

  static let ofEntries =
    [
      Damage(
        "The amount of an entry is raised on both sides",
        "update guarantee.entry set amount = amount + sign(amount) where \(entries(of: "D draw"))",
        seenBy: "entries follow from events", at: Subject.entry("D draw", "payable_right_holder")),
      Damage(
        "The amount of an entry is raised on one side",
        "update guarantee.entry set amount = amount + 1 where \(entries(of: "D draw")) and line = 1",
        seenBy: "entries sum to zero", at: Subject.event("D draw")),
      Damage(
        "One side of an entry is gone",
        "delete from guarantee.entry where \(entries(of: "M-HARBIN")) and line = 2",
        seenBy: "entries sum to zero", at: Subject.event("M-HARBIN")),
      Damage(
        "Both sides of an entry are gone", "delete from guarantee.entry where \(entries(of: "D freeze"))",
        seenBy: "entries follow from events", at: Subject.entry("D freeze", "counter_guarantee_frozen")),
      Damage(
        "An entry is moved to the same account of another dispute",
        """
        update guarantee.entry n set version = version + 100, account_id = (
          select b.account_id from guarantee.account a, guarantee.account b
           where a.account_id = n.account_id and b.role = a.role and b.guarantor = a.guarantor and b.dispute = 'E')
         where \(entries(of: "D lodge_security ")) and line = 2
        """,
        seenBy: "entries follow from events", at: Subject.entry("D lodge_security ", "security_held")),
      Damage(
        "Two entries change places",
        "update guarantee.entry set amount = -amount where \(entries(of: "D freeze"))",
        seenBy: "entries follow from events", at: Subject.entry("D freeze", "counter_guarantee_held")),
      Damage(
        "An event gets entries that nothing calls for",
        """
        insert into guarantee.entry (office, sequence, "on", key, guarantor, line, account_id, amount, version, balance)
        select office, sequence, "on", key, guarantor, line + 2, account_id, amount, version + 100, balance
          from guarantee.entry where \(entries(of: "D draw"))
        """,
        seenBy: "entries follow from events", at: Subject.entry("D draw", "counter_guarantee_held")),
      Damage(
        "The balance after an entry is another",
        "update guarantee.entry set balance = balance + 1 where \(entries(of: "M-QINGDAO")) and line = 1",
        seenBy: "entries carry the balance after them", at: Subject.line("M-QINGDAO", 1)),
      Damage(
        "The number of an entry in its account is another",
        "update guarantee.entry set version = version + 100 where \(entries(of: "M-QINGDAO")) and line = 2",
        seenBy: "entries carry the balance after them", at: Subject.line("M-QINGDAO", 2)),
    ]
    + [(#""on""#, #""on" + 1"#), ("key", "'M-HARBIN'"), ("guarantor", "'OTHER'")].map { column, value in
      Damage(
        "An entry has another \(column)",
        "update guarantee.entry set \(column) = \(value) where \(entries(of: "M-QINGDAO")) and line = 2",
        seenBy: "entries carry the balance after them", at: Subject.line("M-QINGDAO", 2))
    }

  static let ofEvents = [
    Damage(
      "The last event is gone", "delete from guarantee.event where key = 'F open'",
      seenBy: "sequence is gapless", at: "HARBIN"),
    Damage(
      "The last event is gone and the book says so",
      """
      delete from guarantee.event where key = 'D claim_recourse';
      update guarantee.event set sequence = sequence - 1
       where office = 'QINGDAO' and sequence > (select max(sequence) from guarantee.entry n join guarantee.account a using (account_id)
                                                 where a.role = 'recourse_claim');
      update guarantee.book set sequence = sequence - 1 where office = 'QINGDAO'
      """,
      seenBy: "positions follow from events", at: "D BANK"),
    Damage(
      "An event in the middle is gone", "delete from guarantee.event where key = 'D serve_notice'",
      seenBy: "sequence is gapless", at: "QINGDAO"),
    Damage(
      "A number is left out", "update guarantee.event set sequence = sequence + 1 where key = 'close'",
      seenBy: "sequence is gapless", at: "HARBIN"),
    Damage(
      "A number is left out and the book says so",
      """
      update guarantee.event set sequence = sequence + 1 where key = 'close';
      update guarantee.book set sequence = sequence + 1 where office = 'HARBIN'
      """, seenBy: "sequence is gapless", at: "HARBIN"),
    Damage(
      "An event's amount is another",
      #"update guarantee.event set fields = fields || '{"amount": "201.00"}' where key = 'D draw'"#,
      seenBy: "entries follow from events", at: Subject.entry("D draw", "payable_right_holder")),
    Damage(
      "An event's guarantor is another",
      #"update guarantee.event set fields = fields || '{"guarantor": "OTHER"}' where key = 'D request_release '"#,
      seenBy: "positions follow from events", at: "D OTHER"),
    Damage(
      "An event is of another dispute",
      "update guarantee.event set dispute = 'E' where key = 'D add_lot '",
      seenBy: "stages follow transitions",
      at: "E D add_lot "),
    Damage(
      "An event says that it is of another dispute",
      #"update guarantee.event set fields = fields || '{"dispute": "E"}' where key = 'D serve_notice'"#,
      seenBy: "events are where they say", at: Subject.event("D serve_notice")),
    Damage(
      "An event says that it is of another office",
      #"update guarantee.event set fields = fields || '{"office": "HARBIN"}' where key = 'M-QINGDAO'"#,
      seenBy: "events are where they say", at: Subject.event("M-QINGDAO")),
    Damage(
      "An event has become another",
      "update guarantee.event set event = 'draw_frozen' where key = 'D draw'",
      seenBy: "entries follow from events",
      at: Subject.entry("D draw", "counter_guarantee_held")),
    Damage(
      "An event has another date",
      "update guarantee.event set \"on\" = '2025-03-02' where key = 'D accept_suit'",
      seenBy: "deadlines follow from events", at: "D sue_by"),
    Damage(
      "A stage is gone to that no transition leads to",
      "update guarantee.event set stage_to = 'closed' where key = 'D accept_suit'",
      seenBy: "stages follow transitions", at: "D D accept_suit"),
    Damage(
      "Two events of a dispute change places",
      """
      update guarantee.event set sequence = -sequence where key in ('D detain ', 'D accept_suit');
      update guarantee.event e set sequence = (select -o.sequence from guarantee.event o where o.sequence < 0 and o.key <> e.key)
       where e.key = 'D detain ';
      update guarantee.event e set sequence = (select s from generate_series(1, 99) s where not exists (
        select from guarantee.event o where o.office = 'QINGDAO' and o.sequence = s) order by s limit 1) where e.sequence < 0
      """,
      seenBy: "stages follow transitions", at: "D D accept_suit"),
    Damage(
      "An event has lost its transition",
      """
      alter table guarantee.event drop constraint event_has_transition;
      update guarantee.event set stage_from = null, stage_to = null where key = 'D serve_notice'
      """, seenBy: "events keep their transition", at: Subject.event("D serve_notice")),
    Damage(
      "A lot's event has another outcome",
      "update guarantee.event set lot_to = 'released' where key = 'E release_conditionally '",
      seenBy: "lots follow transitions", at: "E lot 1 E release_conditionally "),
    Damage(
      "A reversal reverses another event",
      "update guarantee.event set reverses = 'D draw' where key = 'D slip'",
      seenBy: "entries follow from events",
      at: Subject.entry("D slip", "fee_due")),
  ]
}
