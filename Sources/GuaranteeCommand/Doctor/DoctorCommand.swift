import ArgumentParser
import GuaranteeLedger

/// `guarantee doctor`: what is wrong with an installation, and what to do about it.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Finds what is wrong with an installation, and says what to do.",
    discussion: """
      Example: guarantee doctor

      It looks at the settings, the files with passwords, the private server's folder and programs, the server and \
      the way to it, and the ledger there, and prints a line for each. It changes nothing and waits for nothing longer \
      than some seconds; only a private server that stands still is started, as by any other command. When there is a \
      problem, it exits with 1.
      """)

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    // What programs read is the same in every language.
    let language = output.format == .table ? Language.current : .english
    let findings = await Waiting.showing("Looking at the installation") {
      await Language.$current.withValue(language) { await Examination(ledger).findings() }
    }
    let sink = ByteSink.standardOutput()
    if output.format == .table {
      let width = findings.map { DisplayWidth.of(FindingOutput.title(of: $0.check)) }.max() ?? 0
      for finding in findings {
        let lines = FindingOutput.lines(
          finding, nameWidth: width, columns: Terminal.columns ?? HelpText.lineWidth,
          isStyled: Terminal.isStyled)
        for line in lines { try sink.write(line + "\n") }
      }
    } else {
      var writer = try output.writer(FindingOutput.columns, to: sink)
      for finding in findings { try writer.write(FindingOutput.row(finding)) }
      try writer.finish()
    }
    try sink.flush()
    try Self.conclude(findings)
  }

  private static func conclude(_ findings: [Finding]) throws(Failure) {
    let problems = findings.count { $0.state == .problem }
    let warnings = findings.count { $0.state == .warning }
    if problems > 0 {
      throw Failure(.refused, "Problems: \(problems), warnings: \(warnings).")
    }
    Program.say(warnings > 0 ? "No problem, warnings: \(warnings)." : "Everything is well.")
  }
}
