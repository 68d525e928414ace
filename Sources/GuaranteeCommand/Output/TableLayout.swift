/// How a table fits its window: by columns that are narrowed, or, when even that is too wide, row by row.
enum TableLayout: Equatable {
  /// The width of each column; one without width is left out.
  case columns([Int])
  /// A line for each value, under a rule for each row.
  case upright

  /// What is known of a column.
  struct Column: Equatable {
    /// The columns of a terminal that its title takes.
    let title: Int
    /// Those of its widest cell.
    let cells: Int
    /// The longest piece of its cells that stays together; `cells` for numbers and days.
    let piece: Int
    /// Whether it is text, which may be broken where it must.
    var isText = false

    var natural: Int { max(title, cells) }
    /// No narrower than this: a title is folded before a number or a code is.
    ///
    /// - Parameter longest: What is longer is broken although it should stay together.
    func least(breaking longest: Int) -> Int {
      min(natural, max(isText ? min(piece, longest) : piece, TableLayout.narrowestTitle))
    }
  }

  static let gap = 2
  /// Pieces longer than the first are broken, and those longer than the second when nothing else helps.
  static let longestPieces = [20, 12]
  static let narrowestTitle = 8

  /// - Parameters:
  ///   - width: The window's; `nil` when there is none.
  ///   - isWhole: Whether all rows are known, so that a column without a value may be left out.
  init(_ columns: [Column], in width: Int?, isWhole: Bool) {
    let natural = columns.map(\.natural)
    guard let width, Self.total(natural) > width else {
      self = .columns(natural)
      return
    }
    // What has nothing to say makes room first.
    let kept = columns.map { isWhole && $0.cells == 0 ? 0 : $0.natural }
    if Self.total(kept) > 0, Self.total(kept) <= width {
      self = .columns(kept)
      return
    }
    for longest in Self.longestPieces {
      for most in stride(from: kept.max() ?? 0, to: 0, by: -1) {
        let widths = zip(columns, kept).map { column, natural in
          natural == 0 ? 0 : max(column.least(breaking: longest), min(natural, most))
        }
        if Self.total(widths) <= width {
          self = .columns(widths)
          return
        }
      }
    }
    self = .upright
  }

  /// The width of columns beside each other.
  static func total(_ widths: [Int]) -> Int {
    let shown = widths.filter { $0 > 0 }
    return shown.reduce(0, +) + gap * max(0, shown.count - 1)
  }
}
