import Testing

@testable import GuaranteeCommand

@Suite("Which language is spoken")
struct LanguageTests {
  @Test(
    "A tag or a locale names a language",
    arguments: [
      ("zh-Hans", Language.chinese), ("zh", .chinese), ("zh_CN.UTF-8", .chinese), ("zh_CN.utf8", .chinese),
      ("zh-Hans-CN", .chinese), ("zh_SG", .chinese), ("en", .english), ("en_GB.UTF-8@euro", .english),
      ("zh_TW.UTF-8", nil), ("zh-Hant", nil), ("zh_CN.GB18030", nil), ("C", nil), ("de_DE", nil), ("", nil),
    ] as [(String, Language?)])
  func names(_ pair: (String, Language?)) {
    #expect(Language(named: pair.0) == pair.1)
  }

  @Test("Of the environment, LC_ALL counts before LC_MESSAGES and that before LANG; empty ones say nothing")
  func environment() {
    func language(_ variables: [String: String]) -> Language { Language { variables[$0] } }
    #expect(language([:]) == .english)
    #expect(language(["LANG": "zh_CN.UTF-8"]) == .chinese)
    #expect(language(["LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"]) == .english)
    #expect(language(["LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"]) == .chinese)
    #expect(language(["LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.UTF-8"]) == .chinese)
    #expect(language(["LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"]) == .english)
  }

  @Test("The option may stand anywhere, but not behind --")
  func option() {
    let option = CommonOptions(["report", "--lang", "zh-Hans", "lots"])
    #expect(option.words == ["report", "lots"] && option.language == "zh-Hans")
    #expect(CommonOptions(["--lang=en", "x"]).language == "en")
    #expect(CommonOptions(["x", "--", "--lang", "en"]).words == ["x", "--", "--lang", "en"])
    #expect(CommonOptions(["x", "--lang"]).words == ["x", "--lang"])
  }

  @Test("The option counts before the environment, and a language that is not spoken is a mistake")
  func program() throws {
    let chinese = BuiltProgram(environment: ["LANG": "zh_CN.UTF-8"])
    #expect(try chinese.output("--help").hasPrefix("概述："))
    #expect(try chinese.output("--lang", "en", "--help").hasPrefix("OVERVIEW:"))
    #expect(try BuiltProgram().output("report", "--help", "--lang=zh-Hans").hasPrefix("概述："))
    let run = try BuiltProgram().run(["report", "--lang", "fr"])
    #expect(run.exitCode == 64)
    #expect(run.errors == "guarantee: --lang takes en or zh-Hans, and no 'fr'.\n")
  }
}
