/// Damages of what was refused and of seals.
extension Damage {
  private static func attempt(_ what: String, _ assignment: String) -> Damage {
    Damage(
      what, "update guarantee.attempt set \(assignment) where office = 'QINGDAO' and number = 1",
      seenBy: "hashes follow from attempts", at: "QINGDAO 1")
  }

  static let ofAttempts = [
    attempt("An attempt was somebody else's", "attempted_by = 'nobody'"),
    attempt("An attempt was later", "attempted_at = attempted_at + interval '1 microsecond'"),
    attempt("An attempt was refused for another reason", "result = 'duplicate'"),
    attempt("An attempt is the program's word", "reported = true"),
    attempt("An attempt was another event", #"fields = fields || '{"reference": "papers"}'"#),
    attempt("An attempt has another hash", "hash = sha256(hash)"),
    Damage(
      "The first attempt is gone", "delete from guarantee.attempt where office = '' and number = 1",
      seenBy: "attempts are gapless", at: ""),
    Damage(
      "The last attempt is gone", "delete from guarantee.attempt where office = 'HARBIN' and number = 2",
      seenBy: "attempts are gapless", at: "HARBIN"),
    Damage(
      "All attempts at an office are gone", "delete from guarantee.attempt where office = 'HARBIN'",
      seenBy: "attempts are gapless", at: "HARBIN"),
    Damage(
      "Attempts are gone and their book with them",
      "delete from guarantee.attempt where office = 'HARBIN'; delete from guarantee.attempt_book where office = 'HARBIN'",
      seenBy: "seals follow from events", at: "1"),
    Damage(
      "Attempts end with another hash",
      "update guarantee.attempt_book set hash = sha256(hash) where office = 'HARBIN'",
      seenBy: "attempts end with their book's hash", at: "HARBIN"),
    Damage(
      "Two attempts have changed places",
      """
      update guarantee.attempt set number = -number where office = '';
      update guarantee.attempt set number = 3 + number where office = ''
      """, seenBy: "hashes follow from attempts", at: " 1"),
  ]

  private static func seal(_ what: String, _ assignment: String, _ number: Int = 1, at subject: String = "1")
    -> Damage
  {
    Damage(
      what, "update guarantee.seal set \(assignment) where number = \(number)",
      seenBy: "seals follow from events",
      at: subject)
  }

  static let ofSeals = [
    seal("A seal has another root", "root = sha256(root)"),
    seal("A seal closes more events", "events = events + 1"),
    seal("A seal has another key", "public_key = sha256(public_key)"),
    seal("A seal follows another", "previous = sha256(previous)", 2, at: "2"),
    seal("A seal was made later", "sealed_at = sealed_at + interval '1 microsecond'", at: "2"),
    seal("A seal was somebody else's", "sealed_by = 'nobody'", at: "2"),
    seal("A seal ends earlier", #"heads = jsonb_set(heads, '{HARBIN,sequence}', '"4"')"#),
    seal(
      "A seal knows of an event that is not there", #"heads = jsonb_set(heads, '{HARBIN,sequence}', '"6"')"#,
      2, at: "2"),
    seal("A seal leaves an office out", "heads = heads - 'HARBIN'"),
    seal("A seal has other attempts", #"attempts = jsonb_set(attempts, '{HARBIN,number}', '"2"')"#),
    Damage(
      "The first seal is gone", "delete from guarantee.seal where number = 1", seenBy: "seals are gapless",
      at: ""),
    Damage(
      "An event is changed, and every hash after it, and the book's",
      """
      update guarantee.event set recorded_by = 'nobody' where key = 'F-HARBIN';
      do $$
      declare place record;
      begin
        for place in select office, sequence from guarantee.event where office = 'HARBIN' order by sequence loop
          update guarantee.event e set hash = sha256(h.hash_before || h.bytes)
            from guarantee_api.hashed_event h
           where (e.office, e.sequence) = (place.office, place.sequence) and (h.office, h.sequence) = (place.office, place.sequence);
        end loop;
      end $$;
      update guarantee.book b set hash = e.hash from guarantee.event e
       where b.office = 'HARBIN' and e.office = b.office and e.sequence = b.sequence
      """, seenBy: "seals follow from events", at: "1"),
  ]
}
