import ArgumentParser
import GuaranteeLedger

/// `guarantee user add`.
struct UserAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Gives a login a role at offices, and makes it if there is none.",
    discussion: """
      A clerk records, an approver approves what others proposed, an auditor reads. A login may have several \
      roles. It takes a login that owns the ledger and may make others.

      On a terminal the password is asked for, and none may be given, for a login that comes in by the system's \
      name or a certificate. The server gets a SCRAM-SHA-256 verifier of it alone.

      Example: guarantee user add anna --role clerk --office QINGDAO
      """)

  @Argument(help: ArgumentHelp("The login.", valueName: "name")) var name: String
  @Option(
    help: ArgumentHelp("clerk, approver or auditor.", valueName: "role"),
    transform: {
      guard let role = MemberRole(rawValue: $0) else {
        throw misuse("--role takes clerk, approver or auditor: '\($0)' is none.")
      }
      return role
    })
  var role: MemberRole
  @Option(help: ArgumentHelp("At this office; may be given several times.", valueName: "office"))
  var office: [String] = []
  @Flag(help: "At all offices, and for the register of parties, recordals and working days.")
  var allOffices = false
  @Flag(help: "Read the password from standard input, up to the end of its first line.")
  var passwordStdin = false
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func validate() throws {
    if allOffices == !office.isEmpty {
      throw misuse("Say where: --office once for each office, or --all-offices.")
    }
    if office.contains("") { throw misuse("--office takes an office's code.") }
  }

  func run() async throws {
    let password = try passwordStdin ? Password.read() : Password.ask(for: name)
    let opened = try await ledger.open(makingOne: true)
    try await opened.addMember(name, as: role, at: allOffices ? nil : office, password: password)
    await opened.close()
    if case .private = try ledger.checkedPlace() {
      Program.say(
        """
        This ledger is a private one: whoever reaches its folder may come in as anybody. For people who are to check \
        each other, let a server that others run keep it.
        """)
    }
  }
}
