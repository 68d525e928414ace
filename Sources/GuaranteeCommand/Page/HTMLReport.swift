import ArgumentParser
import GuaranteeLedger

/// `guarantee report html FILE`: a page to show.
struct HTMLReport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "html",
    abstract: "Writes a page to show: positions, cover, deadlines, exposure, ageing and the money's ways.",
    discussion: """
      The page is one file that needs no network and no script, for a screen of any size, for paper and for those who \
      have it read to them. Every chart has a table that says the same. --from and --to are about the money's ways, \
      which are otherwise those since the beginning of the year before.

      Example: guarantee report html ledger.html
        guarantee report html harbin.html --office HARBIN --as-of 2026-03-31
      """)

  @Argument(help: "The file to write.", completion: .file(extensions: ["html"])) var file: String
  @OptionGroup var period: PeriodOptions
  @Option(help: Filter.office) var office: String?
  @OptionGroup var times: TimeOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() async throws {
    let file = OutputFile(path: file, kind: "page")
    try file.check()
    let opened = try await ledger.open()
    try await GivenNames([.office: office]).check(in: opened)
    let office = try office ?? ledger.choice().office
    let today = try await opened.today()
    let day = times.asOf ?? today.description
    let year = LedgerDate(day)?.year ?? today.year
    let page = LedgerPage(
      office: office, from: period.from ?? "\(year - 1)-01-01", to: period.to ?? day,
      ledger: times.view(of: opened))
    let sections = try await Waiting.showing("Reading the ledger") { try await page.sections() }
    await opened.close()
    let document = PageDocument(office: office, day: day, knownAt: times.knownAt, sections: sections)
    try file.write { try $0.write(document.text) }
  }
}
