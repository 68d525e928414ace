import XMLReader

/// Reads bank-to-customer statements of ISO 20022, camt.053 in any of its versions.
///
/// Entries are turned into lines as they end, so that a file of any size takes the memory of its lines alone.
final class CamtReader {
  private let file: String
  private var lines: [BankLine] = []
  private var statements: [StatementPages.Page] = []
  private var messagePage: (number: Int, isLast: Bool)?
  private var isStatement = false
  private var limits = BankText.Limits()

  init(file: String) { self.file = file }

  /// The pages of statements that the source holds.
  func read(_ source: inout ByteSource) throws -> [StatementPages.Page] {
    do {
      let reader = try XMLReader { [self] in try take($0, in: $1) }
      while try source.hasMore() {
        try reader.read(source.piece[source.position..<source.end], isLast: false)
        source.position = source.end
        guard source.bytesRead <= BankText.mostXMLBytes else {
          throw BankFileProblem(nil, "the file has more than \(BankText.mostXMLBytes >> 20) MB")
        }
      }
      try reader.read([], isLast: true)
    } catch let error as XMLError {
      throw BankFileProblem(error.line, error.reason)
    }
    guard isStatement else { throw BankFileProblem(1, "the file is XML, but no camt.053 statement") }
    guard !statements.isEmpty else { throw BankFileProblem(1, "Stmt", "the file has no statement in it") }
    return statements
  }

  private static let namespace = "urn:iso:std:iso:20022:tech:xsd:camt."

  private func take(_ element: XMLElement, in parents: [XMLElement]) throws -> Bool {
    if !isStatement {
      let root = parents.first ?? element
      guard root.name == "Document", root.namespace.hasPrefix(Self.namespace + "053.") else {
        let what = root.namespace.hasPrefix(Self.namespace) ? root.namespace.suffix(15) : "\(root.name)"[...]
        throw BankFileProblem(
          root.line, "the file is XML, but no camt.053 statement (it is \(shown(String(what))))")
      }
      isStatement = true
    }
    switch element.name {
    case "Ntry" where parents.last?.name == "Stmt":
      let currency = parents.last.flatMap { $0.at("Acct", "Ccy")?.text }
      for line in try CamtEntry(element, accountCurrency: currency).lines() {
        try limits.count(line)
        lines.append(line)
      }
      return true
    case "Stmt":
      statements.append(try page(element))
      lines = []
      return true
    case "GrpHdr":
      messagePage = try element.at("MsgPgntn").map(Self.pagination)
      return true
    default: return false
    }
  }

  // MARK: The statement around the entries

  private func page(_ element: XMLElement) throws -> StatementPages.Page {
    guard let id = element["Id"]?.text, !id.isEmpty else {
      throw BankFileProblem(element.line, "Stmt/Id", "the statement has no number")
    }
    let account = try Self.account(element)
    let balances = try element.all("Bal").map { try CamtBalance($0) }
    guard let opening = CamtBalance.opening(of: balances), let closing = CamtBalance.closing(of: balances)
    else {
      throw BankFileProblem(
        element.line, "Stmt/Bal",
        "the statement lacks its opening balance (OPBD) or its closing balance (CLBD)")
    }
    let currency = opening.amount.currency
    if let named = element.at("Acct", "Ccy"), named.text != currency.rawValue {
      throw BankFileProblem(
        opening.line, "Bal/Amt/@Ccy", "the balance is in \(currency) and the account in \(shown(named.text))")
    }
    guard closing.amount.currency == currency else {
      throw BankFileProblem(closing.line, "Bal/Amt/@Ccy", "the closing balance is not in \(currency)")
    }
    for line in lines where line.amount.currency != currency {
      throw BankFileProblem(
        line.place, "Ntry/Amt/@Ccy", "the entry is in \(line.amount.currency) and the account in \(currency)")
    }
    let first = lines.map(\.bookedOn).min()
    let from = try Self.date(element.at("FrToDt", "FrDtTm") ?? element.at("FrToDt", "FrDt"))
    let opensOn = min(from ?? first ?? closing.on, first ?? closing.on, closing.on)
    let statement = BankStatement(
      file: file, place: element.line, format: .camt053, account: account, currency: currency, name: id,
      opensOn: opensOn, closesOn: max(closing.on, opensOn, lines.map(\.bookedOn).max() ?? opensOn),
      opening: opening.amount, closing: closing.amount, openingPlace: opening.place,
      closingPlace: closing.place, lines: lines)
    let page = try element.at("StmtPgntn").map(Self.pagination) ?? messagePage
    return StatementPages.Page(statement: statement, number: page?.number, isLast: page?.isLast ?? true)
  }

  private static func account(_ element: XMLElement) throws -> String {
    let text = element.at("Acct", "Id", "IBAN")?.text ?? element.at("Acct", "Id", "Othr", "Id")?.text ?? ""
    let account = BankValues.account(text)
    guard !account.isEmpty else {
      throw BankFileProblem(element.line, "Acct/Id", "the statement doesn't say of which account it is")
    }
    return account
  }

  private static func pagination(_ element: XMLElement) throws -> (number: Int, isLast: Bool) {
    guard let number = element["PgNb"].flatMap({ Int($0.text) }), number > 0, let last = element["LastPgInd"]
    else { throw BankFileProblem(element.line, element.name, "the page's number can't be read") }
    return (number, try flag(last))
  }

  static func flag(_ element: XMLElement) throws -> Bool {
    switch element.text {
    case "true", "1": true
    case "false", "0": false
    default:
      throw BankFileProblem(element.line, element.name, "\(shown(element.text)) is neither true nor false")
    }
  }

  /// The date of an element that holds a date, or a time.
  static func date(_ element: XMLElement?) throws -> LedgerDate? {
    guard let element else { return nil }
    guard let date = LedgerDate(String(element.text.prefix(10))) else {
      throw BankFileProblem(element.line, element.name, "\(shown(element.text)) is no date")
    }
    return date
  }

  /// The amount of an element with its currency and the sign that CdtDbtInd beside it gives.
  static func amount(_ element: XMLElement?, of parent: XMLElement, signed: Bool = true) throws -> Money {
    guard let element else {
      throw BankFileProblem(parent.line, parent.name + "/Amt", "the amount is missing")
    }
    let field = parent.name + "/" + element.name
    guard let code = element.attributes["Ccy"], let currency = BankValues.currency(code) else {
      throw BankFileProblem(
        element.line, field + "/@Ccy",
        "\(shown(element.attributes["Ccy"] ?? "")) is no currency that is known")
    }
    guard let amount = Money(element.text, currency), !amount.isNegative else {
      throw BankFileProblem(element.line, field, "\(shown(element.text)) is no amount")
    }
    guard BankValues.isExact(amount) else {
      throw BankFileProblem(
        element.line, field, "\(shown(element.text)) has more decimals than \(currency) has")
    }
    guard signed else { return amount }
    switch parent["CdtDbtInd"]?.text {
    case "CRDT": return amount
    case "DBIT": return Money("-" + amount.text, currency) ?? amount
    default:
      throw BankFileProblem(
        parent.line, parent.name + "/CdtDbtInd",
        "it must say CRDT or DBIT, and says \(shown(parent["CdtDbtInd"]?.text ?? ""))")
    }
  }
}

/// A balance of a camt statement.
struct CamtBalance {
  let kind: String
  let amount: Money
  let on: LedgerDate
  let line: Int

  var place: BankPlace { BankPlace(line: line, field: "Stmt/Bal (\(kind))") }

  init(_ element: XMLElement) throws {
    kind = element.at("Tp", "CdOrPrtry", "Cd")?.text ?? ""
    amount = try CamtReader.amount(element["Amt"], of: element)
    guard let date = try CamtReader.date(element.at("Dt", "Dt") ?? element.at("Dt", "DtTm")) else {
      throw BankFileProblem(element.line, "Bal/Dt", "the balance has no date")
    }
    on = date
    line = element.line
  }

  /// What the page begins with: the booked opening balance, the last one of the statement before, or an interim.
  static func opening(of balances: [CamtBalance]) -> CamtBalance? {
    balances.first { $0.kind == "OPBD" } ?? balances.first { $0.kind == "PRCD" }
      ?? balances.first { $0.kind == "ITBD" }
  }

  static func closing(of balances: [CamtBalance]) -> CamtBalance? {
    balances.last { $0.kind == "CLBD" } ?? balances.last { $0.kind == "ITBD" }
  }
}
