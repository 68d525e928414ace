/// Holds where an older pack's journal ended against this one's, which is read office by office.
struct OlderJournal {
  /// What was ended there.
  enum Kind {
    case events, attempts
  }

  private let kind: Kind
  private let heads: [[UInt8]: PackManifest.Head]
  /// The offices whose end in the older pack was not passed here.
  private var missing: Set<[UInt8]>

  /// - Parameter heads: Where it ended for each office; `nil` when there is no older pack.
  init(_ heads: [PackManifest.Head]?, of kind: Kind) {
    self.kind = kind
    self.heads = Dictionary((heads ?? []).map { (Array($0.office.utf8), $0) }) { first, _ in first }
    missing = Set(self.heads.keys)
  }

  /// Takes the next row of the journal.
  ///
  /// - Returns: Whether the older pack goes as far.
  @discardableResult
  mutating func take(_ office: [UInt8], _ number: Int64, _ hash: [UInt8], _ rows: PackRows) -> Bool {
    guard !heads.isEmpty, let head = heads[office], number <= head.sequence else { return false }
    if number == head.sequence {
      missing.remove(office)
      if head.hash != hash.hexDigits { rows.note(.prefix, otherHash) }
    }
    return true
  }

  /// Notes what the older pack has beyond the end of this one.
  func finish(_ rows: PackRows, _ findings: PackFindings) {
    for office in missing.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard let head = heads[office] else { continue }
      findings.note(.prefix, rows.table.file, notHere(head.sequence, shown(head.office)))
    }
  }

  private var otherHash: String {
    switch kind {
    case .events:
      "the older pack has another hash for this event, so what it had up to here was changed since"
    case .attempts:
      "the older pack has another hash for this refused attempt, so what it had up to here was changed since"
    }
  }

  private func notHere(_ count: Int64, _ office: String) -> String {
    switch kind {
    case .events: "the older pack has \(count) events of office \(office), which are not all here"
    case .attempts: "the older pack has \(count) refused attempts of office \(office), which are not all here"
    }
  }
}
