import ArgumentParser

/// A noun of the ledger that holds the commands of its events: what every group generated from the rules
/// conforms to.
protocol NounCommand: ParsableCommand {
  static var noun: String { get }

  /// One command for each event, in the order of the rules.
  static var events: [any ParsableCommand.Type] { get }
}

extension NounCommand {
  /// Called by its noun, described by its first verbs, with what can be read of it behind its events.
  static var nounConfiguration: CommandConfiguration {
    let verbs = events.compactMap { $0.configuration.commandName }
    let shown = verbs.prefix(4).joined(separator: ", ") + (verbs.count > 4 ? ", …" : "")
    let example = verbs.first.map { "\n\nExample: guarantee \(noun) \($0) --help" } ?? ""
    let readers = NounReaders.of(noun).compactMap { $0.configuration.commandName }
    let exception = readers.isEmpty ? "" : " (\(readers.joined(separator: ", ")) only read)"
    return CommandConfiguration(
      commandName: noun, abstract: shown,
      discussion: "Each of these records one event, dated today unless --on says another day\(exception)."
        + example,
      subcommands: events + NounReaders.of(noun))
  }
}

/// The commands that show a noun instead of recording its events.
enum NounReaders {
  static func of(_ noun: String) -> [any ParsableCommand.Type] {
    noun == DisputeReaders.noun ? DisputeReaders.all : []
  }
}
