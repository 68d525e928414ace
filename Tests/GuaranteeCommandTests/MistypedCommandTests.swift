import Testing

@testable import GuaranteeCommand

@Suite("Mistyped commands")
struct MistypedCommandTests {
  @Test(
    "The nearest command is suggested",
    arguments: [
      ("reprot", "report"), ("repord", "record"), ("staus", "status"), ("chekc", "check"),
      ("dispute opne", "open"),
      ("report trial-balace", "trial-balance"), ("disputes", "dispute"),
    ])
  func suggestion(_ pair: (String, String)) {
    let found = MistypedCommand.find(in: pair.0.split(separator: " ").map(String.init), below: Guarantee.self)
    #expect(found?.suggestions.contains(pair.1) == true)
  }

  @Test("Nothing is suggested for a word that is near to none, and right commands are not corrected")
  func noSuggestion() {
    #expect(MistypedCommand.find(in: ["xyzzy"], below: Guarantee.self)?.suggestions == [])
    #expect(MistypedCommand.find(in: ["report", "balances", "x"], below: Guarantee.self) == nil)
    #expect(MistypedCommand.find(in: ["--help"], below: Guarantee.self) == nil)
  }

  @Test(
    "A letter more, less, changed or swapped is one step",
    arguments: [
      ("open", "open", 0), ("opens", "open", 1), ("opn", "open", 1), ("opan", "open", 1), ("opne", "open", 1),
      ("", "abc", 3),
    ])
  func distance(_ pair: (String, String, Int)) {
    #expect(Nearest.distance(pair.0, pair.1) == pair.2)
  }
}
