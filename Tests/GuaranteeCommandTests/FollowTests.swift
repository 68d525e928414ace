import Foundation
import Testing

@testable import GuaranteeCommand

@Suite("Following the ledger from a shell")
struct FollowTests {
  @Test("Every event is a line of JSON with its entries and the position to go on from")
  func lines() async throws {
    let output = try await withLedger(StartingLedger.examples) { try $0.output("follow", "--until-end") }
    let plain = output.replacing(/"recorded_at":"[^"]*"/, with: #""recorded_at":"(time)""#)
      .replacing(/@[0-9a-f]{8}\b/, with: "@(mark)")
    try Golden.expect(plain, is: "follow.jsonl")
  }

  @Test("The position of each line leads to the next")
  func positions() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let lines = try program.output("follow", "--until-end").split(separator: "\n")
      try #require(lines.count > 50)
      for (index, line) in lines.enumerated() where index % 20 == 0 || index == lines.count - 1 {
        let position = try Self.members(of: line)["position"] as? String
        let rest = try program.output("follow", "--until-end", "--after", try #require(position))
        #expect(rest.split(separator: "\n") == Array(lines[(index + 1)...]))
      }
    }
  }

  @Test("Only the offices that are given are followed; the register is the one without a name")
  func offices() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let all = try program.output("follow", "--until-end").split(separator: "\n")
      for offices in [[""], ["QINGDAO"], ["", "HARBIN"]] {
        let some = try program.run(["follow", "--until-end"] + offices.flatMap { ["--office", $0] })
        let wanted = try all.filter { offices.contains(try Self.members(of: $0)["office"] as? String ?? "-") }
        #expect(some.errors == "")
        #expect(some.output.split(separator: "\n").count == wanted.count)
      }
    }
  }

  @Test("What is printed makes the same ledger elsewhere")
  func again() async throws {
    let output = try await withLedger(StartingLedger.examples) { try $0.output("follow", "--until-end") }
    let events = try output.split(separator: "\n").map { line in
      var members = try Self.members(of: line)
      let event = members.filter { ["key", "on", "event"].contains($0.key) }
      members = (members["fields"] as? [String: String] ?? [:]).merging(
        event.mapValues { "\($0)" }, uniquingKeysWith: { $1 })
      return String(decoding: try JSONSerialization.data(withJSONObject: members), as: UTF8.self)
    }
    try await withLedger { program in
      _ = try program.output("record", "-", input: events.joined(separator: "\n"))
      let again = try program.output("follow", "--until-end")
      #expect(Self.untimed(again) == Self.untimed(output))
    }
  }

  @Test("It prints what is recorded meanwhile, and ^C ends it in order")
  func live() async throws {
    try await withLedger { program in
      let said = try program.shell(
        """
        \(Self.functions)
        PGAPPNAME=follower '\(BuiltProgram.path)' follow >output 2>errors &
        program=$!
        for number in 1 2 3; do
          guarantee party register --key K-$number --party P-$number --kind guarantor >>said
          until [ $(wc -l <output) = $number ]; do kill -0 $program || break; done
        done
        kill -INT $program
        wait $program
        echo "exit $?"
        cut -d, -f3 output
        cat errors
        """)
      #expect(said == "exit 0\n\"key\":\"K-1\"\n\"key\":\"K-2\"\n\"key\":\"K-3\"\n")
    }
  }

  @Test("A reader that has read enough ends it, though nothing more is recorded")
  func closedPipe() async throws {
    try await withLedger(StartingLedger.examples) { program in
      let said = try program.shell(
        """
        \(Self.functions)
        guarantee follow 2>errors | head -n 2 | cut -d, -f1,2
        echo "exit ${PIPESTATUS[0]}"
        cat errors
        """)
      #expect(said == "{\"office\":\"\",\"sequence\":1\n{\"office\":\"\",\"sequence\":2\nexit 0\n")
    }
  }

  @Test("A reader that stands still doesn't keep a signal from ending it")
  func stalledReader() async throws {
    try await withLedger(StartingLedger.examples) { program in
      // More than a pipe holds.
      let said = try program.shell(
        """
        \(Self.functions)
        for number in $(seq 200); do
          echo "{\"key\":\"M-$number\",\"on\":\"2026-01-05\",\"event\":\"register_party\",\"party\":\"M-$number\",\"kind\":\"guarantor\",\"name\":\"$(printf '%0300d' 0)\"}"
        done | guarantee record - >said
        mkfifo pipe
        exec 3<>pipe
        '\(BuiltProgram.path)' follow >pipe 2>errors &
        program=$!
        written() { sed -n 's/wchar: //p' /proc/$program/io; }
        # The pipe is full once nothing more goes into it.
        last=0; same=0
        while [ $same -lt 300 ]; do
          now=$(written)
          if [ "$now" = "$last" ] && [ "$now" != 0 ]; then same=$((same + 1)); else same=0; fi
          last=$now
        done
        kill -TERM $program
        wait $program
        echo "exit $?"
        cat errors
        """)
      #expect(said == "exit 0\n")
    }
  }

  @Test("A lost connection is said once, and nothing is lost with it")
  func lostConnection() async throws {
    try await withLedger { program in
      let said = try program.shell(
        """
        \(Self.functions)
        follower="application_name = 'follower' and datname = current_database()"
        PGAPPNAME=follower '\(BuiltProgram.path)' follow >output 2>errors &
        program=$!
        for number in 1 2 3; do
          guarantee party register --key K-$number --party P-$number --kind guarantor >>said
          until [ $(wc -l <output) = $number ]; do kill -0 $program || break; done
          asked "select pg_terminate_backend(pid, 5000) from pg_stat_activity where $follower" >>said
        done
        kill -TERM $program
        wait $program
        echo "exit $?"
        cut -d, -f3 output
        cut -d: -f1,2 errors | sort -u
        """)
      #expect(
        said == """
          exit 0
          "key":"K-1"
          "key":"K-2"
          "key":"K-3"
          guarantee: The connection to the database was lost

          """)
    }
  }

  @Test("What is no position is wrong usage")
  func wrongPosition() throws {
    let run = try BuiltProgram().run(["follow", "--after", "HARBIN"])
    #expect(run.exitCode == 64)
    #expect(
      run.errors
        == "guarantee: 'HARBIN' is no position: give the member 'position' of a line that 'guarantee follow' printed. See 'guarantee follow --help'.\n"
    )
  }

  private static let functions = """
    folder=$(mktemp -d) && cd $folder && trap 'rm -r $folder' EXIT
    guarantee() { '\(BuiltProgram.path)' "$@"; }
    asked() { psql -XAtq -d "$GUARANTEE_DATABASE_URL" -c "$1"; }
    """

  private static func members(of line: some StringProtocol) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  private static func untimed(_ output: String) -> String {
    output.replacing(/"recorded_at":"[^"]*"/, with: "").replacing(/@[0-9a-f]{8}\b/, with: "")
  }
}
