/// What the journal says of itself, for the manifest.
struct JournalSummary {
  var firstOn: String?
  var lastOn: String?
  var knownAt: String?
}

/// Reads the events with their entries, proves what can be proved in this order, and sorts the rest for what comes after.
final class JournalProof {
  private let rules: PackRules
  private let findings: PackFindings
  private let events: PackRows
  private let entries: EntryProof?
  private let columns: JournalColumns
  private var chain: EventChain
  private let heads: [PackManifest.Head]
  private let seals: SealedJournal
  private let closings: ClosingProof
  private let selection: PackSelection
  private let leftOut: LeftOutEvents?
  /// How many events of the present office were left out since the first that is shown.
  private var gap: Int64 = 0
  private var showsAny = false
  /// How many of the events that are shown neither a seal covers nor, where nothing is left out, the older pack.
  private(set) var unsealedCount = 0
  private var before: OlderJournal
  private var headCount = 0
  private var office: [UInt8]?
  private var sequence: Int64 = 0
  private var recordedAt: [UInt8] = []
  private var first: [UInt8] = []
  private var last: [UInt8] = []
  private var latest: [UInt8] = []
  /// For each event of the rules, the columns that must have something, and those that must not.
  private let requiredColumns: [[Int]]
  private let foreignColumns: [[Int]]

  let keys = RecordSorter()
  let disputes = RecordSorter()
  let lots = RecordSorter()
  let registers: RegisterRecords
  var moves: RecordSorter { entries?.moves ?? RecordSorter() }

  init(
    _ rules: PackRules, _ findings: PackFindings, events: PackRows, entries: PackRows?,
    leftOut: PackRows?, selection: PackSelection, heads: [PackManifest.Head], before: [PackManifest.Head]?,
    seals: SealedJournal, closings: ClosingProof
  ) {
    self.rules = rules
    self.findings = findings
    self.events = events
    self.heads = heads
    self.seals = seals
    self.closings = closings
    self.selection = selection
    self.leftOut = leftOut.map(LeftOutEvents.init)
    self.before = OlderJournal(before, of: .events)
    let columns = JournalColumns(events.table)
    self.columns = columns
    let table = events.table
    requiredColumns = rules.events.map { $0.requires.compactMap { table.index(of: $0) } }
    foreignColumns = rules.events.map { rule in
      let own = Set(rule.requires + rule.optional + ["office", "dispute", "currency"])
      return rules.fields.filter { !own.contains($0) }.compactMap { table.index(of: $0) }
    }
    chain = EventChain(events.table)
    registers = RegisterRecords(rules, events.table, columns)
    self.entries = entries.map { EntryProof(rules, columns, events: events, entries: $0, selection) }
  }

  var summary: JournalSummary {
    JournalSummary(
      firstOn: first.isEmpty ? nil : String(decoding: first, as: UTF8.self),
      lastOn: last.isEmpty ? nil : String(decoding: last, as: UTF8.self),
      knownAt: latest.isEmpty ? nil : String(decoding: latest, as: UTF8.self))
  }

  func run() throws {
    while events.next() { try events.withCells { try take($0) } }
    try passLeftOut(before: nil)
    endOffice()
    for head in heads.dropFirst(headCount) {
      findings.note(
        .chain, PackManifest.name,
        "it has the head \(head.sequence) of office \(shown(head.office)), which has no events")
    }
    before.finish(events, findings)
    try entries?.finish()
    try seals.finish()
  }

  private func take(_ cells: PackCells) throws {
    let number = MinorUnits.count(cells[columns.sequence])
    if leftOut != nil, let number { try passLeftOut(before: (cells.bytes(columns.office), number)) }
    checkPlace(cells[columns.office], number, events)
    checkSelection(cells)
    if let wanted = chain.take(cells) {
      events.note(
        .chain,
        "the hash should be \(wanted): the event, or one before it in its office, is not as it was recorded")
    }
    let isSealed = try seals.take(office ?? [], sequence, chain.head)
    // Beside events that are left out, the older pack's end does not show what stands before it.
    let isOlder = before.take(office ?? [], sequence, chain.head, events) && selection.isWhole
    if !isSealed && !isOlder { unsealedCount += 1 }
    checkDates(cells)
    let period = closings.period(of: office ?? [], cells[columns.on])
    if let period { step(cells, in: period) }
    guard let index = rules.eventIndex.index(of: cells[columns.event]) else {
      events.note(.references, "there is no event \(shown(cells.text(columns.event)))")
      try entries?.take(cells, nil, office: office ?? [], sequence: sequence, period: period)
      return
    }
    let rule = rules.events[index]
    checkFields(cells, index)
    if rule.closesBooks || cells.has(columns.closingHash) {
      closings.take(cells, columns, closes: rule.closesBooks, sequence, events)
    }
    let digest = try entries?.take(cells, rule, office: office ?? [], sequence: sequence, period: period)
    try sort(cells, rule, index, digest)
  }

  // MARK: Places

  /// Offices in the order of their bytes, and each office's events from 1 without a gap.
  private func checkPlace(_ own: some Collection<UInt8>, _ number: Int64?, _ rows: PackRows) {
    let found = { number.map(String.init) ?? "none that can be read" }
    if let office, own.elementsEqual(office) {
      if number != sequence &+ 1 {
        rows.note(.order, "the event's number is \(found()), and \(sequence &+ 1) should come here")
      }
      sequence = number ?? sequence &+ 1
      return
    }
    endOffice()
    let next = Array(own)
    let name = { shown(String(decoding: next, as: UTF8.self)) }
    if let office, !office.lexicographicallyPrecedes(next) {
      rows.note(.order, "office \(name()) stands behind a later one")
    }
    if number != 1 { rows.note(.order, "the first event of office \(name()) has the number \(found())") }
    office = next
    sequence = number ?? 1
    recordedAt = []
    (gap, showsAny) = (0, false)
    chain.begin()
  }

  /// Takes the hashes of what is left out before an event that is shown, or before the end.
  private func passLeftOut(before place: (office: [UInt8], sequence: Int64)?) throws {
    guard let leftOut else { return }
    while let event = leftOut.next(before: place) {
      checkPlace(event.office, event.sequence, leftOut.rows)
      chain.goOn(from: event.hash)
      _ = try seals.take(event.office, event.sequence, event.hash)
      before.take(event.office, event.sequence, event.hash, leftOut.rows)
      if showsAny { gap += 1 }
      let isWhole =
        selection.has(office: String(decoding: event.office, as: UTF8.self)) && selection.through == nil
      if isWhole, selection.from == nil || event.office.isEmpty || showsAny {
        leftOut.rows.note(.order, "the event is left out, and belongs into the pack")
      }
    }
  }

  /// Whether an event that is shown belongs into the pack.
  private func checkSelection(_ cells: PackCells) {
    defer { showsAny = true }
    if selection.isWhole { return }
    let isOther: Bool
    if let dispute = selection.dispute {
      let event = rules.eventIndex.index(of: cells[columns.event])
      let registers =
        event.map { ["office", "party", "recordal"].contains(rules.events[$0].addsTo) } ?? false
      isOther = !registers && !(columns.dispute >= 0 && cells[columns.dispute].elementsEqual(dispute.utf8))
    } else {
      isOther =
        !selection.has(office: String(decoding: office ?? [], as: UTF8.self))
        || selection.through.map { $0.description < cells.text(columns.on) } ?? false
        || !showsAny && office != []
          && selection.from.map { cells.text(columns.on) < $0.description } ?? false
    }
    if isOther { events.note(.manifest, "the event is none of those that the pack says that it is of") }
  }

  private func endOffice() {
    guard let office else { return }
    let name = String(decoding: office, as: UTF8.self)
    let head = headCount < heads.count ? heads[headCount] : nil
    headCount += 1
    if head?.office != name || head?.sequence != sequence || head?.hash != chain.head.hexDigits {
      findings.note(
        .chain, PackManifest.name,
        "the head of office \(shown(name)) is event \(sequence) with the hash \(chain.head.hexDigits), and the manifest says otherwise"
      )
    }
  }

  private func checkDates(_ cells: PackCells) {
    let recorded = cells[columns.recordedAt]
    if recorded.lexicographicallyPrecedes(recordedAt) {
      events.note(.order, "the event was recorded before the one before it")
    }
    recordedAt.removeAll(keepingCapacity: true)
    recordedAt.append(contentsOf: recorded)
    if latest.lexicographicallyPrecedes(recordedAt) { latest = recordedAt }
    let on = cells[columns.on]
    if first.isEmpty || on.lexicographicallyPrecedes(first) { first = Array(on) }
    if last.lexicographicallyPrecedes(on) { last = Array(on) }
  }

  /// An event has the fields that it needs and none that is not its own.
  private func checkFields(_ cells: PackCells, _ index: Int) {
    for column in requiredColumns[index] where cells.isEmpty(column) {
      events.note(.format, "the event has no \(events.table.columns[column])")
    }
    for column in foreignColumns[index] where !cells.isEmpty(column) {
      events.note(.format, "the event has a \(events.table.columns[column]), which is no field of it")
    }
  }

  /// What the event does to the numbers of disputes and lots in each state.
  private func step(_ cells: PackCells, in period: Int) {
    let machines: [(ClosedPeriods.Machine, Int, Int)] = [
      (.disputes, columns.stageFrom, columns.stageTo), (.lots, columns.lotFrom, columns.lotTo),
    ]
    for (machine, from, to) in machines where !cells.isEmpty(to) && !cells[from].elementsEqual(cells[to]) {
      closings.step(machine, in: period, from: cells.text(from), to: cells.text(to))
    }
  }

  // MARK: What comes after

  /// The longest text by which anything is sorted; no code is as long.
  private static let longestKey = 1024

  private var key: [UInt8] = []
  private var payload: [UInt8] = []

  private func sort(_ cells: PackCells, _ rule: PackRules.EventRule, _ index: Int, _ digest: Int?) throws {
    let texts = [columns.key, columns.reverses, columns.dispute, columns.lot, columns.guarantor]
    guard texts.allSatisfy({ $0 < 0 || cells[$0].count <= Self.longestKey }) else {
      events.note(.format, "the row has a code that is longer than any code is")
      return
    }
    for column in rule.isReversal ? [columns.key, columns.reverses] : [columns.key] where cells.has(column) {
      key.removeAll(keepingCapacity: true)
      key.append(contentsOf: cells[column])
      let isReversal = column == columns.reverses
      KeyMention(
        isReversal: isReversal, line: events.line,
        digest: rule.isReversal && !isReversal ? nil : digest, office: office ?? []
      ).write(to: &payload)
      try keys.add(key: key, payload: payload)
    }
    if rule.isOfDispute && !(cells.has(columns.dispute) && cells.has(columns.stageTo)) {
      events.note(.stages, "the event has no dispute, or leads it to no stage")
    }
    if cells.has(columns.dispute) { try sortDispute(cells, rule, index) }
    if rule.isOfLot != cells.has(columns.lotTo) {
      events.note(
        .stages,
        rule.isOfLot ? "the event leads its lot to no state" : "the event has no lot to lead anywhere")
    }
    if cells.has(columns.lotTo) { try sortLot(cells, index) }
    try registers.take(cells, index, office: office ?? [], events)
  }

  private func amount(_ cells: PackCells) -> Int64 {
    guard cells.has(columns.amount), let currency = rules.currencyIndex.index(of: cells[columns.currency])
    else { return -1 }
    return MinorUnits.read(cells[columns.amount], digits: rules.minorDigits[currency]) ?? -1
  }

  private func sortDispute(_ cells: PackCells, _ rule: PackRules.EventRule, _ index: Int) throws {
    key.removeAll(keepingCapacity: true)
    key.append(contentsOf: cells[columns.dispute])
    key.append(0)
    payload.removeAll(keepingCapacity: true)
    payload.appendNumber(Int64(events.line))
    payload.appendNumber(Int64(index))
    payload.appendNumber(amount(cells))
    payload.appendString(office ?? [])
    for column in [columns.on, columns.stageFrom, columns.stageTo, columns.currency, columns.outcome] {
      payload.appendString(cells.bytes(column))
    }
    if rule.addsTo == "dispute" {
      for name in ["procedure", "recordal", "right_holder", "consignor"] {
        payload.appendString(cells.bytes(events.table.index(of: name) ?? -1))
      }
    }
    try disputes.add(key: key, payload: payload)
  }

  private func sortLot(_ cells: PackCells, _ index: Int) throws {
    key.removeAll(keepingCapacity: true)
    for column in [columns.dispute, columns.lot] {
      key.append(contentsOf: cells.bytes(column))
      key.append(0)
    }
    payload.removeAll(keepingCapacity: true)
    payload.appendNumber(Int64(events.line))
    payload.appendNumber(Int64(index))
    payload.appendNumber(amount(cells))
    for column in [columns.lotFrom, columns.lotTo, columns.currency] { payload.appendString(cells[column]) }
    payload.appendNumber(gap)
    try lots.add(key: key, payload: payload)
  }
}
