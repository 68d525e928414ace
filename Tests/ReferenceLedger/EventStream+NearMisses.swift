/// Events that are nearly right: one thing about them is changed, sometimes two.
extension EventStream {
  mutating func nearMiss() -> Draft {
    switch random.below(100) {
    case 0..<25: return plausibleEvent()
    case 25..<38: return anyEvent()
    case 38..<43: return repeated()
    case 43..<47: return keyTaken()
    case 47..<52: return reversalOfAnything()
    case 52..<55: return duplicate()
    case 55..<58: return openingMiss()
    case 58..<63: return releaseMiss()
    default:
      var draft = random.chance(percent: 80) ? legalEvent() : anyEvent()
      change(&draft)
      if random.chance(percent: 25) { change(&draft) }
      return draft
    }
  }

  /// Any event at all on any dispute.
  private mutating func anyEvent() -> Draft {
    let event = random.pick(ledger.rules.events.keys.sorted())
    let rule = ledger.rules.events[event]!
    guard ["dispute", "lot"].contains(rule.subject), event != "open_dispute", !disputeNames.isEmpty
    else { return draft(event) }
    let isRecent = random.chance(percent: 80)
    return draft(event, dispute: random.pick(isRecent ? Array(recentDisputes) : disputeNames))
  }

  /// What was recorded before, its amount perhaps written another way.
  private mutating func repeated() -> Draft {
    var draft = ledger.recorded[random.pick(keys)]!.fields
    guard let amount = draft["amount"], random.chance(percent: 50) else { return draft }
    if amount.contains(".") {
      let isZero = amount.hasSuffix(".00")
      draft["amount"] = isZero ? String(amount.dropLast(3)) : "0" + amount
    } else {
      draft["amount"] = random.pick(["0" + amount, amount + ".0", amount + ".00"])
    }
    return draft
  }

  private mutating func keyTaken() -> Draft {
    let key = random.pick(keys)
    var draft = random.chance(percent: 50) ? legalEvent() : ledger.recorded[key]!.fields
    if draft["key"] == key { change(&draft) }
    draft["key"] = key
    return draft
  }

  private mutating func reversalOfAnything() -> Draft {
    var draft = draft("reverse")
    let events = keys.suffix(400).filter {
      let event = ledger.recorded[$0]!
      return event.isReversed || event.event == "reverse"
        || event.fields["dispute"].map { ledger.disputes[$0]?.stage == "closed" } == true
    }
    switch random.below(5) {
    case 0: draft["reverses"] = "K-none"
    case 1: draft["reverses"] = random.pick(keys)
    case 2, 3: if !events.isEmpty { draft["reverses"] = random.pick(Array(events)) }
    default: break
    }
    return draft
  }

  /// A dispute that is nearly opened.
  private mutating func openingMiss() -> Draft {
    var draft = draft("open_dispute")
    let code = random.pick(EventStream.recordals).code
    let recordal = ledger.recordals[code]!
    let edges = [
      recordal.validFrom, recordal.validFrom - 1, recordal.validTo, recordal.validTo + 1,
    ]
    draft["recordal"] = code
    draft["right_holder"] = recordal.owner
    draft["on"] = "\(min(random.pick(edges), EventStream.latest))"
    switch random.below(4) {
    case 0: draft["recordal"] = code + "-X"
    case 1: draft["right_holder"] = random.pick(parties(of: "right_holder"))
    case 2: draft["on"] = "\(recordal.validTo + random.within(-400...0))"
    default: break
    }
    if Day(draft["on"]!)! > EventStream.latest { draft["on"] = "\(EventStream.latest)" }
    return draft
  }

  /// A step towards a release that something stands against: an order, a limit, the instrument.
  private mutating func releaseMiss() -> Draft {
    let disputes = recentDisputes.filter {
      ["detained", "litigating"].contains(ledger.disputes[$0]?.stage)
    }
    guard !disputes.isEmpty else { return plausibleEvent() }
    let name = random.pick(Array(disputes))
    let dispute = ledger.disputes[name]!
    let events = ["lift_assistance", "release_conditionally", "release_conditionally"]
    guard random.chance(percent: 60) else { return draft(random.pick(events), dispute: name) }
    var draft = draft("lodge_counter_guarantee", dispute: name)
    if random.chance(percent: 40) {
      draft["instrument"] = random.pick(["cash", "letter", "policy"])
      return draft
    }
    let standing = Standing(office: dispute.office, guarantor: draft["guarantor"]!)
    guard let facility = ledger.facilities[standing], let limit = facility.consignorLimit else {
      return draft
    }
    let used = ledger.exposure(standing, currency: facility.currency) {
      $0.consignor == dispute.consignor
    }
    let amount = max(limit - used + Minor(random.below(2)), 1)
    draft["amount"] = Currency.text(amount, dispute.currency)
    draft["instrument"] = random.pick(ledger.offices[dispute.office]!.instruments)
    return draft
  }

  /// Registers again what is there, under a new key.
  private mutating func duplicate() -> Draft {
    let event = random.pick([
      "register_office", "register_party", "register_recordal", "open_dispute", "add_lot",
    ])
    let before = keys.filter { ledger.recorded[$0]!.event == event }
    guard !before.isEmpty else { return draft(event) }
    var draft = ledger.recorded[random.pick(before)]!.fields
    draft["key"] = "K-\(newNumber())"
    return draft
  }

  private mutating func change(_ draft: inout Draft) {
    switch random.below(20) {
    case 0, 1, 2: changeAmount(&draft)
    case 3, 4, 5: changeDate(&draft)
    case 6, 7: changeParty(&draft)
    case 8: drop(&draft)
    case 9: addField(&draft)
    case 10, 11: spoil(&draft)
    case 12: draft["event"] = random.pick(["release_everything", "Detain", "lapse_all", "key"])
    case 13, 14: misname(&draft)
    case 15:
      if draft["instrument"] != nil {
        draft["instrument"] = random.pick(["cash", "letter", "policy"])
      }
    case 16:
      if draft["currency"] != nil { draft["currency"] = random.pick(["CNY", "USD", "JPY", "KWD"]) }
    case 17:
      if draft["recordal"] != nil { draft["recordal"] = random.pick(EventStream.recordals).code }
    case 18: draft["reference"] = "changed-\(newNumber())"
    default:
      if draft["dispute"] != nil, !disputeNames.isEmpty {
        draft["dispute"] = random.pick(disputeNames)
      }
    }
  }

  private mutating func changeAmount(_ draft: inout Draft) {
    let field =
      draft["consignor_limit"] != nil && random.chance(percent: 50) ? "consignor_limit" : "amount"
    guard let text = draft[field] else { return }
    let currency = draft["currency"] ?? ledger.disputes[draft["dispute"] ?? ""]?.currency ?? "CNY"
    let digits = Currency.minorDigits(of: currency) ?? 2
    guard random.chance(percent: 70), let amount = Currency.minorUnits(text, digits: digits) else {
      draft[field] = random.pick([
        "-5.00", "1e3", "12.345", "0", "0.00", "1,000", "+1", "5.", ".5", "abc", "１２", " 5",
        "5.00000",
        "99999999999999999999", text + (digits == 0 ? ".0" : "0"), "0x10", "1_000", "1.2.3",
      ])
      return
    }
    let step = random.pick([1, 1, -1, 100])
    draft[field] = Currency.text(max(1, amount + Minor(step)), currency)
  }

  private mutating func changeDate(_ draft: inout Draft) {
    let name = draft["dispute"] ?? ""
    guard let on = Day(draft["on"] ?? "") else { return }
    var days = [on - 1, on + 1, on - 400, Day("2099-01-02")!]
    if let dispute = ledger.disputes[name] {
      days += [dispute.stageSince, dispute.stageSince - 1, dispute.stageSince - 1]
      if let due = dueDate(of: draft["event"]!, in: dispute) {
        days += [due, due, due + 1, due - 1]
      }
      if let guarantor = draft["guarantor"], let end = dispute.expiry(of: guarantor) {
        days += [end, end + 1, end + 1]
      }
    }
    let office = draft["office"] ?? ledger.disputes[name]?.office
    if let office, let end = ledger.offices[office]?.closedThrough { days += [end, end, end + 1] }
    if let recordal = ledger.recordals[draft["recordal"] ?? ""] {
      days += [recordal.validFrom - 1, recordal.validTo + 1, recordal.validTo]
    }
    let day = random.pick(days)
    let isNear = day <= EventStream.latest || day == Day("2099-01-02")!
    draft["on"] = "\(isNear ? day : EventStream.latest)"
  }

  private mutating func changeParty(_ draft: inout Draft) {
    let fields = ["guarantor", "right_holder", "consignor", "party"].filter { draft[$0] != nil }
    guard !fields.isEmpty else { return }
    let field = random.pick(fields)
    let kind = field == "party" ? "right_holder" : field
    draft[field] = random.pick(
      random.chance(percent: 60) ? parties(of: kind) : ledger.parties.keys.sorted() + ["NOBODY"])
  }

  private mutating func drop(_ draft: inout Draft) {
    let required = ["key", "on"] + (ledger.rules.events[draft["event"] ?? ""]?.requires ?? [])
    draft[random.pick(required)] = nil
  }

  private mutating func addField(_ draft: inout Draft) {
    let fields = [
      ("currency", "CNY"), ("amount", "1.00"), ("office", "QINGDAO"), ("lot", "1"), ("name", "x"),
      ("instrument", "cash"), ("expires_on", "2026-12-31"), ("kind", "guarantor"),
      ("reverses", "K-1"),
      ("dispute", "D-1"), ("reference", "y"), ("working_day", "perhaps"),
    ]
    let (field, value) = random.pick(fields.filter { draft[$0.0] == nil })
    draft[field] = value
  }

  /// Gives one field a value that it cannot have.
  private mutating func spoil(_ draft: inout Draft) {
    let wrong = [
      "kind": ["customs", "Guarantor", "patent"], "procedure": ["exofficio", "both"],
      "outcome": ["guilty", "given", "withdrawn"], "instrument": ["bond", "cash letter", "CASH"],
      "instruments": ["cash bond", "cash,letter"], "currency": ["ZZZ", "cny", "RMB", "CN"],
      "working_day": ["perhaps", "2"],
      "key": [String(repeating: "k", count: 65), "a\tb", "a\u{7F}b"],
    ]
    let wrongDays = [
      "2026-02-30", "2026-2-3", "20260203", "2026-13-01", "2025-02-29", "soon", "2026-04-31",
    ]
    let fields = draft.keys.filter { wrong[$0] != nil || Shape.days.contains($0) }.sorted()
    guard !fields.isEmpty else { return }
    let field = random.pick(fields)
    draft[field] = random.pick(wrong[field] ?? wrongDays)
  }

  /// Names something that is not there.
  private mutating func misname(_ draft: inout Draft) {
    let fields = ["office", "dispute", "lot", "recordal", "guarantor", "consignor", "reverses"]
      .filter { draft[$0] != nil }
    guard !fields.isEmpty else { return }
    let field = random.pick(fields)
    draft[field] = draft[field]! + "0"
  }
}
