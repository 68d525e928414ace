/// Damages of what the bank said and of what was matched with it.
extension Damage {
  static let ofBank = [
    Damage(
      "A line of the bank has another amount",
      "update guarantee.bank_line set amount = amount + 1 where line = 2",
      seenBy: "bank statements add up", at: "6222 CNY 1"),
    Damage(
      "A line of the bank is gone", "delete from guarantee.bank_line where line = 2",
      seenBy: "bank statements add up", at: "6222 CNY 1"),
    Damage(
      "A line of the bank of nothing is there",
      """
      insert into guarantee.bank_line (account, currency, "position", series, reference, booked_on, value_on, amount, charges,
                                       is_reversal, is_return, is_interest, marks, words, place)
      select account, currency, "position", series, 'X', booked_on, value_on, a.amount, 0, false, false, false, '{}', '{}', place
        from guarantee.bank_line cross join (values (1), (-1)) a (amount) where line = 2 limit 1
      """, seenBy: "bank statements add up", at: "6222 CNY 1"),
    Damage(
      "A statement closes with another balance",
      "update guarantee.bank_statement set closing = closing + 1 where \"position\" = 2",
      seenBy: "bank statements add up", at: "6222 CNY 2"),
    Damage(
      "A statement opens with something else",
      "update guarantee.bank_statement set opening = opening + 1, closing = closing + 1 where \"position\" = 2",
      seenBy: "bank statements connect", at: "6222 CNY 2"),
    Damage(
      "A statement ends before the one before it",
      "update guarantee.bank_statement set opens_on = '2025-01-01', closes_on = '2025-01-01' where \"position\" = 2",
      seenBy: "bank statements connect", at: "6222 CNY 2"),
    Damage(
      "The first statement is gone",
      "delete from guarantee.bank_line where \"position\" = 1; delete from guarantee.bank_statement where \"position\" = 1",
      seenBy: "bank statements connect", at: "6222 CNY 2"),
    Damage(
      "A statement is gone and its lines are not",
      "delete from guarantee.bank_statement where \"position\" = 2",
      seenBy: "bank lines are of a statement", at: "3"),
    Damage(
      "A line of the bank lies behind its statement",
      "update guarantee.bank_line set booked_on = '2025-04-01' where line = 2",
      seenBy: "bank lines lie within their statement", at: "2"),
    Damage(
      "Nobody knows whose account it is", "delete from guarantee.bank_account",
      seenBy: "bank accounts are of offices", at: "6222 CNY"),
    Damage(
      "An account is of an office that is not there", "update guarantee.bank_account set office = 'NOWHERE'",
      seenBy: "bank accounts are of offices", at: "6222 CNY"),
  ]

  static let ofMatches = [
    Damage(
      "A match holds an event without an entry on the account",
      "update guarantee.bank_match_part set key = 'R' where match = 1 and key is not null",
      seenBy: "matches hold what there is", at: "1 2"),
    Damage(
      "A match holds a line that is not there",
      "update guarantee.bank_match_part set line = 99 where match = 1 and line is not null",
      seenBy: "matches hold what there is", at: "1 1"),
    Damage(
      "A match is gone and its parts are not", "delete from guarantee.bank_match where match = 1",
      seenBy: "matches hold what there is", at: "1 1"),
    Damage(
      "A match has lost a part", "delete from guarantee.bank_match_part where match = 1 and key is not null",
      seenBy: "matches hold something", at: "1"),
    Damage(
      "A match holds another office's entry",
      "update guarantee.bank_match_part set key = 'M-QINGDAO' where match = 1 and key is not null",
      seenBy: "matches are of one custody account", at: "1 2"),
    Damage(
      "A match is of another currency", "update guarantee.bank_match set currency = 'USD' where match = 1",
      seenBy: "matches are of one custody account", at: "1 1"),
    Damage(
      "A match says that it differs", "update guarantee.bank_match set difference = 5 where match = 1",
      seenBy: "matches say by how much they differ", at: "1"),
    Damage(
      "A match differs, says so, and has no reason to",
      """
      update guarantee.bank_match_part set line = 2 where match = 1 and line is not null;
      update guarantee.bank_match set difference = -500 - 100000000 where match = 1
      """, seenBy: "matches say by how much they differ", at: "1"),
    Damage(
      "A match that stands is undone in one part",
      "update guarantee.bank_match_part set live = false where match = 1 and line is not null",
      seenBy: "matches stand or are undone", at: "1 1"),
    Damage(
      "A line is matched twice",
      """
      drop index guarantee.bank_match_part_line;
      insert into guarantee.bank_match_part (match, part, line) values (2, 3, 1)
      """, seenBy: "nothing is matched twice", at: "line 1"),
    Damage(
      "The bank's book says an earlier time", "update guarantee.bank_book set changed_at = '2025-01-01'",
      seenBy: "the bank's book says when it changed last", at: ""),
  ]
}
