import ArgumentParser
import GuaranteeLedger

/// `guarantee bank`: what the bank says, and how it fits the ledger.
struct BankCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bank",
    abstract: "Imports bank statements and matches them with the ledger.",
    discussion: """
      Import the month's statements, have them matched, look at what was only proposed, and print the \
      reconciliation.

      Example:
        guarantee bank import --office QINGDAO july.xml
        guarantee bank match
        guarantee report reconciliation
      """,
    subcommands: [
      BankImport.self, BankMatch.self, BankList.self, BankConfirm.self, BankUnmatch.self, BankPropose.self,
    ])
}

extension BankFileError: FailureConvertible {
  var failure: Failure { Failure(.unreadableInput, Phrase(said: description.endingInStop)) }
}

extension BankMatchRefusal: FailureConvertible {
  var failure: Failure {
    Failure(
      .refused, Phrase(said: (reason.prefix(1).uppercased() + reason.dropFirst()).endingInStop))
  }
}

/// The custody account that a command is about.
struct CustodyOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only this office.", valueName: "office")) var office: String?
  @Option(help: ArgumentHelp("Only this currency.", valueName: "currency")) var currency: String?

  /// What was named in the options.
  var names: GivenNames { GivenNames([.office: office, .currency: currency]) }
}
