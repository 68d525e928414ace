/// The checks of an event's form, which come before all that ask what is there already.
struct Shape {
  static let everyEvent = ["key", "on", "event"]
  static let amounts: Set<String> = ["amount", "consignor_limit"]
  static let days: Set<String> = ["on", "day", "valid_from", "valid_to", "expires_on"]
  static let instruments: Set<String> = ["cash", "letter", "policy"]
  static let patents: Set<String> = ["invention", "utility_model", "design"]

  /// The values that a field of an event may have; nil if it may have any.
  static func choices(_ field: String, of event: String) -> Set<String>? {
    switch field {
    case "kind" where event == "register_party": ["right_holder", "consignor", "guarantor"]
    case "kind": patents.union(["trademark", "copyright"])
    case "procedure": ["ex_officio", "on_application"]
    case "outcome": ["infringing", "not_infringing", "settled"]
    case "instrument": instruments
    case "working_day": ["true", "false"]
    default: nil
    }
  }

  let rules: Rules
  /// The currency of the dispute that the event names, if there is such a dispute.
  let disputeCurrency: String?

  /// The code of the first check that an event fails.
  func refusal(of fields: [String: String]) -> String? {
    guard let rule = rules.events[fields["event"] ?? ""] else { return "unknown_event" }
    let required = Shape.everyEvent + rule.requires
    if required.contains(where: { fields[$0] == nil }) { return "missing_field" }
    let known = Set(required + rule.optional)
    if fields.keys.contains(where: { !known.contains($0) }) { return "unknown_field" }
    let isBad = fields.contains { !admits($0.value, in: $0.key, of: rule.name, with: fields) }
    return isBad ? "bad_value" : nil
  }

  private func admits(
    _ value: String, in field: String, of event: String, with fields: [String: String]
  ) -> Bool {
    if value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return false
    }
    if let choices = Shape.choices(field, of: event) { return choices.contains(value) }
    if Shape.days.contains(field) { return Day(value) != nil }
    if Shape.amounts.contains(field) { return admitsAmount(value, in: fields) }
    switch field {
    case "key": return (1...64).contains(value.unicodeScalars.count)
    case "currency": return Currency.minorDigits(of: value) != nil
    case "instruments": return value.words.allSatisfy(Shape.instruments.contains)
    default: return true
    }
  }

  private func admitsAmount(_ value: String, in fields: [String: String]) -> Bool {
    guard let amount = Shape.amount(value, in: fields, disputeCurrency: disputeCurrency)
    else { return false }
    return amount > 0 || (amount == 0 && fields["event"] == "decide")
  }

  /// An amount in the event's own currency, else in its dispute's; nil if it is not one.
  static func amount(_ value: String, in fields: [String: String], disputeCurrency: String?)
    -> Minor?
  {
    let currency = fields["currency"] ?? disputeCurrency
    // What names a dispute that does not exist is refused for that, not for its decimals.
    guard let currency else { return Currency.minorUnits(value, digits: 4) }
    guard let digits = Currency.minorDigits(of: currency) else { return nil }
    return Currency.minorUnits(value, digits: digits)
  }

  /// The content of an event, in which 100 and 100.00 are the same amount.
  static func content(of fields: [String: String]) -> [String: String] {
    var content = fields
    for field in amounts {
      guard let value = fields[field] else { continue }
      var text = Substring(value)
      while text.first == "0" { text.removeFirst() }
      if text.contains(".") { while text.last == "0" { text.removeLast() } }
      if text.last == "." { text.removeLast() }
      content[field] = String(text)
    }
    return content
  }
}
