import GuaranteeLedger

/// What a page says of a ledger: each section is read, drawn and told in a table.
struct LedgerPage {
  /// Only what is of this office; `nil` for all.
  let office: String?
  /// The first and the last day of the money's ways, as `YYYY-MM-DD`.
  let from: String
  let to: String
  let ledger: Ledger

  /// More rows than that are for a report of their own.
  private static let longestTable = 40
  private static let daysAhead = 90

  func sections() async throws -> [HTML] {
    [
      try await position(), try await cover(), try await deadlines(), try await exposure(),
      try await ageing(.ageing, "Calls not paid"),
      try await ageing(.unclaimed, "Money that nobody has come for"),
      try await ageing(.recourse, "Guarantors' recourse"), try await flows(),
    ]
  }

  private func read(_ report: Report, _ filters: [ReportFilter: String] = [:]) async throws -> PageRows {
    var filters = filters
    filters[.office] = office
    return PageRows(
      try await CollectedRows { columns, row in
        try await ledger.report(report, where: filters, columns: columns, row: row)
      })
  }

  // MARK: Sections

  private func position() async throws -> HTML {
    let claims = try await read(.segregation).having("line") { $0 == "claim" }
    var pieces: [HTML] = []
    for (currency, rows) in claims.grouped(by: "currency") {
      let roles = rows.grouped(by: "role").map(\.value)
      let offices = try rows.grouped(by: "office").map { office, rows in
        let sums = Dictionary(uniqueKeysWithValues: rows.grouped(by: "role").map { ($0.value, $0.rows) })
        return (office, try roles.map { try sums[$0]?.sum(of: "amount") })
      }
      let bars = try offices.map { office, sums in
        BarChart.Bar(
          label: office, lengths: sums.map { $0?.digits ?? 0 },
          figure: "\(try sums.compactMap { $0 }.sum?.shown ?? "") \(currency)")
      }
      pieces.append(BarChart(parts: roles.map { CodeName.shown($0, as: "role") }, bars: bars).html)
      pieces.append(
        table(
          currency, [("office", .text), ("role", .text), ("amount", .amount)],
          offices.flatMap { office, sums in
            zip(roles, sums).compactMap { role, sum in sum.map { [office, role, $0.text] } }
          }, "guarantee report segregation"))
    }
    return section("Money in custody, by whose it is", pieces)
  }

  private static let coverColumns = ["goods_out", "cash", "undertakings"]

  private func cover() async throws -> HTML {
    var pieces: [HTML] = []
    for (currency, rows) in try await read(.cover, [.to: to]).grouped(by: "currency") {
      let months = try Self.months(of: rows)
      let decimals = months.first?.sums.first?.decimals ?? 0
      pieces.append(
        LineChart(
          series: Self.coverColumns.map { CodeName.shown($0, as: "column") },
          points: months.map { (String($0.month.prefix(7)), $0.sums.map(\.digits)) },
          figure: {
            Money(digits: $0, decimals: decimals, currency: Currency(rawValue: currency))?.shown ?? ""
          }
        ).html)
      pieces.append(
        table(
          currency, [("month_end", .date)] + Self.coverColumns.map { ($0, .amount) },
          months.reversed().map { [$0.month] + $0.sums.map(\.text) }, "guarantee report cover"))
    }
    return section("Goods that left against cover", pieces)
  }

  /// The sums over all offices at the end of each month; an office keeps what it had until it has something else.
  private static func months(of rows: PageRows) throws -> [(month: String, sums: [Money])] {
    var latest: [String: [Money]] = [:]
    return try rows.grouped(by: "month_end").sorted { $0.value < $1.value }.map { month, rows in
      for row in rows.rows {
        latest[rows.text(row, "office")] = coverColumns.compactMap { rows.money(row, $0) }
      }
      let sums = try coverColumns.indices.compactMap { index in try latest.values.map { $0[index] }.sum }
      return (month, sums)
    }
  }

  private func deadlines() async throws -> HTML {
    let due = PageRows(
      try await CollectedRows { columns, row in
        try await ledger.due(within: Self.daysAhead, office: office, columns: columns, row: row)
      }
    ).having("due_on") { !$0.isEmpty }
    let bars = due.grouped(by: "due_on", length: 7).map { month, rows in
      BarChart.Bar(label: month, lengths: [Int128(rows.rows.count)], figure: String(rows.rows.count))
    }
    let columns = ["due_on", "office", "dispute", "what", "state"]
    let days = Self.daysAhead
    let pieces = [
      BarChart(parts: [], bars: bars).html,
      table(
        Phrase("Within \(days) days").text, columns.map { ($0, $0 == "due_on" ? .date : .text) },
        due.rows.map { row in columns.map { due.text(row, $0) } }, "guarantee due --within \(days)"),
    ]
    return section("Days that run out", due.rows.isEmpty ? [] : pieces)
  }

  private func exposure() async throws -> HTML {
    var pieces: [HTML] = []
    for (currency, rows) in try await read(.exposure).grouped(by: "currency") {
      let guarantors = try rows.grouped(by: "guarantor").map { guarantor, rows in
        (guarantor, used: try rows.sum(of: "exposure"), facility: try rows.sum(of: "facility"))
      }.sorted { ($0.used?.digits ?? 0) > ($1.used?.digits ?? 0) }
      let bars = guarantors.prefix(Self.longestTable).map {
        BarChart.Bar(
          label: $0.0, lengths: [$0.used?.digits ?? 0],
          figure: "\($0.used?.shown ?? "") / \($0.facility?.shown ?? "–")", limit: $0.facility?.digits)
      }
      pieces.append(BarChart(parts: [], bars: bars).html)
      pieces.append(
        table(
          currency, [("guarantor", .text), ("exposure", .amount), ("facility", .amount)],
          guarantors.map { [$0.0, $0.used?.text, $0.facility?.text] }, "guarantee report exposure"))
    }
    return section("What guarantors stand for, against their facilities", pieces)
  }

  private func ageing(_ report: Report, _ title: Phrase) async throws -> HTML {
    let ages = ["days_0_30", "days_31_90", "days_91_180", "days_181_365", "over_365"]
    var pieces: [HTML] = []
    for (currency, rows) in try await read(report).grouped(by: "currency") {
      let sums = try ages.map { (age: $0, sum: try rows.sum(of: $0)) }
      let bars = sums.map {
        BarChart.Bar(
          label: CodeName.shown($0.age, as: "column"), lengths: [$0.sum?.digits ?? 0],
          figure: $0.sum?.shown ?? "")
      }
      pieces.append(BarChart(parts: [], bars: bars).html)
      pieces.append(
        table(
          currency, ages.map { ($0, .amount) }, [sums.map(\.sum?.text)],
          "guarantee report \(report.rawValue)"))
    }
    return section(title, pieces)
  }

  private func flows() async throws -> HTML {
    var pieces: [HTML] = []
    for (currency, rows) in try await read(.flows, [.from: from, .to: to]).grouped(by: "currency") {
      let ways = try rows.grouped(by: "debit_role").flatMap { debit, rows in
        try rows.grouped(by: "credit_role").map { credit, rows in (debit, credit, try rows.sum(of: "amount"))
        }
      }.sorted { ($0.2?.digits ?? 0) > ($1.2?.digits ?? 0) }
      let bars = ways.prefix(Self.longestTable).map { debit, credit, amount in
        BarChart.Bar(
          label: Self.way(debit, credit), lengths: [amount?.digits ?? 0], figure: amount?.shown ?? "")
      }
      pieces.append(BarChart(parts: [], bars: bars).html)
      pieces.append(
        table(
          currency, [("debit_role", .text), ("credit_role", .text), ("amount", .amount)],
          ways.map { [$0.0, $0.1, $0.2?.text] }, "guarantee report flows"))
    }
    return section("Ways of the money from \(from) to \(to)", pieces)
  }

  /// The bank account stands for whoever paid or was paid.
  private static func way(_ debit: String, _ credit: String) -> String {
    let (outOf, into) = (CodeName.shown(debit, as: "role"), CodeName.shown(credit, as: "role"))
    let phrase: Phrase =
      switch (debit, credit) {
      case ("bank", _): "paid in → \(into)"
      case (_, "bank"): "\(outOf) → paid out"
      default: "\(outOf) → \(into)"
      }
    return phrase.text
  }

  // MARK: Pieces

  private func section(_ title: Phrase, _ pieces: [HTML]) -> HTML {
    let nothing: Phrase = "Nothing."
    return HTML(
      "section", [:], [HTML("h2", title.text)] + (pieces.isEmpty ? [HTML("p", nothing.text)] : pieces))
  }

  private func table(
    _ caption: String, _ columns: [(String, OutputColumn.Kind)], _ rows: [[String?]], _ command: String
  ) -> HTML {
    let more = rows.count - Self.longestTable
    let note: Phrase? = more > 0 ? "\(more) more: '\(command)' has all of them." : nil
    return PageTable(
      caption: caption, columns: columns.map { OutputColumn($0.0, $0.1) },
      rows: Array(rows.prefix(Self.longestTable)), note: note?.text
    ).html
  }
}
