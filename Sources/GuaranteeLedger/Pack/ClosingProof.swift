import Crypto
import FoundationEssentials

/// Proves the closings: each by itself, then by the events and the entries that are dated in its period.
final class ClosingProof {
  /// More than anybody makes; each takes some memory.
  private static let mostClosings = 100_000

  private let findings: PackFindings
  private(set) var periods = ClosedPeriods()
  /// Whether the pack has closings at all.
  private var hasClosings = false
  /// For each period what its events changed, its accounts, and whether its event came.
  private var steps: [[ClosedPeriods.Machine: [String: Int64]]] = []
  private var trees: [MerkleTree] = []
  private var isSeen: [Bool] = []
  private var journal: (office: [UInt8], periods: Range<Int>) = ([], 0..<0)

  init(_ findings: PackFindings) { self.findings = findings }

  // MARK: The closings alone

  private enum Column {
    static let office = 0
    static let through = 1
    static let sequence = 2
    static let previous = 3
    static let accountCount = 4
    static let balances = 5
    static let disputes = 6
    static let lots = 7
    static let hash = 8
  }

  /// Reads the closings, which are few.
  func read(_ rows: PackRows) {
    hasClosings = true
    while rows.next() {
      guard periods.all.count < Self.mostClosings else {
        rows.note(.format, "there are more closings than \(Self.mostClosings)")
        continue
      }
      rows.withCells { take($0, rows) }
    }
    steps = Array(repeating: [:], count: periods.all.count)
    trees = Array(repeating: MerkleTree(), count: periods.all.count)
    isSeen = Array(repeating: false, count: periods.all.count)
  }

  private func take(_ cells: PackCells, _ rows: PackRows) {
    let (office, through) = (cells.bytes(Column.office), cells.bytes(Column.through))
    let last = periods.all.last
    let isSameOffice = last?.office == office
    if let last {
      let isAfter =
        isSameOffice
        ? last.through.lexicographicallyPrecedes(through) : last.office.lexicographicallyPrecedes(office)
      guard isAfter else {
        return rows.note(.order, "the closing stands behind one that comes later, or a second time")
      }
    }
    guard let sequence = MinorUnits.count(cells[Column.sequence]),
      let hash = [UInt8](hexDigits: cells[Column.hash], count: 32),
      let balances = [UInt8](hexDigits: cells[Column.balances], count: 32),
      let disputes = Self.counts(cells[Column.disputes]), let lots = Self.counts(cells[Column.lots])
    else { return rows.note(.format, "a value of the closing can't be read") }
    let previous = isSameOffice ? last?.hash ?? EventChain.start : EventChain.start
    if cells.text(Column.previous) != previous.hexDigits {
      rows.note(.closings, "the closing does not follow from the one before it")
    }
    if hash != Self.hash(cells, disputes, lots) {
      rows.note(.closings, "the hash is not that of what the closing says")
    }
    periods.append(
      ClosedPeriods.Period(
        office: office, through: through, sequence: sequence, hash: hash,
        accountCount: cells.text(Column.accountCount), balances: balances,
        counts: [.disputes: disputes, .lots: lots], line: rows.line))
  }

  /// A JSON object of texts in its canonical form; `nil` for anything else.
  private static func counts(_ cell: some Collection<UInt8>) -> [String: String]? {
    guard let counts = try? ForeignJSON.read(Array(cell), as: [String: String].self),
      CanonicalText.members(counts).bytes.elementsEqual(cell)
    else { return nil }
    return counts
  }

  private static func hash(_ cells: PackCells, _ disputes: [String: String], _ lots: [String: String])
    -> [UInt8]
  {
    func text(_ column: Int) -> CanonicalText { .text(cells.text(column)) }
    let said = CanonicalText.object([
      "office": text(Column.office), "through": text(Column.through), "sequence": text(Column.sequence),
      "previous": text(Column.previous), "account_count": text(Column.accountCount),
      "balances": text(Column.balances), "disputes": .members(disputes), "lots": .members(lots),
    ])
    return Array(SHA256.hash(data: said.bytes))
  }

  // MARK: Their events

  /// The period in which an event of the journal is dated; `nil` when none is closed that has it.
  func period(of office: [UInt8], _ day: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard !periods.all.isEmpty else { return nil }
    if office != journal.office { journal = (office, periods.periods(of: office)) }
    return periods.index(of: day, in: journal.periods)
  }

  /// Takes an event that closes books, or says that it does.
  func take(
    _ cells: PackCells, _ columns: JournalColumns, closes: Bool, _ sequence: Int64, _ events: PackRows
  ) {
    guard hasClosings else { return }
    let isClosed = cells.has(columns.closingHash)
    let own = period(of: cells.bytes(columns.office), cells[columns.on])
    guard isClosed else {
      // Books that were closed before closings were kept have none.
      if closes, let first = journal.periods.first, periods.all[first].sequence < sequence {
        events.note(.closings, "the event closes the books without a closing")
      }
      return
    }
    guard closes, let own, periods.all[own].sequence == sequence,
      cells[columns.on].elementsEqual(periods.all[own].through),
      cells[columns.closingHash].elementsEqual(periods.all[own].hash.hexDigits.utf8)
    else { return events.note(.closings, "there is no such closing of the event's office and day") }
    isSeen[own] = true
  }

  /// Takes a step that an event makes in a period.
  func step(_ machine: ClosedPeriods.Machine, in period: Int, from: String, to: String) {
    steps[period][machine, default: [:]][to, default: 0] += 1
    if !from.isEmpty { steps[period][machine, default: [:]][from, default: 0] -= 1 }
  }

  // MARK: Their accounts

  /// What an account came to in a period, in minor units.
  struct Moved {
    var debit: Int128 = 0
    var credit: Int128 = 0
  }

  /// Takes an account with what moved in it in each period, and expects its rows.
  ///
  /// - Parameters:
  ///   - key: The account as it is sorted.
  ///   - account: Office, role, dispute, guarantor and currency.
  func take(
    _ key: [UInt8], _ account: [[UInt8]], moved: [Int: Moved], normalSide: Int128, digits: Int, line: Int,
    in table: DerivedTable?
  ) {
    let own = periods.periods(of: account[0])
    guard let first = moved.keys.min(), own.contains(first) else { return }
    var balance: Int128 = 0
    for period in first..<own.upperBound {
      let change = moved[period]
      guard balance != 0 || change != nil else { continue }
      let opening = balance
      let (debit, credit) = (change?.debit ?? 0, change?.credit ?? 0)
      balance += (debit - credit) * normalSide
      let through = periods.all[period].through
      let amounts = [opening, debit, credit, balance].map { Array(MinorUnits.text($0, digits: digits).utf8) }
      table?.expect(
        key + through + [0], account + [through] + amounts, because: "entries.csv, line \(line), is on it")
      trees[period].append(leaf(account.dropFirst() + amounts))
    }
  }

  private var balanceRow = CanonicalRow([
    "role", "dispute", "guarantor", "currency", "opening", "debit", "credit", "closing",
  ])

  private func leaf(_ values: ArraySlice<[UInt8]>) -> [UInt8] {
    balanceRow.write { index in
      let value = values[values.startIndex + index]
      return value.isEmpty ? nil : value
    }
    return SHA256.hash(data: balanceRow.bytes).bytes
  }

  /// Compares what the closings say with what came.
  ///
  /// - Parameter hasAccounts: whether the entries could be read.
  func finish(hasAccounts: Bool) {
    var counts: [ClosedPeriods.Machine: [String: Int64]] = [:]
    for (place, period) in periods.all.enumerated() {
      if place == 0 || periods.all[place - 1].office != period.office { counts = [:] }
      for (machine, changes) in steps[place] {
        counts[machine, default: [:]].merge(changes, uniquingKeysWith: +)
      }
      for machine in ClosedPeriods.Machine.allCases {
        let wanted = (counts[machine] ?? [:]).filter { $0.value != 0 }.mapValues { String($0) }
        if wanted != period.counts[machine] {
          note(
            period,
            "it has other numbers of \(machine.rawValue) than the events lead to: \(String(decoding: CanonicalText.members(wanted).bytes, as: UTF8.self))"
          )
        }
      }
      if !isSeen[place] { note(period, "there is no event that closes the books so") }
      let tree = trees[place]
      if hasAccounts, tree.root != period.balances || String(tree.count) != period.accountCount {
        note(
          period,
          "its accounts are \(tree.count) with the root \(tree.root.hexDigits), and the closing says otherwise"
        )
      }
    }
  }

  private func note(_ period: ClosedPeriods.Period, _ reason: String) {
    findings.note(.closings, PackTable.closings.file, line: period.line, reason)
  }
}
