import Glibc

/// Prints figures as they come, lined up.
struct FigureTable: Sendable {
  private static let widths = [52, 16, 42, 5, 11, 6]
  private static let rightAligned: Set<Int> = [1, 3]

  func begin() {
    line(["measured", "figure", "reference", "ratio", "goal", ""])
    line(Self.widths.map { String(repeating: "-", count: $0) })
  }

  func print(_ figure: Figure) {
    line([
      figure.name, figure.value.description,
      figure.reference.map { "\($0.value)  \($0.name)" } ?? "",
      figure.ratio.map { Quantity.decimal($0, places: 2) } ?? "",
      figure.goal?.description ?? "",
      figure.isMet.map { $0 ? "met" : "MISSED" } ?? "",
    ])
  }

  private func line(_ cells: [String]) {
    let padded = cells.enumerated().map { index, cell in
      let padding = String(repeating: " ", count: max(0, Self.widths[index] - cell.count))
      return Self.rightAligned.contains(index) ? padding + cell : cell + padding
    }
    var line = padded.joined(separator: "  ")
    while line.hasSuffix(" ") { line.removeLast() }
    Swift.print(line)
    fflush(nil)
  }
}
