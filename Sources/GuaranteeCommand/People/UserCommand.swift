import ArgumentParser
import GuaranteeLedger

/// `guarantee user`: who may do what.
struct UserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user",
    abstract: "Says who may do what.",
    discussion: """
      A ledger without members belongs to whoever owns its database. From the first 'user add' on only members \
      record and read, each at the offices that are theirs, and what needs a second person waits for one.

      Example: guarantee user list
      """,
    subcommands: [UserAddCommand.self, UserRemoveCommand.self, UserListCommand.self])
}

/// `guarantee user remove`.
struct UserRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Takes all roles from a login and disables it.",
    discussion: """
      What it recorded and approved keeps its name. Sessions that it still has can do nothing any more.

      Example: guarantee user remove anna
      """)

  @Argument(help: ArgumentHelp("The login.", valueName: "name")) var name: String
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    let opened = try await ledger.open()
    try await opened.removeMember(name)
    await opened.close()
  }
}

/// `guarantee user list`.
struct UserListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists who has which role at which office.",
    discussion: """
      No office means all of them and the register. Who does not own the ledger sees his own roles.

      Example: guarantee user list --past
      Example: guarantee user list --office QINGDAO --columns login,role
      """)

  @Flag(help: "Also those who had a role and have it no longer.") var past = false
  @OptionGroup(title: "Rows") var rows: RowOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Listing(rows: rows, ledger: ledger, output: output).print { ledger, printer in
      try await ledger.members(
        withPast: past, rows: rows.selection, columns: { try printer.begin($0) },
        row: { try printer.print($0) })
    }
  }
}
