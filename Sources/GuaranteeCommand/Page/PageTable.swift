/// A table of a page: the first column names the row, numbers stand on the right.
struct PageTable {
  let caption: String
  let columns: [OutputColumn]
  let rows: [[String?]]
  /// What is said of rows that are not here.
  var note: String?

  var html: HTML {
    let names = columns.map(\.name)
    let head = columns.map { column in
      cell("th", column, ReadableCell.title(column.name, beside: names), scope: "col")
    }
    let body = rows.map { row in
      HTML(
        "tr", [:],
        zip(columns, row).enumerated().map { place, value in
          let text = value.1.map { ReadableCell.text($0, value.0) } ?? ""
          return place == 0 ? cell("th", value.0, text, scope: "row") : cell("td", value.0, text)
        })
    }
    let table = HTML(
      "table", [:],
      [
        HTML("caption", caption), HTML("thead", [:], [HTML("tr", [:], head)]), HTML("tbody", [:], body),
      ])
    return HTML(
      "div", ["class": "table", "tabindex": "0", "role": "region", "aria-label": caption],
      [table] + (note.map { [HTML("p", $0)] } ?? []))
  }

  private func cell(
    _ element: StaticString, _ column: OutputColumn, _ text: String, scope: String = ""
  ) -> HTML {
    let isNumber = [.amount, .integer].contains(column.kind)
    return switch (scope.isEmpty, isNumber) {
    case (true, true): HTML(element, ["class": "number"], [HTML(text)])
    case (true, false): HTML(element, text)
    case (false, true): HTML(element, ["scope": scope, "class": "number"], [HTML(text)])
    case (false, false): HTML(element, ["scope": scope], [HTML(text)])
    }
  }
}
