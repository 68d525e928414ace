/// Proves a pack, table by table, in the order in which one follows from the other.
final class PackVerifier {
  private let contents: PackContents
  private let before: PackManifest?
  private let trusted: [String]
  private let findings = PackFindings()
  private var listed: [String: PackManifest.File] = [:]
  private var proof = PackProof()
  private let selection: PackSelection
  private var limits: PackLimits

  init(_ contents: PackContents, after before: PackManifest?, trusting trusted: [String]) {
    self.trusted = trusted
    self.contents = contents
    self.before = before
    let said = contents.manifest.selection
    selection = said?.selection ?? PackSelection()
    limits = PackLimits(selection: selection)
    if let said, said.selection == nil {
      findings.note(.manifest, PackManifest.name, "no pack is of what it says that this one is of")
    }
  }

  private func tables(_ fields: [String]) -> [PackTable] { PackTable.all(fields: fields, of: selection) }

  func verify() throws -> PackProof {
    checkNames()
    checkSums()
    let (rules, texts) = (try? readRules()) ?? (nil, [:])
    if let rules {
      try checkTables(rules)
      checkAdditions(texts)
    } else {
      for table in tables([]) { hashAlone(table.file) }
    }
    proof.findings = findings.all
    proof.limits = limits.sentences
    return proof
  }

  // MARK: Files

  private func checkNames() {
    for file in contents.manifest.files {
      guard PackName.isPlain(file.name) else {
        findings.note(.files, PackManifest.name, "it lists a file with the name \(shown(file.name))")
        continue
      }
      if listed.updateValue(file, forKey: file.name) != nil {
        findings.note(.files, PackManifest.name, "it lists \(file.name) twice")
      }
    }
    let there = Set(contents.names())
    let wanted = Set(listed.keys).union([PackManifest.name, PackManifest.sums])
    for name in there.subtracting(wanted).sorted() {
      findings.note(.files, shown(name), "the file is no part of the pack: the manifest does not list it")
    }
    for name in tables([]).map(\.file) + PackRules.needed.map({ "rules/\($0).csv" })
    where listed[name] == nil {
      findings.note(.files, name, "the manifest does not list the file")
    }
  }

  private func checkSums() {
    let files = listed.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let sums = PackManifest.sums(of: files, manifest: contents.manifestHash)
    if contents.sums != Array(sums.utf8) {
      findings.note(
        .files, PackManifest.sums, "it does not have the hashes of the manifest and of what that lists")
    }
  }

  /// Compares a file that was read with what the manifest says of it.
  private func check(_ file: HashedFile, rows: Int? = nil) {
    guard let wanted = listed[file.name] else { return }
    do throws(PackFault) {
      let hash = try file.finish()
      if hash != wanted.sha256 || file.byteCount != wanted.bytes {
        findings.note(
          .files, file.name,
          "the file is not as it was written: it has \(file.byteCount) bytes with the SHA-256 \(hash), and the manifest says \(wanted.bytes) with \(shown(wanted.sha256))"
        )
      }
    } catch {
      findings.note(.files, error)
    }
    if let rows, rows != wanted.rows {
      findings.note(
        .manifest, file.name,
        "it has \(rows) rows, and the manifest says \(wanted.rows.map(String.init) ?? "nothing")")
    }
  }

  private func hashAlone(_ name: String) {
    guard listed[name] != nil else { return }
    do throws(PackFault) { check(try HashedFile(name, in: contents.folder)) } catch {
      findings.note(.files, error)
    }
  }

  /// Reads the rules, and hashes whatever else is no table.
  private func readRules() throws -> (PackRules?, [String: [UInt8]]) {
    let tables = Set(tables([]).map(\.file))
    let added = Set((contents.manifest.additions ?? []).map(\.rawValue))
    var (texts, described): ([String: [UInt8]], [String: [UInt8]]) = ([:], [:])
    // Files of rules are small, and few: a manifest may list any number of any size.
    var room = 4 << 20
    for name in listed.keys.sorted()
    where !tables.contains(name)
      && !(name.split(separator: "/").first.map { added.contains(String($0)) } ?? false)
    {
      let rule = name.hasPrefix("rules/") ? String(name.dropFirst(6).dropLast(4)) : ""
      do throws(PackFault) {
        let file = try HashedFile(name, in: contents.folder)
        let text = try file.contents(limit: min(1 << 20, room))
        room -= text.count
        if rule.isEmpty { described[name] = text } else { texts[rule] = text }
        check(file)
      } catch {
        findings.note(.files, error)
      }
    }
    checkDescriptions(described, texts)
    if RuleProof(manifest: contents.manifest, before: before).run(findings) {
      limits.strangeProgram = (contents.manifest.program, contents.manifest.schema)
    }
    do throws(PackFault) {
      return (try PackRules(texts), texts)
    } catch {
      findings.note(.format, error)
      throw error
    }
  }

  /// What describes the pack to other programs follows from the rules, as the same program writes it.
  private func checkDescriptions(_ found: [String: [UInt8]], _ rules: [String: [UInt8]]) {
    guard contents.manifest.program == LedgerProgram.version,
      let description = try? PackDescription(
        rules: rules, of: selection, contents.manifest.additions ?? []),
      let package = try? PackJSON.bytes(description.dataPackage)
    else { return }
    for (name, wanted) in [("datapackage.json", package), ("load.sql", Array(description.loadScript.utf8))]
    where found[name] != wanted {
      findings.note(.files, name, "it does not describe the pack as its rules have it")
    }
  }

  /// Makes anew what stands beside the tables.
  private func checkAdditions(_ rules: [String: [UInt8]]) {
    let additions = contents.manifest.additions ?? []
    guard !additions.isEmpty, let description = try? PackDescription(rules: rules, of: selection, additions)
    else {
      return
    }
    var wanted: Set<String> = []
    for addition in additions {
      guard let maker = try? AdditionMaker(addition, rules, description, in: contents.folder) else {
        continue
      }
      wanted.formUnion(maker.files)
      for name in maker.files { check(name, of: maker) }
    }
    for name in listed.keys.sorted()
    where !name.hasPrefix("rules/") && name.contains("/") && !wanted.contains(name) {
      findings.note(.files, name, "the file is none of those that the pack says stand beside its tables")
    }
  }

  private func check(_ name: String, of maker: AdditionMaker) {
    guard listed[name] != nil else {
      return findings.note(.files, name, "the manifest does not list the file")
    }
    do throws(PackFault) {
      let file = try HashedFile(name, in: contents.folder)
      // A table that can't be read is a finding of its own.
      if let (line, rows) = try? AdditionProof(file).compare(with: maker) {
        if let line {
          findings.note(.additions, name, line: line, "it is not what the pack's tables make of it")
        }
        check(file, rows: rows)
      } else {
        check(file)
      }
    } catch {
      findings.note(.files, error)
    }
  }

  // MARK: Tables

  /// Opens a table; `nil`, with a finding, when it is none.
  private func open(_ table: PackTable) -> PackRows? {
    guard listed[table.file] != nil else { return nil }
    do throws(PackFault) {
      return try PackRows(table, in: contents.folder, findings)
    } catch {
      findings.note(error.line == nil && error.reason.contains("can't be read") ? .files : .format, error)
      hashAlone(table.file)
      return nil
    }
  }

  private func close(_ rows: PackRows?) {
    guard let rows else { return }
    proof.rows[rows.table.name] = rows.count
    check(rows.file, rows: rows.count)
  }

  private func checkTables(_ rules: PackRules) throws {
    let tables = Dictionary(uniqueKeysWithValues: tables(rules.fields).map { ($0.name, $0) })
    func rows(_ name: String) -> PackRows? { tables[name].flatMap { open($0) } }
    guard let events = rows("events") else {
      for name in tables.keys.sorted() where name != "events" { hashAlone(name + ".csv") }
      return
    }
    let (entries, leftOut) = (rows("entries"), rows("chain"))
    let seals = SealProof(findings, trusting: trusted, selection)
    let sealRows = rows("seals")
    if let sealRows { try seals.run(sealRows, last: contents.manifest.seal, after: before?.seal) }
    close(sealRows)
    proof.keyIDs = seals.keyIDs.sorted()
    let sealed = try seals.events()
    let closings = ClosingProof(findings)
    let closingRows = rows("closings")
    if let closingRows { closings.read(closingRows) }
    close(closingRows)
    let journal = JournalProof(
      rules, findings, events: events, entries: entries, leftOut: leftOut, selection: selection,
      heads: contents.manifest.heads, before: before?.heads, seals: sealed, closings: closings)
    let opening = PackOpening(rules: rules, selection: selection, journal: journal)
    for table in tables.values.sorted(by: { $0.name < $1.name }) where table.name.hasPrefix("opening_") {
      guard let rows = open(table) else { continue }
      try opening.take(rows)
      close(rows)
    }
    try journal.run()
    seals.check(sealed)
    for rows in [events, entries, leftOut] { close(rows) }
    limits.unsealed = journal.unsealedCount
    if let attempts = rows("attempts") {
      try AttemptProof(
        findings, try seals.attempts(), heads: contents.manifest.attempts,
        after: (before?.attempts ?? []).filter { selection.has(office: $0.office) }
      ).run(attempts)
      close(attempts)
    }
    check(journal.summary)
    limits.unknownReversals = try KeyProof(findings, selection).run(journal.keys)
    try checkAccounts(rules, journal, closings, hasEntries: entries != nil, rows)
    try checkDerived(rules, journal, rows)
    for head in contents.manifest.heads { proof.heads[head.office] = head.sequence }
  }

  /// Proves balances, and the closings that go on from one to the next.
  private func checkAccounts(
    _ rules: PackRules, _ journal: JournalProof, _ closings: ClosingProof, hasEntries: Bool,
    _ rows: (String) -> PackRows?
  ) throws {
    let (accounts, closingBalances) = (rows("accounts"), rows("closing_balances"))
    if let accounts, hasEntries {
      let proof = AccountProof(
        rules, findings, DerivedTable(accounts, .balances), selection, closings,
        closingBalances.map { DerivedTable($0, .closings) })
      try proof.run(journal.moves)
      check(proof.totals)
    }
    closings.finish(hasAccounts: accounts != nil && hasEntries)
    close(accounts)
    close(closingBalances)
  }

  /// Proves what else follows from the journal.
  private func checkDerived(
    _ rules: PackRules, _ journal: JournalProof, _ rows: (String) -> PackRows?
  ) throws {
    if let disputes = rows("disputes") {
      try DisputeProof(rules, findings, DerivedTable(disputes, .stages)).run(journal.disputes)
      close(disputes)
    }
    if let lots = rows("lots") {
      try LotProof(rules, findings, DerivedTable(lots, .stages), selection).run(journal.lots)
      close(lots)
    }
    let registers = Register.allCases.map { ($0, rows($0.table)) }
    let derived = registers.compactMap { register, rows in
      rows.map { (register, DerivedTable($0, .registers)) }
    }
    try RegisterProof(findings, Dictionary(uniqueKeysWithValues: derived), selection).run(journal.registers)
    for (_, rows) in registers { close(rows) }
  }

  private func check(_ summary: JournalSummary) {
    let manifest = contents.manifest
    let period = summary.firstOn.flatMap { first in
      summary.lastOn.map { PackManifest.Period(from: first, through: $0) }
    }
    if period != manifest.period {
      findings.note(.manifest, PackManifest.name, "the period is not that of the events")
    }
    if summary.knownAt != manifest.knownAt {
      findings.note(.manifest, PackManifest.name, "known_at is not when the latest event was recorded")
    }
  }

  private func check(_ totals: [PackManifest.Total]) {
    for total in totals where total.debit != total.credit && selection.dispute == nil {
      findings.note(
        .doubleEntry, PackTable.accounts.file,
        "the balances of \(total.ledger) \(total.currency) are \(total.debit) debit and \(total.credit) credit"
      )
    }
    if totals != contents.manifest.totals {
      let wrong = totals.first { !contents.manifest.totals.contains($0) }
      findings.note(
        .manifest, PackManifest.name,
        "the totals are not those of the accounts"
          + (wrong.map { ": \($0.ledger) \($0.currency) is \($0.debit) debit, \($0.credit) credit" } ?? ""))
    }
  }
}
