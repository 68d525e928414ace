/// Damages of the journal that its hashes tell of; what else might is left in order.
extension Damage {
  private static func changed(_ what: String, _ assignment: String, of key: String = "D serve_notice")
    -> Damage
  {
    Damage(
      what, "update guarantee.event set \(assignment) where key = '\(key)'",
      seenBy: "hashes follow from events",
      at: Subject.event(key))
  }

  static let ofChain = [
    changed("A reference is another", #"fields = fields || '{"reference": "papers"}'"#, of: "D draw"),
    changed("A field is gone", "fields = fields - 'reference'", of: "M-HARBIN"),
    changed(
      "A field is there that was not given", #"fields = fields || '{"reference": ""}'"#, of: "D detain "),
    changed("An amount is written otherwise", #"fields = fields || '{"amount": "200.0"}'"#, of: "D draw"),
    changed("An event has another key", "key = 'D served'"),
    changed("An event is a day younger", "\"on\" = \"on\" + 1", of: "F open"),
    changed("It was somebody else", "recorded_by = recorded_by || ' '"),
    changed("It was a microsecond later", "recorded_at = recorded_at + interval '1 microsecond'"),
    changed("Somebody approved it", "approved_by = recorded_by"),
    changed("Nobody approved it", "approved_by = null", of: "close"),
    changed("Its own hash is another", "hash = sha256(hash)"),
    changed("It has a hash of nothing", "hash = decode(repeat('00', 32), 'hex')"),
    Damage(
      "The hash before an event is another",
      "update guarantee.event set hash = sha256(hash) where key = 'M-HARBIN'",
      seenBy: "hashes follow from events", at: Subject.event("F open")),
    Damage(
      "An event in the middle is gone", "delete from guarantee.event where key = 'M-HARBIN'",
      seenBy: "hashes follow from events", at: Subject.event("F open")),
    Damage(
      "Two events of an office have changed places",
      """
      update guarantee.event set sequence = -sequence where key in ('F-HARBIN', 'M-HARBIN');
      update guarantee.event set sequence = 5 + sequence where sequence < 0 and office = 'HARBIN'
      """, seenBy: "hashes follow from events", at: "HARBIN 2"),
    Damage(
      "An event is changed and its hash with it",
      """
      update guarantee.event e set recorded_by = 'nobody' where key = 'M-HARBIN';
      update guarantee.event e set hash = sha256(h.hash_before || h.bytes)
        from guarantee_api.hashed_event h where h.key = e.key and e.key = 'M-HARBIN'
      """, seenBy: "hashes follow from events", at: Subject.event("F open")),
    Damage(
      "The last event is gone and the book says so",
      """
      delete from guarantee.event where key = 'close';
      update guarantee.book set sequence = sequence - 1, closed_through = '-infinity' where office = 'HARBIN'
      """, seenBy: "books follow from events", at: "HARBIN"),
    Damage(
      "The last event is changed and its hash with it",
      """
      update guarantee.event e set recorded_by = 'nobody' where key = 'close';
      update guarantee.event e set hash = sha256(h.hash_before || h.bytes)
        from guarantee_api.hashed_event h where h.key = e.key and e.key = 'close'
      """, seenBy: "books follow from events", at: "HARBIN"),
    Damage(
      "A book ends with another hash", "update guarantee.book set hash = sha256(hash) where office = ''",
      seenBy: "books follow from events", at: ""),
  ]
}
