/// Words that people say for those that the rules use, in either language.
enum EverydayWords {
  /// The text with the rules' words behind it for those that it says otherwise.
  static func translated(_ text: String) -> String {
    let text = text.lowercased()
    return instead.reduce(into: text) { result, pair in
      if text.contains(pair.said) { result += " " + pair.meant }
    }
  }

  private static let instead: [(said: String, meant: String)] = [
    ("froze", "freezes"), ("seiz", "detains"), ("lawsuit", "suit"), ("sued", "suit"), ("paid", "pays"),
    ("insurer", "guarantor"), ("insurance", "guarantor policy"), ("somebody", "nobody unidentified"),
    ("unknown", "unidentified"), ("mistake", "contra"), ("wrong entry", "contra"), ("twice", "contra"),
    ("undo", "contra"), ("holiday", "worked day"), ("extend", "prolonged"), ("end", "prolonged"),
    ("month", "period books"), ("deposit", "security"), ("court order", "court's"), ("verdict", "judgment"),
    ("ruling", "judgment"), ("storage", "costs"), ("exporter", "consignor"), ("limit", "facility most"),
    ("查封", "冻结扣留"), ("扣押", "扣留"), ("解冻", "解除冻结"), ("撤诉", "撤回"), ("保险公司", "担保人"),
    ("付款", "支付"), ("延期", "展期"), ("续保", "展期"), ("到期", "展期"), ("录错", "冲销"), ("记错", "冲销"),
    ("重复", "冲销"), ("红字", "冲销"), ("月结", "结至"), ("关账", "结至"), ("结账", "结至"), ("节假日", "工作日"),
    ("调休", "工作日"), ("放假", "工作日"), ("保证金", "担保金 反担保"), ("不知道", "无法认定 不明款项"),
    ("不明", "无法认定"), ("进账", "收款 存入"), ("来款", "收款"), ("存款", "存入"), ("出口商", "发货人"),
  ]
}
