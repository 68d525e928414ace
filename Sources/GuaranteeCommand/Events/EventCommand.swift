import ArgumentParser

/// A command that records one event: what every struct generated from the rules conforms to.
///
/// A conforming type has one option for each field of its event and nothing else of its own; how the event
/// is recorded, printed and refused is the same for all and lives in the extension below.
protocol EventCommand: AsyncParsableCommand {
  /// The event's name as the rules spell it.
  static var eventName: String { get }

  /// The options that its fields are given by, in the order of the rules.
  static var flags: [EventFlag] { get }

  /// Key, date, ledger and output format.
  var options: EventOptions { get }

  /// The event's own fields in the order of the rules; `nil` where the option was not given.
  var fields: [(name: String, value: String?)] { get }
}

/// The option that gives a field of an event.
struct EventFlag {
  let field: String
  /// Without its dashes.
  let flag: String
  let isRequired: Bool
  /// What it is, as the rules say it.
  let meaning: String
  /// The values that it may have; none where they are not few.
  let values: [String]
}
