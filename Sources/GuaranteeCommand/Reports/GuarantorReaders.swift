import ArgumentParser
import GuaranteeLedger

/// `guarantee guarantor`: what there is of third parties who stand for consignors.
struct GuarantorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guarantor", abstract: "show, list",
    discussion: """
      Their events are recorded by 'guarantee facility', 'funds', 'counter-guarantee' and 'recourse'.

      Example: guarantee guarantor show LUSHANG-GUARANTEE
      """,
    subcommands: [GuarantorShow.self, GuarantorList.self])
}

/// `guarantee guarantor list`: the report of exposure where people look for it.
struct GuarantorList: PrintsReport {
  static let report = Report.exposure
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the guarantors with their facilities, what they stand for and their money.",
    discussion: "Example: guarantee guarantor list --office QINGDAO")

  @OptionGroup var options: ReadingOptions
}

/// `guarantee guarantor show`: all that the ledger knows of one guarantor.
struct GuarantorShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows a guarantor's facility, disputes, unpaid calls, recourse and money.",
    discussion: """
      With -O csv only the facilities are printed; the other parts are reports of their own. With -O json all parts \
      are members of one object.

      Example: guarantee guarantor show LUSHANG-GUARANTEE
      """)

  @Argument(
    help: "The guarantor's code.",
    completion: .custom { await CodeCompletion(words: $0, prefix: $2).guarantors() })
  var guarantor: String
  @OptionGroup var times: TimeOptions
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  /// The parts; to people their disputes are told by what the guarantor stands for in them.
  private var parts: [(report: Report, columns: [String]?)] {
    [(.exposure, nil)] + (output.format == .table ? [] : [(.disputes, nil)]) + [
      (
        .commitments,
        [
          "dispute", "office", "stage", "currency", "held", "frozen", "undertaken", "expires_on", "drawn",
          "called",
          "recourse",
        ]
      ), (.ageing, nil), (.recourse, nil), (.balances, ["office", "role", "dispute", "currency", "balance"]),
    ]
  }

  func run() async throws {
    let opened = try await ledger.open()
    let view = times.view(of: opened)
    var document = Document(on: guarantor, output)
    for (report, shown) in parts where !document.isWhole {
      let part = try await CollectedRows { columns, row in
        try await view.report(report, where: [.guarantor: guarantor], columns: columns, row: row)
      }
      if report == .exposure, part.rows.isEmpty { throw await unknown(in: opened) }
      try document.add(part, as: report.rawValue, showing: shown)
    }
    try document.finish()
    await opened.close()
  }

  private func unknown(in ledger: Ledger) async -> Failure {
    let near = await ledger.question(for: guarantor, of: "guarantor")
    return Failure(
      .refused,
      """
      Nothing is there of a guarantor '\(guarantor)': 'guarantee guarantor list' shows those who have a facility or \
      money.\(near)
      """
    )
  }
}
