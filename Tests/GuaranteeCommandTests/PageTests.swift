import Foundation
import Testing

@testable import GuaranteeCommand

@Suite("The page to show")
struct PageTests {
  private static func page(_ program: BuiltProgram, _ options: String...) throws -> String {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("page-\(UUID()).html")
    defer { try? FileManager.default.removeItem(at: file) }
    let run = try program.run(["report", "html", file.path] + options)
    #expect(run.exitCode == 0 && run.output.isEmpty, "\(run.errors)")
    return try String(contentsOf: file, encoding: .utf8)
  }

  @Test("The examples' story gives this page, in either language", arguments: ["en", "zh-Hans"])
  func golden(_ language: String) async throws {
    try await withLedger(StartingLedger.examples) { program in
      let page = try Self.page(program, "--as-of", "2025-06-30", "--lang", language)
      try Golden.expect(page, is: language == "en" ? "page.html" : "chinese/page.html")
      // Nothing is asked for elsewhere, nothing runs, and each chart is told in a table.
      #expect(!page.contains(#/<script|https?:|<link|<img|@import/#))
      #expect(page.ranges(of: "class=\"chart\"").count == page.ranges(of: "<table>").count)
      #expect(page.hasPrefix("<!doctype html>\n<html lang=\"\(language)\">"))
    }
  }

  @Test("What somebody is called never becomes markup")
  func escaping() {
    let nasty = "<script>alert(1)</script>&\"'\u{1B}[31m"
    let bar = BarChart.Bar(label: nasty, lengths: [1], figure: nasty)
    let table = PageTable(caption: nasty, columns: [OutputColumn("dispute")], rows: [[nasty]], note: nasty)
    for html in [HTML(nasty), BarChart(parts: [nasty, nasty], bars: [bar]).html, table.html] {
      #expect(!html.source.contains("<script") && !html.source.contains("\u{1B}"))
      #expect(html.source.contains("&lt;script&gt;"))
    }
    #expect(!table.html.source.contains("label=\"<") && !table.html.source.contains("&\""))
  }

  @Test("Bars are as long as they are, however large the sums, and lines keep within the drawing")
  func shares() {
    #expect(Int128(50).share(of: 200, in: 1000) == 250)
    #expect(Int128.max.share(of: .max, in: 1000) == 1000)
    #expect((Int128.max / 2).share(of: .max, in: 1000) == 500)
    #expect(Int128(-5).share(of: 10, in: 1000) == 0 && Int128(5).share(of: 0, in: 1000) == 0)
    let chart = LineChart(series: ["a"], points: [("1", [0]), ("2", [7]), ("3", [3])], figure: { "\($0)" })
    #expect(chart.html.source.contains(#"points="0,240 500,0 1000,138""#))
  }
}
