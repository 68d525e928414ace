import Testing

@testable import GuaranteeCommand

@Suite("Tables in a window")
struct TableLayoutTests {
  private static let code = TableLayout.Column(title: 7, cells: 12, piece: 12)
  private static let amount = TableLayout.Column(title: 22, cells: 12, piece: 12)
  private static let text = TableLayout.Column(title: 6, cells: 60, piece: 9)
  private static let empty = TableLayout.Column(title: 9, cells: 0, piece: 0)

  @Test("What fits stays as it is, and so does everything where there is no window")
  func fits() {
    let columns = [Self.code, Self.text]
    #expect(TableLayout(columns, in: 74, isWhole: true) == .columns([12, 60]))
    #expect(TableLayout(columns, in: nil, isWhole: true) == .columns([12, 60]))
  }

  @Test("Columns without a value make room first, once all rows are known")
  func empty() {
    let columns = [Self.code, Self.empty, Self.text]
    #expect(TableLayout(columns, in: 80, isWhole: true) == .columns([12, 0, 60]))
    #expect(TableLayout(columns, in: 80, isWhole: false) == .columns([12, 9, 55]))
  }

  @Test("The widest columns are narrowed, titles before numbers, and codes not at all")
  func narrowed() {
    #expect(
      TableLayout([Self.code, Self.amount, Self.text], in: 60, isWhole: true) == .columns([12, 22, 22]))
    #expect(
      TableLayout([Self.code, Self.amount, Self.text], in: 40, isWhole: true) == .columns([12, 12, 12]))
    #expect(
      TableLayout([Self.code, Self.amount, Self.text], in: 37, isWhole: true) == .columns([12, 12, 9]))
  }

  @Test("What doesn't fit at all is shown row by row")
  func upright() {
    #expect(TableLayout([Self.code, Self.amount, Self.text], in: 36, isWhole: true) == .upright)
  }

  private func written(_ columns: [OutputColumn], _ rows: [[String?]], window: Int, styled: Bool = false)
    throws -> String
  {
    try captured { sink in
      var writer = TableWriter(columns, to: sink, isStyled: styled, windowColumns: window)
      for row in rows { try writer.write(row) }
      try writer.finish()
    }
  }

  @Test("Text goes on in the next line of its column, Chinese too; numbers and codes stay whole")
  func folded() throws {
    let columns = [OutputColumn("key"), OutputColumn("amount", .amount), OutputColumn("note")]
    let rows: [[String?]] = [
      ["QD-2025-0101", "1200000.00", "货物凭反担保放行，余额不足。"], ["K", "-1", "two words here"],
    ]
    #expect(
      try written(columns, rows, window: 38) == """
        key                 amount  note
        ------------  ------------  ----------
        QD-2025-0101  1,200,000.00  货物凭反担
                                    保放行，余
                                    额不足。
        K                       -1  two words
                                    here

        """)
  }

  @Test("A word that just fits its line is not broken for the space behind it")
  func justFitting() {
    let command = "lodge --dispute QD-1 --guarantor G"
    #expect(
      LineFolding.folded(command, columns: 15, breakingWords: true) == [
        "lodge --dispute", "QD-1", "--guarantor G",
      ])
    #expect(
      LineFolding.folded(command, columns: 32, breakingWords: true) == [
        "lodge --dispute QD-1 --guarantor", "G",
      ])
    #expect(
      LineFolding.folded("LUSHANG-GUARANTEE", columns: 10, breakingWords: true) == ["LUSHANG-", "GUARANTEE"])
  }

  @Test("Row by row, each has a rule, and a line for each value that it has")
  func rowByRow() throws {
    let columns = [
      OutputColumn("key"), OutputColumn("amount", .amount), OutputColumn("lot"), OutputColumn("unit"),
    ]
    #expect(
      try written(columns, [["K-1", "1200000.00", nil, "kg"], ["K-2", nil, nil, "t"]], window: 20) == """
        -- 1 ---------------
        key     K-1
        amount  1,200,000.00
        unit    kg
        -- 2 ---------------
        key     K-2
        unit    t

        """)
  }

  @Test("No line is wider than the window, whatever stands in the cells", arguments: [40, 60, 80])
  func within(_ window: Int) throws {
    let texts: [String?] = [
      nil, "", "a", "QINGDAO:guarantor_funds:LUSHANG-GUARANTEE:CNY", "海关，（保）证金。金额", "e\u{301} x",
    ]
    let columns = [
      OutputColumn("account"), OutputColumn("note"), OutputColumn("reason"), OutputColumn("on", .date),
    ]
    for first in texts {
      for second in texts {
        let text = try written(
          columns, [[first, second, first, "2026-01-05"], [second, nil, first, nil]], window: window)
        for line in text.split(separator: "\n") {
          #expect(DisplayWidth.of(String(line)) <= window, "\(line)")
        }
      }
    }
  }

  @Test("Colour says what the words say too, and only where it is wanted")
  func colour() throws {
    let columns = [
      OutputColumn("urgency"), OutputColumn("working_days_left", .integer), OutputColumn("amount", .amount),
    ]
    let rows: [[String?]] = [["overdue", "-3", "-1.00"], ["urgent", "2", "1.00"], ["soon", "9", nil]]
    let styled = try written(columns, rows, window: 80, styled: true)
    for piece in [
      "\u{1B}[31moverdue\u{1B}[0m", "\u{1B}[33murgent\u{1B}[0m", "\u{1B}[31m-3\u{1B}[0m",
      "\u{1B}[31m-1.00\u{1B}[0m",
    ] {
      #expect(styled.contains(piece))
    }
    let plain = try written(columns, rows, window: 80)
    #expect(!plain.contains("\u{1B}"))
    #expect(styled.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain)
  }

  @Test(
    "Characters take as many columns as Unicode says; ambiguous ones as many as the terminal gives them",
    arguments: [
      ("a", 1, 1), ("中", 2, 2), ("，", 2, 2), ("ｱ", 1, 1), ("Ａ", 2, 2), ("…", 1, 2), ("“", 1, 2), ("§", 1, 2),
      ("é", 1, 2), ("ñ", 1, 1), ("\u{301}", 0, 0), ("한", 2, 2), ("𠀀", 2, 2), ("😀", 2, 2),
    ] as [(Unicode.Scalar, Int, Int)])
  func widths(_ example: (Unicode.Scalar, Int, Int)) {
    #expect(DisplayWidth.of(example.0, ambiguous: 1) == example.1)
    #expect(DisplayWidth.of(example.0, ambiguous: 2) == example.2)
  }
}
