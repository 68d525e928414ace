/// What is there: looked up from balances and histories whenever it is asked for.
extension ReferenceLedger {
  func dispute(of proposal: Proposal) -> Dispute? { disputes[proposal["dispute"] ?? ""] }

  func lot(of proposal: Proposal) -> Lot? {
    dispute(of: proposal)?.lots[proposal["lot"] ?? ""]
  }

  func reversed(by proposal: Proposal) -> Recorded? { recorded[proposal["reverses"] ?? ""] }

  /// The dispute that an event is about, be it through the event that it reverses.
  func disputeName(of proposal: Proposal) -> String? {
    proposal["dispute"] ?? reversed(by: proposal)?.fields["dispute"]
  }

  /// The office that an event belongs to: named, or its dispute's, or that of what it reverses.
  func officeName(of proposal: Proposal) -> String? {
    proposal["office"] ?? disputeName(of: proposal).flatMap { disputes[$0]?.office }
      ?? reversed(by: proposal)?.fields["office"]
  }

  func facility(of proposal: Proposal) -> Facility? {
    guard let office = officeName(of: proposal), let guarantor = proposal["guarantor"]
    else { return nil }
    return facilities[Standing(office: office, guarantor: guarantor)]
  }

  /// The double entries that an event makes; none if what they need is not there.
  func entries(of proposal: Proposal) -> [Entry] {
    if let reversed = reversed(by: proposal) {
      return reversed.entries.map { Entry(account: $0.account, amount: -$0.amount) }
    }
    guard let amount = proposal.amount, let office = officeName(of: proposal),
      let currency = proposal["currency"] ?? dispute(of: proposal)?.currency
    else { return [] }
    func entry(_ role: String, isDebit: Bool) -> Entry {
      let rule = rules.accounts[role]!
      func dimension(_ name: String) -> String? {
        rule.dimensions.contains(name) ? proposal[name] : nil
      }
      let account = Account(
        role: role, office: office, dispute: dimension("dispute"),
        guarantor: dimension("guarantor"), currency: currency)
      return Entry(account: account, amount: rule.isDebit == isDebit ? amount : -amount)
    }
    return rules.postings.filter {
      $0.event == proposal.event
        && ($0.instrument.isEmpty || $0.instrument == proposal["instrument"])
    }.flatMap { [entry($0.debit, isDebit: true), entry($0.credit, isDebit: false)] }
  }

  /// Counter-guarantee held, frozen and undertaken for a dispute that is in force on a day, after
  /// further entries.
  func cover(of name: String, on day: Day, after entries: [Entry] = []) -> Minor {
    func isInForce(_ account: Account) -> Bool {
      guard account.dispute == name else { return false }
      switch account.role {
      case "counter_guarantee_held", "counter_guarantee_frozen": return true
      case "undertaking_held":
        guard let end = disputes[name]?.expiry(of: account.guarantor ?? "") else { return true }
        return day <= end
      default: return false
      }
    }
    return balances.total(of: name, isInForce)
      + entries.filter { isInForce($0.account) }.map(\.amount).reduce(0, +)
  }

  static let exposureRoles: Set = [
    "counter_guarantee_held", "counter_guarantee_frozen", "undertaking_held", "call_receivable",
  ]

  /// What a guarantor stands for at an office, in all or for some disputes.
  package func exposure(
    _ standing: Standing, currency: String, for isCounted: (Dispute) -> Bool = { _ in true }
  ) -> Minor {
    balances.total { account in
      ReferenceLedger.exposureRoles.contains(account.role) && account.office == standing.office
        && account.guarantor == standing.guarantor && account.currency == currency
        && disputes[account.dispute ?? ""].map(isCounted) == true
    }
  }
}

extension Dispute {
  package func has(_ event: String) -> Bool { history.contains { $0.event == event } }

  /// What events moved that have not been reversed, for one guarantor or all.
  func sum(of events: [String], guarantor: String? = nil) -> Minor {
    history.filter {
      events.contains($0.event) && !$0.isReversed && (guarantor == nil || $0.guarantor == guarantor)
    }.map(\.amount).reduce(0, +)
  }

  /// What counts towards the award: drawn and called, less the calls given up.
  package var drawn: Minor {
    sum(of: ["draw", "draw_frozen", "call_undertaking"]) - sum(of: ["write_off_call"])
  }

  package var unmetAward: Minor { (award ?? 0) - drawn }

  package func hasRequestedRelease(with guarantor: String?) -> Bool {
    history.contains {
      $0.event == "request_release" && (guarantor == nil || $0.guarantor == guarantor)
    }
  }

  /// A court's assistance notice stands: the latest of notice and lifting is a notice.
  package var isUnderOrder: Bool {
    history.last { $0.event == "order_assistance" || $0.event == "lift_assistance" }?.event
      == "order_assistance"
  }

  /// The latest end given for a guarantor's letter or policy; nil if none was.
  package func expiry(of guarantor: String) -> Day? {
    history.last {
      $0.guarantor == guarantor && $0.fields["expires_on"] != nil
        && ($0.event == "extend_undertaking" || $0.fields["instrument"] != "cash")
    }?.fields["expires_on"].flatMap { Day($0) }
  }

  package var goodsValue: Minor { lots.values.map(\.value).reduce(0, +) }

  package var conditionallyReleased: Minor {
    lots.values.filter { $0.state == "released_conditionally" }.map(\.value).reduce(0, +)
  }
}
