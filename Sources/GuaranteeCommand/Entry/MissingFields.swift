import ArgumentParser
import GuaranteeLedger

/// A call of a one-event command on a terminal that leaves out fields which the event needs.
struct MissingFields {
  private let named: NamedCommand
  private let command: any EventCommand.Type
  private let ledger: LedgerOptions
  private var given: [String: String]

  /// `nil` when nothing is to be asked: the call is whole or wrong, or nobody is there to ask.
  init?(in arguments: [String]) {
    named = NamedCommand(in: arguments, below: Guarantee.self)
    guard Dialogue.isPossible, let command = named.type as? any EventCommand.Type else { return nil }
    guard !arguments.contains("--no-input"),
      OptionMistake.isOnlyIncomplete(named.rest, of: CommandOptions(of: command))
    else { return nil }
    self.command = command
    let options = GivenOptions(named.arguments.dropFirst(named.path.count))
    guard let ledger = options.ledger else { return nil }
    given = options.fields(of: command)
    for name in ["on", "key"] { given[name] = options["--" + name] }
    self.ledger = ledger
  }

  /// The arguments with what was asked for.
  ///
  /// - Returns: `nil` when the person would rather not record it.
  func completed() async throws -> [String]? {
    let opened = try await ledger.open(makingOne: true)
    var entry = try EventEntry(command, given: given, in: opened, office: ledger.choice().office)
    let isAgreed = try await entry.complete()
    await opened.close()
    guard isAgreed else { return nil }
    let flags = command.flags.map { ($0.field, $0.flag) } + [("on", "on"), ("key", "key")]
    let added = flags.compactMap { field, flag in
      given[field] == nil ? entry.given[field].map { "--\(flag)=\($0)" } : nil
    }
    return named.arguments + added
  }
}
