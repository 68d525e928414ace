import ArgumentParser
import Glibc

/// The program: its commands, in the order in which a clerk meets them.
@main
struct Guarantee: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guarantee",
    abstract: "The ledger of third-party counter-guarantees in patent disputes at customs.",
    discussion: """
      See it at work:         guarantee demo
      Keep its event file:    guarantee demo --events > case.csv
      Record an event file:   guarantee record --each case.csv
      Record a single event:  guarantee office register --office HARBIN --zone FTZ
      Ask what happened:      guarantee add
      See what waits:         guarantee todo
      Read the balances:      guarantee report trial-balance
      Explain a refusal:      guarantee help refusal cover_short
      Choose the language:    guarantee --lang zh-Hans todo

      The ledger is the database that --database or GUARANTEE_DATABASE_URL names, else a private PostgreSQL \
      that the program runs itself under --data-dir or GUARANTEE_DATA_DIR; 'guarantee profile' gives ledgers \
      names. An option on the command line counts before the environment.

      Tables fit the window. What is longer is shown by PAGER, or else by less, unless --no-pager says otherwise; NO_COLOR=1 \
      leaves colours out, and GUARANTEE_AMBIGUOUS_WIDTH=2 is for terminals that give marks such as “…” two columns.

      Exit codes: 0 done; 1 an event was refused, something named is not there, or a check failed; 64 wrong \
      usage; 65 unreadable input; 69 database unreachable or not a ledger of this program; 70 a defect; 74 output \
      not written; 77 not permitted; 130 stopped.
      """,
    version: ProgramVersion.current,
    groupedSubcommands: [
      CommandGroup(name: "Start", subcommands: [DemoCommand.self]),
      CommandGroup(
        name: "Record",
        subcommands: [RecordCommand.self, AddCommand.self, TemplateCommand.self, LapseCommand.self]),
      CommandGroup(name: "Record one event", subcommands: GeneratedCommands.nouns),
      CommandGroup(
        name: "Decide", subcommands: [PendingCommand.self, ApproveCommand.self, RefuseCommand.self]),
      CommandGroup(
        name: "Read",
        subcommands: [
          TodoCommand.self, ReportCommand.self, DueCommand.self, GuarantorCommand.self, FindCommand.self,
          LetterCommand.self,
          CheckCommand.self,
          FollowCommand.self,
        ]),
      CommandGroup(name: "Reconcile", subcommands: [BankCommand.self]),
      CommandGroup(
        name: "Audit",
        subcommands: [
          ExportCommand.self, VerifyCommand.self, SealCommand.self, SealKeyCommand.self, ReceiptCommand.self,
        ]),
      CommandGroup(
        name: "Run",
        subcommands: [
          StatusCommand.self, DoctorCommand.self, MigrateCommand.self, BackupCommand.self,
          RestoreCommand.self, UserCommand.self,
          StopCommand.self, ProfileCommand.self,
          ManualPagesCommand.self,
        ]),
    ])

  static func main() async {
    let code = await Program.run(Array(CommandLine.arguments.dropFirst()))
    Glibc.exit(code)
  }
}
