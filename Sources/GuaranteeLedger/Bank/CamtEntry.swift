import XMLReader

/// An entry of a camt statement, which may be a bundle of payments.
struct CamtEntry {
  private let entry: XMLElement
  private let amount: Money
  private let details: [XMLElement]

  init(_ entry: XMLElement, accountCurrency: String?) throws {
    self.entry = entry
    amount = try CamtReader.amount(entry["Amt"], of: entry)
    details = entry.all("NtryDtls").flatMap { $0.all("TxDtls") }
  }

  /// What was booked: nothing while it is pending, one line for the entry, or one for each payment of a bundle
  /// whose amounts are given and come to the entry's.
  func lines() throws -> [BankLine] {
    let status = entry.at("Sts", "Cd")?.text ?? entry["Sts"]?.text ?? "BOOK"
    guard status == "BOOK" else { return [] }
    guard !amount.isZero else { return [] }
    if details.count > 1, let parts = try parts() { return parts }
    var line = try line()
    for detail in details { try add(detail, to: &line) }
    return [line]
  }

  private func line() throws -> BankLine {
    guard let bookedOn = try date("BookgDt") ?? date("ValDt") else {
      throw BankFileProblem(entry.line, "Ntry/BookgDt", "the entry has no date")
    }
    var line = BankLine(
      place: entry.line, reference: entry["AcctSvcrRef"]?.text ?? entry["NtryRef"]?.text ?? "",
      bookedOn: bookedOn, valueOn: try date("ValDt") ?? bookedOn, amount: amount)
    line.isReversal = try entry["RvslInd"].map(CamtReader.flag) ?? false
    line.addReference(entry["NtryRef"]?.text)
    line.addReference(entry["AcctSvcrRef"]?.text)
    line.charges = try charges(of: entry)
    line.addPurpose(entry["AddtlNtryInf"]?.text)
    note(entry["BkTxCd"], in: &line)
    return line
  }

  private func date(_ name: String) throws -> LedgerDate? {
    try CamtReader.date(entry.at(name, "Dt") ?? entry.at(name, "DtTm"))
  }

  // MARK: Bundles

  private func parts() throws -> [BankLine]? {
    var parts: [BankLine] = []
    var sum = Money.zero(in: amount.currency)
    for detail in details {
      guard let amountElement = detail["Amt"] ?? detail.at("AmtDtls", "TxAmt", "Amt") else { return nil }
      guard var part = Optional(try CamtReader.amount(amountElement, of: detail, signed: false)),
        part.currency == amount.currency, !part.isZero
      else { return nil }
      // A payment without a side of its own is on the entry's.
      let isOut = detail["CdtDbtInd"].map { $0.text == "DBIT" } ?? amount.isNegative
      if isOut, let negative = Money("-" + part.text, part.currency) { part = negative }
      guard let total = try? sum + part else { return nil }
      sum = total
      var line = try line()
      line.place = detail.line
      line.amount = part
      line.charges = nil
      try add(detail, to: &line)
      parts.append(line)
    }
    return sum == amount ? parts : nil
  }

  // MARK: What a payment says of itself

  private static let referenceNames = [
    "EndToEndId", "InstrId", "TxId", "PmtInfId", "MsgId", "AcctSvcrRef", "MndtId", "ChqNb", "ClrSysRef",
    "UETR",
  ]

  private func add(_ detail: XMLElement, to line: inout BankLine) throws {
    for name in Self.referenceNames { line.addReference(detail.at("Refs", name)?.text) }
    for own in detail["Refs"]?.all("Prtry") ?? [] { line.addReference(own["Ref"]?.text) }
    for remittance in detail.all("RmtInf") {
      for text in remittance.all("Ustrd") {
        line.addPurpose(text.text)
        // Often nothing but the reference.
        if text.text.utf8.count <= 35 { line.addReference(text.text) }
      }
      for structured in remittance.all("Strd") {
        line.addReference(structured.at("CdtrRefInf", "Ref")?.text)
        for document in structured.all("RfrdDocInf") { line.addReference(document["Nb"]?.text) }
        for text in structured.all("AddtlRmtInf") { line.addPurpose(text.text) }
      }
    }
    line.addPurpose(detail["AddtlTxInf"]?.text)
    if detail["RtrInf"] != nil { line.isReturn = true }
    note(detail["BkTxCd"], in: &line)
    if line.charges == nil { line.charges = try charges(of: detail) }
    // Whoever is on the other side: the debtor of what came in, the creditor of what went out.
    let role = line.amount.isNegative == line.isReturn ? "Dbtr" : "Cdtr"
    let party = detail.at("RltdPties", role)
    let name = party?["Nm"]?.text ?? party?.at("Pty", "Nm")?.text
    if line.counterparty == nil, let name, !name.isEmpty { line.counterparty = name }
    let account = detail.at("RltdPties", role + "Acct", "Id")
    let number = account?["IBAN"]?.text ?? account?.at("Othr", "Id")?.text
    if line.counterpartyAccount == nil, let number, !number.isEmpty {
      line.counterpartyAccount = BankValues.account(number)
    }
  }

  private func note(_ code: XMLElement?, in line: inout BankLine) {
    let sub = code?.at("Domn", "Fmly", "SubFmlyCd")?.text ?? ""
    if sub == "INTR" { line.isInterest = true }
    if ["RRTN", "URTN", "UPCT", "RPCR", "PRTN"].contains(sub) { line.isReturn = true }
  }

  private func charges(of element: XMLElement) throws -> Money? {
    guard let charges = element["Chrgs"] else { return nil }
    let records = charges.all("Rcrd")
    let amounts =
      records.isEmpty ? [charges["TtlChrgsAndTaxAmt"] ?? charges["Amt"]] : records.map { $0["Amt"] }
    var sum = Money.zero(in: amount.currency)
    for charge in amounts {
      guard let charge else { continue }
      let money = try CamtReader.amount(charge, of: charges, signed: false)
      guard money.currency == amount.currency, let total = try? sum + money else { continue }
      sum = total
    }
    return sum.isZero ? nil : sum
  }
}
