import Testing

@Suite("Wrong usage, told by the program as it was built")
struct UsageTests {
  static let mistakes = [
    "reprot", "report balence", "report balances --offce X", "dispute opne", "dispute open --office",
    "dispute open --office Q", "record", "record - -", "record --atomic --each x", "report statement",
    "lapse",
    "report balances -O xml", "report balances --excel -O json", "due --within x", "due --within -1",
    "frobnicate --x", "report balances surplus", "status --database postgres://u:secret@h/d",
    "status --database postgres//u:secret@h", "status --database a=b --data-dir /x", "stop --database host=h",
    "record --rejects x.csv x.csv", "demo extra", "dispute open --ofice X", "dispute open —office X",
    "dispute open QINGDAO", "report balances -O tabel", "report balances --office A --office B",
    "--office A report balances", "--database X reprot", "help recrod", "reprot --help",
    "status postgres://u:secret@h/d", "lapse --al", "--verson",
  ]

  @Test("Each mistake gets one sentence and exit code 64")
  func mistakes() throws {
    var text = ""
    for mistake in Self.mistakes {
      let run = try BuiltProgram(environment: ["HOME": "/nowhere"]).run(
        mistake.split(separator: " ").map(String.init))
      #expect(run.exitCode == 64, "\(mistake)")
      #expect(run.output.isEmpty)
      #expect(run.errors.hasPrefix("guarantee: ") && run.errors.split(separator: "\n").count == 1)
      #expect(!run.errors.contains("secret"))
      text += "$ guarantee \(mistake)\n\(run.errors)"
    }
    try Golden.expect(text, is: "usage.txt")
  }

  @Test("Help and version go to standard output with exit code 0")
  func help() throws {
    for arguments in [[], ["--help"], ["help"], ["report"], ["dispute", "open", "-h"], ["--version"]] {
      let run = try BuiltProgram().run(arguments)
      #expect(run.exitCode == 0 && run.errors.isEmpty && !run.output.isEmpty)
    }
  }

  @Test("Completion scripts come for the usual shells", arguments: ["bash", "zsh", "fish"])
  func completion(_ shell: String) throws {
    let run = try BuiltProgram().run(["--generate-completion-script", shell])
    #expect(run.exitCode == 0 && run.output.contains("trial-balance"))
  }
}
