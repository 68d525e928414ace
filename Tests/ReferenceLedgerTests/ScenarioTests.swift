import FoundationEssentials
import ReferenceLedger
import Testing

/// The worked cases that the product is held to, where they lie beside this package.
@Suite("The reference ledger agrees with every scenario")
struct ScenarioTests {
  static let folder =
    #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/shared/scenarios"

  static let names: [String] = {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return found.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/events.csv") }
      .sorted()
  }()

  static let today = Day("2026-11-25")!

  private func table(_ scenario: String, _ name: String) throws -> [[String: String]] {
    let path = "\(ScenarioTests.folder)/\(scenario)/\(name).csv"
    return CSVTable(try String(contentsOfFile: path, encoding: .utf8)).records
  }

  private func play(_ scenario: String) throws -> (ledger: ReferenceLedger, results: [[String]]) {
    var ledger = ReferenceLedger(rules: try .ofThisPackage())
    let results = try table(scenario, "events").map { fields in
      [fields["key"] ?? "", ledger.record(fields, today: ScenarioTests.today)]
    }
    return (ledger, results)
  }

  @Test(
    "Each event of a scenario gets its result",
    .enabled(if: !names.isEmpty, "the scenarios are not beside this package"), arguments: names)
  func results(scenario: String) throws {
    let expected = try table(scenario, "expected-results").map {
      [$0["key"] ?? "", $0["result"] ?? ""]
    }
    let results = try play(scenario).results
    for (want, got) in zip(expected, results) { #expect(got == want) }
    #expect(results.count == expected.count)
  }

  @Test(
    "The balances of a scenario come out",
    .enabled(if: !names.isEmpty, "the scenarios are not beside this package"), arguments: names)
  func trialBalance(scenario: String) throws {
    let expected = try table(scenario, "expected-trial-balance").map { row in
      ["office", "role", "currency", "balance"].map { row[$0] ?? "" }
    }
    let balances = try play(scenario).ledger.trialBalance.map {
      [$0.office, $0.role, $0.currency, Currency.text($0.balance, $0.currency)]
    }
    #expect(balances == expected)
  }

  @Test(
    "The disputes of a scenario end where they should",
    .enabled(if: !names.isEmpty, "the scenarios are not beside this package"), arguments: names)
  func disputes(scenario: String) throws {
    let ledger = try play(scenario).ledger
    let disputes = ledger.disputePositions(today: ScenarioTests.today).map { row in
      [
        row.dispute, row.stage, row.outcome ?? "", Currency.text(row.cover, row.currency),
        Currency.text(row.conditionallyReleased, row.currency),
        ledger.deadlinePositions.filter { $0.dispute == row.dispute }
          .map { "\($0.deadline)=\($0.dueOn.map { "\($0)" } ?? "")" }.joined(separator: " "),
        ledger.lotPositions.filter { $0.dispute == row.dispute }.map { "\($0.lot)=\($0.state)" }
          .joined(separator: " "),
      ]
    }
    let columns = [
      "dispute", "stage", "outcome", "cover", "conditionally_released", "deadlines", "lots",
    ]
    let expected = try table(scenario, "expected-disputes").map { row in
      columns.map { row[$0] ?? "" }
    }
    #expect(disputes == expected)
  }
}
