/// What the columns of a bank's table mean. Each member names columns or titles, several with `|` between them, of
/// which the first that is there counts.
package struct BankLayout: Sendable, Hashable {
  package var name: String
  private let members: [String: String]
  /// The names that each member gives, best first: every row asks for all of them.
  private let columns: [String: [String]]

  /// The members that a layout may have.
  static let known: Set<String> = [
    "name", "encoding", "booked_on", "value_on", "debit", "credit", "amount", "side", "debit_word",
    "credit_word",
    "money_in", "balance", "reference", "references", "counterparty", "counterparty_account", "purpose",
    "account",
    "currency", "opening", "closing", "reversal_word", "interest_word",
  ]

  init(_ name: String, _ members: [String: String]) {
    self.name = name
    self.members = members
    columns = members.mapValues { $0.split(separator: "|").map { $0.trimmingBlanks } }
  }

  /// Reads a layout: one JSON object of texts.
  package init(json: String, file: String) throws(BankFileError) {
    do throws(JSONObject.Fault) {
      let members = try JSONObject.members(of: json)
      if let wrong = members.keys.sorted().first(where: { !Self.known.contains($0) }) {
        throw JSONObject.Fault(offset: 0, reason: "a layout has no member \(shown(wrong))")
      }
      self.init(members["name"] ?? file, members)
    } catch {
      throw BankFileError(file: file, line: nil, field: nil, reason: error.reason)
    }
    guard has("booked_on"), has("debit") && has("credit") || has("amount") else {
      throw BankFileError(
        file: file, line: nil, field: nil,
        reason: "a layout names booked_on, and either debit and credit or amount")
    }
    let choices = ["money_in": ["credit", "debit"], "encoding": ["utf-8", "gb18030"]]
    for (member, values) in choices {
      if let value = members[member], !values.contains(value) {
        throw BankFileError(
          file: file, line: nil, field: member,
          reason: "\(shown(value)) is none of \(values.joined(separator: " and "))")
      }
    }
  }

  /// The names of a column, best first.
  func names(_ member: String) -> [String] { columns[member] ?? [] }

  func has(_ member: String) -> Bool { !names(member).isEmpty }

  /// What the bytes are; `nil` when that is to be found out.
  var encoding: String? { members["encoding"] }

  /// Whether what the table calls debit is money in: it is not in what the bank calls so.
  var debitIsMoneyIn: Bool { members["money_in"] == "debit" }
}

extension BankLayout {
  /// The forms that are common among Chinese banks, tried in this order.
  static let common = [
    BankLayout(
      "two columns",
      shared.merging([
        "debit": "借方发生额|借方金额|借方发生额(支取)|借方发生额（支取）|支出金额|支出|付款金额|借方|转出金额|Debit",
        "credit": "贷方发生额|贷方金额|贷方发生额(收入)|贷方发生额（收入）|收入金额|收入|收款金额|贷方|转入金额|Credit",
      ]) { $1 }),
    BankLayout(
      "amount and side",
      shared.merging([
        "amount": "交易金额|发生额|金额|Amount", "side": "借贷标志|借贷|借贷方向|收支标志|收/支|交易方向|Dr/Cr",
        "debit_word": "借|借方|D|DR|DEBIT|支出|支|付|转出|出账", "credit_word": "贷|贷方|C|CR|CREDIT|收入|收|转入|入账",
      ]) { $1 }),
    BankLayout("signed amount", shared.merging(["amount": "交易金额|发生额|金额|Amount"]) { $1 }),
  ]

  private static let shared = [
    "booked_on": "记账日期|入账日期|交易日期|交易时间|日期|Booking Date|Date", "value_on": "起息日|起息日期|Value Date",
    "balance": "余额|账户余额|当前余额|交易后余额|本次余额|Balance",
    "reference": "交易流水号|流水号|核心流水号|柜员流水号|银行流水号|主机流水号|日志号|交易序号|Reference",
    "references": "凭证号|凭证号码|企业流水号|业务参考号|客户业务编号|业务编号|备注编号",
    "counterparty": "对方户名|对方账户名称|对方单位名称|对方名称|收(付)方名称|收付方名称|交易对手名称|Counterparty",
    "counterparty_account": "对方账号|对方账户|收(付)方账号|收付方账号|交易对手账号",
    "purpose": "摘要|用途|附言|备注|交易摘要|客户附言|Purpose", "account": "账号|本方账号|账户|查询账号|Account",
    "currency": "币种|币别|Currency", "opening": "期初余额|上期余额|Opening balance",
    "closing": "期末余额|Closing balance", "reversal_word": "冲正|冲销|抹账|反交易|撤销", "interest_word": "利息|结息",
  ]
}

extension BankLayout {
  /// Reads a layout's file.
  package init(path: String) throws(BankFileError) {
    var bytes: [UInt8] = []
    do throws(SystemFailure) {
      let input = try InputDescriptor(path: path)
      var source = ByteSource { input.read(into: $0) }
      while bytes.count < Self.mostBytes, try source.hasMore() {
        bytes += source.piece[source.position..<source.end]
        source.position = source.end
      }
    } catch {
      throw BankFileError(file: path, line: nil, field: nil, reason: error.reason)
    }
    try self.init(json: String(decoding: bytes, as: UTF8.self), file: path)
  }

  private static let mostBytes = 1 << 20
}
