import TestSupport
import Testing

@testable import GuaranteeCommand

@Suite("What was probably meant")
struct SuggestionTests {
  @Test(
    "Codes of the rules are found by what they are written like, by a word in them, and by what they mean",
    arguments: [
      ("refusal cover-shrt", "'cover_short'"), ("refusal short", "'security_short' or 'cover_short'"),
      ("event Draw-Frozn", "'draw_frozen'"), ("event undertaking", "'call_undertaking'"),
      ("event 扣划冻结款", "'draw_frozen'"), ("refusals nothing_like_it", "lists them all"),
    ])
  func rules(_ words: String, _ meant: String) throws {
    for language in ["en", "zh-Hans"] {
      let run = try BuiltProgram().run(
        ["--lang", language, "help"] + words.split(separator: " ").map(String.init))
      #expect(run.exitCode == 64)
      #expect(run.errors.contains(language == "en" ? meant : "规则中没有"), "\(run.errors)")
    }
  }

  @Test("A dispute or guarantor that isn't there is answered with those that are written much alike")
  func codes() async throws {
    try await withLedger(StartingLedger.decided) { program in
      for (words, meant) in [
        (["dispute", "show", "QD-2025-101"], "Did you mean 'QD-2025-0101'?"),
        (["dispute", "history", "qd-2025-0101"], "Did you mean 'QD-2025-0101'?"),
        (["dispute", "next", "QD-2025-0102"], "Did you mean 'QD-2025-0101'?"),
        (["guarantor", "show", "LUSHAN-GUARANTEE"], "Did you mean 'LUSHANG-GUARANTEE'?"),
        (["letter", "receipt", "QD-2025-101", "-"], "Did you mean 'QD-2025-0101'"),
        (["letter", "receipt", "E-0199", "-"], "Did you mean 'E-019'"),
        (["receipt", "e-0019"], "Did you mean 'E-0"),
      ] {
        let run = try program.run(words)
        #expect(run.exitCode == 1 && run.errors.contains(meant), "\(words): \(run.errors)")
      }
    }
  }
}
