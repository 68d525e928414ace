import LedgerSQL
import TestSupport
import Testing

@Suite("The examples in the help, as they are printed", .endsInTime)
struct HelpExampleTests {
  /// What a shell does with some of the examples in it, and with what they need before.
  struct Script: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String

    /// Whether it has the example as it is printed, on lines of its own or for a terminal.
    func runs(_ example: String) -> Bool {
      "\n\(text)\n".contains("\n\(example)\n") || text.contains("script -qec '\(example)'")
    }
  }

  /// Those that other tests run as they are printed: `DemoTests` and `ListTests`.
  private static let elsewhere = ["guarantee demo", "guarantee todo --watch"]

  /// The examples of all commands that record no event of their own; `OneEventTests` runs those.
  private static let examples = HelpTests.commands.filter { $0.eventName == nil }
    .flatMap(\.examples)

  /// Examples that need nothing but the story, in any order.
  private static let others = Script(
    testDescription: "on the story",
    text: (["guarantee migrate", "guarantee record story.csv"]
      + examples.filter { example in
        !elsewhere.contains(example) && !prepared.contains { $0.runs(example) }
      }).joined(separator: "\n"))

  @Test("Every one of them works", arguments: prepared + [others])
  func everyExample(_ script: Script) async throws {
    let server = try await TemporaryServer()
    let folder = try TemporaryFolder()
    let story = LedgerSQL.files.first { $0.path == "stories/examples.csv" }
    _ = try folder.write(try #require(story).text, to: "story.csv")
    let tests = #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined()
    let shell = Program.shell(
      in: folder,
      [
        "GUARANTEE_DATABASE_URL": server.connectionString(), "SHELL": "/bin/bash",
        "XDG_CONFIG_HOME": folder.path, "STATEMENTS": tests + "/BankStatements",
      ])
    let run = try await shell.run(["-euxo", "pipefail", "-c", script.text])
    // Bash says each line before it runs it.
    #expect(run.exitCode == 0, "\(run.errors.suffix(1000))")
  }

  @Test("Those that need something before stand in the help")
  func preparedAreExamples() {
    for script in Self.prepared {
      #expect(Self.examples.contains(where: script.runs), "\(script)")
    }
  }
}

extension HelpExampleTests {
  private static let prepared = [demo, bank, members, ownServer, evidence, profiles, entry]

  /// One of its rows is refused, as it must be.
  private static let demo = Script(
    testDescription: "with the demo's events",
    text: """
      guarantee migrate
      guarantee demo --events > case.csv
      set +e
      guarantee record --each case.csv
      test $? = 1
      """)

  private static let bank = Script(
    testDescription: "with a bank's statements",
    text: """
      guarantee migrate
      guarantee record "$STATEMENTS/events.csv"
      # Both pages of a statement on one.
      sed '/<StmtPgntn>/d; s/ITBD.*2050000.00/CLBD<\\/Cd><\\/CdOrPrtry><\\/Tp><Amt Ccy="CNY">2237068.50/; /<\\/Stmt>/,$d' "$STATEMENTS/january.camt.xml" > july.xml
      sed -n '/<Ntry>/,$p' "$STATEMENTS/january-2.camt.xml" >> july.xml
      cp july.xml statement.xml
      guarantee bank import --office QINGDAO july.xml
      guarantee bank import --office QINGDAO statement.xml
      guarantee bank import --columns statement,result july.xml
      guarantee bank match
      guarantee bank match --days 14
      guarantee bank match --columns match,state,reason
      guarantee bank list --state proposed
      guarantee bank confirm 4
      guarantee bank unmatch 4
      guarantee bank unmatch 6
      guarantee bank confirm --line 10 --line 11 --key S-18
      guarantee bank propose missing.csv
      guarantee report reconciliation
      """)

  private static let members = Script(
    testDescription: "with members",
    text: """
      owner=$GUARANTEE_DATABASE_URL
      as() { export GUARANTEE_DATABASE_URL="${owner/user=postgres/user=$1}"; }
      guarantee migrate
      guarantee record story.csv
      guarantee user add anna --role clerk --office QINGDAO
      guarantee user add boris --role approver --office QINGDAO
      guarantee user list
      propose() { guarantee funds refund --key "$1" --office QINGDAO --guarantor LUSHANG-GUARANTEE --amount 1 --currency CNY; }
      as anna
      guarantee funds receive --office QINGDAO --guarantor LUSHANG-GUARANTEE --amount 9 --currency CNY --reference slip
      propose K-17
      as boris
      guarantee pending --office QINGDAO
      guarantee refuse K-17 --reason 'the court has lifted the order'
      as anna
      propose K-17
      propose K-18
      as boris
      guarantee approve K-17 K-18
      as postgres
      guarantee user remove anna
      guarantee user list --past
      guarantee user list --office QINGDAO --columns login,role
      """)

  private static let ownServer = Script(
    testDescription: "on a server of the program's",
    text: """
      unset GUARANTEE_DATABASE_URL
      export GUARANTEE_DATA_DIR=$PWD/ledger
      trap 'guarantee stop --data-dir ledger; guarantee stop --data-dir restored' EXIT
      guarantee migrate
      guarantee record story.csv
      guarantee doctor
      guarantee backup ledger-2026-03-31.backup
      guarantee restore --dry-run ledger-2026-03-31.backup
      guarantee restore ledger-2026-03-31.backup --data-dir restored
      guarantee status -O json
      guarantee stop
      """)

  private static let evidence = Script(
    testDescription: "with a seal",
    text: """
      guarantee migrate
      head -60 story.csv > begun.csv
      guarantee record begun.csv
      guarantee export audit-2025
      guarantee record story.csv
      guarantee seal-key seal.key
      guarantee seal --key seal.key
      guarantee receipt E-019 deposit.json
      guarantee export audit-2026
      guarantee export first-quarter --from 2026-01-01 --to 2026-03-31
      guarantee export court --dispute QD-2025-0101 --excel
      guarantee verify audit-2026
      guarantee verify audit-2026 --against audit-2025
      guarantee verify deposit.json
      guarantee verify audit-2026 --columns file,line,reason
      """)

  private static let profiles = Script(
    testDescription: "with profiles",
    text: """
      guarantee profile add qingdao --database service=guarantee --office QINGDAO
      guarantee profile list
      guarantee profile use qingdao
      guarantee profile remove qingdao
      guarantee profile add qingdao --database service=guarantee --office QINGDAO --default
      """)

  private static let entry = Script(
    testDescription: "on a terminal",
    text: """
      guarantee migrate
      sed '/,release_conditionally,/,$d' story.csv | guarantee record -
      printf 'nobody can place\\n1\\n\\n500.00\\n\\nslip 5\\n2025-02-12\\ny\\n' | script -qec 'guarantee add' typescript
      printf '1\\nQD-2025-0101\\nA\\n\\n2025-02-12\\ny\\n' | script -qec 'guarantee add goods leave' typescript
      """)
}
