/// Rows that a lawyer might add: a bond with its own accounts, deadlines and fields, a stage in which a dispute
/// is suspended, lots under seal, and a new instrument.
enum NewRules {
  /// The rows to add to each file of `sql/rules`, by the file's name.
  static let rows = [
    "accounts": [
      "bond_held,cash,credit,office+dispute,Bond held,保证金",
      "treasury_due,cash,credit,office,Due to the treasury,应缴国库款",
      "bond_promised,memo,debit,office+dispute,Bond promised,表外:承诺保证金",
      "bond_awaited,memo,credit,office,Contra: bond awaited,表外:承诺保证金对方科目",
    ],
    "events": [
      "promise_bond,dispute,dispute amount bond_kind,bond_number,no,The consignor promises a bond",
      "deposit_bond,dispute,dispute amount,reference,no,The consignor pays the bond that it promised",
      "split_bond,dispute,dispute amount reference,,no,As much of the bond falls to the treasury as to the consignor",
      "forfeit_bond,dispute,dispute amount reference,,yes,The bond falls to the treasury and is paid out to it",
      "suspend,dispute,dispute,reference,no,Nothing goes on until the bond is there",
      "resume,dispute,dispute,reference,no,The dispute goes on",
      "seal_lot,lot,dispute lot,reference,no,Goods are put under seal",
    ],
    "transitions": [
      "dispute,promise_bond,detained,detained,", "dispute,deposit_bond,detained,detained,",
      "dispute,split_bond,detained,detained,", "dispute,split_bond,suspended,suspended,",
      "dispute,forfeit_bond,detained,detained,", "dispute,suspend,detained,suspended,",
      "dispute,resume,suspended,detained,", "dispute,seal_lot,detained,detained,",
      "lot,seal_lot,held,sealed,",
    ],
    "postings": [
      "promise_bond,,bond_promised,bond_awaited", "deposit_bond,,bank,bond_held",
      "deposit_bond,,bond_awaited,bond_promised",
      // Twice from one account, then through one account and out again.
      "split_bond,,bond_held,treasury_due", "split_bond,,bond_held,payable_consignor",
      "forfeit_bond,,bond_held,treasury_due", "forfeit_bond,,treasury_due,bank",
      "lodge_counter_guarantee,pledge,undertaking_given,undertaking_held",
      "return_counter_guarantee,pledge,undertaking_held,undertaking_given",
    ],
    "deadlines": [
      "pay_bond_by,promise_bond,,5,working_days,deposit_bond,suspend from detained,Bond Rules art. 1",
      "forfeit_after,deposit_bond,,10,working_days,,forfeit_bond,Bond Rules art. 2",
    ],
    "fields": [
      "bond_kind,,choice,personal corporate,,,Who stands for the bond",
      "bond_number,,code,,,,Number of the bond",
    ],
  ]

  /// A rule file's text with its new rows, if it has any.
  static func adding(_ rows: [String: [String]], to text: String, of name: String) -> String {
    guard let rows = rows[name] else { return text }
    return text + (text.hasSuffix("\n") ? "" : "\n") + rows.joined(separator: "\n") + "\n"
  }
}
