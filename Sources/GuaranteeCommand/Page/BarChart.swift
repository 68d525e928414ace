/// Bars under their labels, each of one or several parts: drawn as SVG that any width stretches, with words beside it that
/// don't stretch. The table that goes with it says the same in figures.
struct BarChart {
  struct Bar {
    let label: String
    /// How long its parts are, in the order of the chart's `parts`, in one unit for all bars.
    let lengths: [Int128]
    /// What is said at the bar's end.
    let figure: String
    /// Where a line is drawn across it, such as a limit; `nil` without one.
    var limit: Int128?
  }

  /// What the bars are made of, for the legend; one without a legend.
  let parts: [String]
  let bars: [Bar]

  /// More than a page is wide, in units of the drawing.
  private static let width = 1000

  var html: HTML {
    let longest = bars.map { max($0.lengths.reduce(0, +), $0.limit ?? 0) }.max() ?? 0
    var pieces = parts.count > 1 ? [legend] : []
    for bar in bars {
      pieces.append(
        HTML(
          "div", ["class": "bar"],
          [
            HTML("span", ["class": "label"], [HTML(bar.label)]), HTML("b", bar.figure),
            Self.drawing(bar, longest: longest),
          ]))
    }
    return HTML("div", ["class": "chart", "aria-hidden": "true"], pieces)
  }

  private var legend: HTML {
    Legend.html(parts) { part in
      let shapes = Self.fills(part).map { HTML("rect", ["width": "12", "height": "12", "class": $0]) }
      return HTML("svg", ["viewBox": "0 0 12 12", "class": "swatch"], shapes)
    }
  }

  /// Its colour, and over it its hatching.
  private static func fills(_ part: Int) -> [String] { ["part\(part)", "hatch\(part)"] }

  private static func drawing(_ bar: Bar, longest: Int128) -> HTML {
    var start = 0
    var shapes: [HTML] = []
    for (part, length) in bar.lengths.enumerated() where length > 0 {
      let width = max(2, length.share(of: longest, in: Self.width))
      for fill in fills(part) {
        shapes.append(
          HTML("rect", ["x": String(start), "width": String(width), "height": "12", "class": fill]))
      }
      start += width
    }
    if let limit = bar.limit {
      let place = min(width - 4, limit.share(of: longest, in: width))
      shapes.append(HTML("rect", ["x": String(place), "width": "4", "height": "12", "class": "limit"]))
    }
    return HTML("svg", ["viewBox": "0 0 \(width) 12", "preserveAspectRatio": "none"], shapes)
  }
}

extension Int128 {
  /// How many of `length` it takes when `most` takes all of them.
  func share(of most: Int128, in length: Int) -> Int {
    guard most > 0, self > 0 else { return 0 }
    // Both may be near the largest there is.
    let unit = Swift.max(1, most / 1_000_000)
    return Int(Swift.min(self / unit, most / unit) * Int128(length) / (most / unit))
  }
}

/// What the colours, hatchings and dashes of a chart mean.
enum Legend {
  /// - Parameter swatch: shows how the part of that number is drawn.
  static func html(_ parts: [String], _ swatch: (Int) -> HTML) -> HTML {
    let items = parts.enumerated().map { HTML("span", [:], [swatch($0), HTML(" " + $1)]) }
    return HTML("div", ["class": "legend"], items)
  }
}
