import ArgumentParser
import GuaranteeLedger

/// A call of a one-event command on a terminal that leaves out fields which the event needs.
struct MissingFields {
  private let named: NamedCommand
  private let command: any EventCommand.Type
  private let ledger: LedgerOptions
  private var given: [String: String] = [:]

  /// `nil` when nothing is to be asked: the call is whole or wrong, or nobody is there to ask.
  init?(in arguments: [String]) {
    named = NamedCommand(in: arguments, below: Guarantee.self)
    guard Dialogue.isPossible, let command = named.type as? any EventCommand.Type else { return nil }
    let options = CommandOptions(of: command)
    guard !arguments.contains("--no-input"), OptionMistake.isOnlyIncomplete(named.rest, of: options) else {
      return nil
    }
    self.command = command
    var placing: [String] = []
    var words = Array(named.arguments.dropFirst(named.path.count))[...]
    while let word = words.popFirst() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard options.option(parts[0])?.takesValue == true,
        let value = parts.count > 1 ? parts[1] : words.popFirst()
      else { continue }
      if ["--database", "--data-dir", "--profile"].contains(parts[0]) { placing += [parts[0], value] }
      let name = String(parts[0].dropFirst(2))
      let field =
        command.flags.first { $0.flag == name }?.field ?? (["on", "key"].contains(name) ? name : nil)
      if let field { given[field] = value }
    }
    guard let ledger = try? LedgerOptions.parse(placing) else { return nil }
    self.ledger = ledger
  }

  /// The arguments with what was asked for.
  ///
  /// - Returns: `nil` when the person would rather not record it.
  func completed() async throws -> [String]? {
    let opened = try await ledger.open()
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
