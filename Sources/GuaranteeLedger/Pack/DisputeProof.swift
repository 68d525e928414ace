/// Proves the stages of each dispute from its events.
struct DisputeProof {
  private let rules: PackRules
  private let findings: PackFindings
  private let disputes: DerivedTable

  init(_ rules: PackRules, _ findings: PackFindings, _ disputes: DerivedTable) {
    self.rules = rules
    self.findings = findings
    self.disputes = disputes
  }

  /// A dispute as its events leave it.
  private struct Dispute {
    let key: [UInt8]
    /// Procedure, recordal, right holder, consignor and currency, once it was opened.
    var opening: [[UInt8]] = []
    var office: [UInt8] = []
    var currency: [UInt8] = []
    var stage: [UInt8] = []
    var stageSince: [UInt8] = []
    var outcome = ""
    /// `nil` without an award, which only some outcomes have.
    var award: Int64?
    var decidedOn: [UInt8] = []
    var isUnderOrder = false
    var line = 0
  }

  func run(_ records: RecordSorter) throws {
    var records = try records.sorted()
    var dispute = Dispute(key: [])
    while try records.next() {
      if records.key != dispute.key {
        end(dispute)
        dispute = Dispute(key: records.key)
      }
      take(&dispute, PayloadReader(records.payload))
    }
    end(dispute)
    disputes.finish()
  }

  private func take(_ dispute: inout Dispute, _ payload: PayloadReader) {
    var payload = payload
    dispute.line = Int(payload.number())
    if dispute.line < 0 { return goOn(&dispute, from: payload) }
    let rule = rules.events[Int(payload.number())]
    let amount = payload.number()
    let office = payload.string()
    let (on, from, to) = (payload.string(), payload.string(), payload.string())
    let (currency, outcome) = (payload.string(), payload.string())
    if rule.addsTo == "dispute", dispute.opening.isEmpty {
      dispute.opening = (0..<4).map { _ in Array(payload.string()) }
      (dispute.office, dispute.currency) = (Array(office), Array(currency))
    }
    if dispute.opening.isEmpty {
      findings.note(
        .references, "events.csv", line: dispute.line, "no event before it has opened the dispute")
    } else if !office.elementsEqual(dispute.office)
      || !currency.isEmpty && !currency.elementsEqual(dispute.currency)
    {
      findings.note(
        .stages, "events.csv", line: dispute.line, "the event is not of the dispute's office or currency")
    }
    let step = rule.stageSteps.first { from.elementsEqual($0.from) && to.elementsEqual($0.to) }
    let decided = step?.outcome == "given" ? String(decoding: outcome, as: UTF8.self) : step?.outcome ?? ""
    if rule.awards {
      dispute.award = rule.effects.contains("awards_if_" + decided) ? max(0, amount) : nil
    }
    if rule.ordersAssistance { dispute.isUnderOrder = true }
    if rule.liftsAssistance { dispute.isUnderOrder = false }
    // A reversal takes money back and leads nowhere.
    if to.isEmpty { return }
    if step == nil || !from.elementsEqual(dispute.stage) {
      findings.note(
        .stages, "events.csv", line: dispute.line,
        "\(rule.name) does not lead from \(Self.stage(dispute.stage)) to \(Self.stage(Array(to)))")
    }
    if !decided.isEmpty {
      dispute.outcome = decided
      if dispute.decidedOn.isEmpty || on.lexicographicallyPrecedes(dispute.decidedOn) {
        dispute.decidedOn = Array(on)
      }
    }
    if !from.elementsEqual(to) { dispute.stageSince = Array(on) }
    dispute.stage = step?.to ?? Array(to)
  }

  /// Goes on from a row of `opening_disputes.csv`.
  private func goOn(_ dispute: inout Dispute, from payload: PayloadReader) {
    var payload = payload
    let cells = (0..<13).map { _ in Array(payload.string()) }
    dispute.office = cells[1]
    dispute.opening = Array(cells[2...5])
    (dispute.currency, dispute.stage, dispute.stageSince) = (cells[6], cells[7], cells[8])
    dispute.outcome = String(decoding: cells[9], as: UTF8.self)
    let digits = rules.currencyIndex.index(of: dispute.currency).map { rules.minorDigits[$0] } ?? 0
    if !cells[10].isEmpty {
      dispute.award = MinorUnits.read(cells[10], digits: digits) ?? 0
    }
    dispute.decidedOn = cells[11]
    dispute.isUnderOrder = cells[12].elementsEqual("true".utf8)
  }

  private static func stage(_ stage: [UInt8]) -> String {
    stage.isEmpty ? "its beginning" : shown(String(decoding: stage, as: UTF8.self))
  }

  private func end(_ dispute: Dispute) {
    guard !dispute.key.isEmpty, !dispute.opening.isEmpty else { return }
    let digits = rules.currencyIndex.index(of: dispute.currency).map { rules.minorDigits[$0] } ?? 0
    let award = dispute.award.map { MinorUnits.text($0, digits: digits) } ?? ""
    disputes.expect(
      dispute.key,
      [Array(dispute.key.dropLast()), dispute.office] + dispute.opening + [
        dispute.currency, dispute.stage, dispute.stageSince,
      ]
        + [dispute.outcome, award].map { Array($0.utf8) } + [
          dispute.decidedOn, Array(String(dispute.isUnderOrder).utf8),
        ],
      because: "\(place(dispute.line, of: "events", opening: "disputes")), is of it")
  }
}

/// Proves the states of each lot from its events.
struct LotProof {
  private let rules: PackRules
  private let findings: PackFindings
  private let lots: DerivedTable
  private let selection: PackSelection

  init(_ rules: PackRules, _ findings: PackFindings, _ lots: DerivedTable, _ selection: PackSelection) {
    self.selection = selection
    self.rules = rules
    self.findings = findings
    self.lots = lots
  }

  /// A lot as its events leave it.
  private struct Lot {
    let key: [UInt8]
    var state: [UInt8] = []
    var currency: [UInt8] = []
    /// `nil` when the event that added it bears a date after the pack's last day.
    var value: Int64?
    /// How many events of its office were left out before the latest of its own.
    var gap: Int64 = 0
    var line = 0
  }

  func run(_ records: RecordSorter) throws {
    var records = try records.sorted()
    var lot = Lot(key: [])
    while try records.next() {
      if records.key != lot.key {
        end(lot)
        lot = Lot(key: records.key)
      }
      take(&lot, PayloadReader(records.payload))
    }
    end(lot)
    lots.finish()
  }

  private func take(_ lot: inout Lot, _ payload: PayloadReader) {
    var payload = payload
    lot.line = Int(payload.number())
    if lot.line < 0 { return goOn(&lot, from: payload) }
    let rule = rules.events[Int(payload.number())]
    let amount = payload.number()
    let (from, to, currency) = (Array(payload.string()), Array(payload.string()), Array(payload.string()))
    let gap = payload.number()
    // What was recorded in between under a later date may have led it on.
    let isNext = from == lot.state || selection.through != nil && gap != lot.gap
    if !isNext || !rule.lotSteps.contains(where: { $0.from == from && $0.to == to }) {
      let (before, after) = (String(decoding: lot.state, as: UTF8.self), String(decoding: to, as: UTF8.self))
      findings.note(
        .stages, "events.csv", line: lot.line,
        "\(rule.name) does not lead a lot from \(before.isEmpty ? "its beginning" : shown(before)) to \(shown(after))"
      )
    }
    if from.isEmpty { (lot.value, lot.currency) = (max(0, amount), currency) }
    (lot.state, lot.gap) = (to, gap)
  }

  /// Goes on from a row of `opening_lots.csv`.
  private func goOn(_ lot: inout Lot, from payload: PayloadReader) {
    var payload = payload
    let cells = (0..<5).map { _ in Array(payload.string()) }
    (lot.state, lot.currency) = (cells[2], cells[3])
    let digits = rules.currencyIndex.index(of: lot.currency).map { rules.minorDigits[$0] } ?? 0
    lot.value = MinorUnits.read(cells[4], digits: digits)
  }

  private func end(_ lot: Lot) {
    guard !lot.key.isEmpty, let value = lot.value else { return }
    let parts = lot.key.dropLast().split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
    let digits = rules.currencyIndex.index(of: lot.currency).map { rules.minorDigits[$0] } ?? 0
    lots.expect(
      lot.key,
      parts + [lot.state, lot.currency, Array(MinorUnits.text(value, digits: digits).utf8)],
      because: "\(place(lot.line, of: "events", opening: "lots")), is of it")
  }
}
