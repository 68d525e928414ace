/// What part of a ledger an audit pack is about.
///
/// A pack of a part proves what it shows as a whole one does: of every event that it leaves out it has the hash, and
/// nothing else, so that each event shown stands in its office's chain where it says, and under the seals.
public struct PackSelection: Sendable, Hashable {
  /// Only these offices' books, with the register of parties and recordals; empty for all offices.
  public var offices: Set<String> = []
  /// Only this dispute's events, and those that registered what they name; `nil` for all.
  public var dispute: String?
  /// The period's first day: what came before an office's first event of the period is summed up in opening balances
  /// and states; `nil` for the beginning.
  public var from: LedgerDate?
  /// The period's last day: events with later dates are left out; `nil` for none.
  public var through: LedgerDate?

  /// The whole ledger, until something is chosen.
  public init() {}

  /// Whether it leaves nothing out.
  public var isWhole: Bool { self == PackSelection() }

  /// Whether events are chosen by their dates.
  var isByDate: Bool { from != nil || through != nil }

  /// Whether a pack of it has a table: closings only if it has all that led to them.
  func has(_ table: PackTable) -> Bool {
    !["closings", "closing_balances"].contains(table.name) || dispute == nil && from == nil
  }

  /// Whether the book of an office, or the register, is chosen.
  func has(office: String) -> Bool {
    dispute == nil && (office.isEmpty || offices.isEmpty || offices.contains(office))
  }
}

extension PackManifest {
  /// What the pack is about; a member that is not there chooses nothing.
  struct Selection: Codable, Equatable {
    var offices: [String]?
    var dispute: String?
    var from: String?
    var through: String?

    /// `nil` for the whole ledger.
    init?(_ selection: PackSelection) {
      if selection.isWhole { return nil }
      offices =
        selection.offices.isEmpty
        ? nil : selection.offices.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      dispute = selection.dispute
      from = selection.from?.description
      through = selection.through?.description
    }

    /// `nil` for what no pack is about.
    var selection: PackSelection? {
      var selection = PackSelection()
      selection.offices = Set(offices ?? [])
      selection.dispute = dispute
      selection.from = from.flatMap { LedgerDate($0) }
      selection.through = through.flatMap { LedgerDate($0) }
      return Selection(selection) == self ? selection : nil
    }
  }
}
