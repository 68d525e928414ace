/// Amounts over time: a line for each series, told apart by colour and by dashes.
struct LineChart {
  let series: [String]
  /// The points in their order, with how high each series is there.
  let points: [(label: String, heights: [Int128])]
  /// What is said of a height.
  let figure: (Int128) -> String

  private static let (width, height) = (1000, 240)

  var html: HTML {
    guard let most = points.flatMap(\.heights).max(), points.count > 1 else { return HTML("") }
    var shapes = (1...3).map { quarter in
      let y = String(Self.height * quarter / 4)
      return HTML("line", ["x1": "0", "x2": String(Self.width), "y1": y, "y2": y, "class": "grid"])
    }
    shapes += series.indices.map { index in
      HTML("polyline", ["points": line(index, most), "class": "line\(index)"])
    }
    let ends = [points.first, points[points.count / 2], points.last].compactMap { $0?.label }
    return HTML(
      "div", ["class": "chart", "aria-hidden": "true"],
      [
        legend, HTML("div", ["class": "most"], [HTML(figure(most))]),
        HTML(
          "svg",
          ["viewBox": "0 0 \(Self.width) \(Self.height)", "preserveAspectRatio": "none", "class": "lines"],
          shapes), HTML("div", ["class": "axis"], ends.map { HTML("span", $0) }),
      ])
  }

  /// Steps, since an amount stays until the next.
  private func line(_ index: Int, _ most: Int128) -> String {
    var places: [String] = []
    for (place, point) in points.enumerated() {
      let x = Self.width * place / (points.count - 1)
      places.append("\(x),\(Self.height - point.heights[index].share(of: most, in: Self.height))")
    }
    return places.joined(separator: " ")
  }

  private var legend: HTML {
    Legend.html(series) { index in
      HTML(
        "svg", ["viewBox": "0 0 30 6", "class": "swatch wide"],
        [HTML("polyline", ["points": "0,3 30,3", "class": "line\(index)"])])
    }
  }
}
