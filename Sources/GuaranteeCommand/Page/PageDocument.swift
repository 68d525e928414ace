/// The page around its sections: title, what it is of, and how it looks on screens and paper.
struct PageDocument {
  let office: String?
  let day: String
  let knownAt: String?
  let sections: [HTML]

  var text: String {
    let name: Phrase = office.map { "Guarantee ledger of \($0)" } ?? "Guarantee ledger"
    let date: Phrase = knownAt.map { "As of \(day), as known at \($0)" } ?? "As of \(day)"
    let head = HTML(
      "head", [:],
      [
        HTML(markup: #"<meta charset="utf-8"><meta name="viewport" content="width=device-width">"#),
        HTML("title", "\(name.text) · \(day)"), HTML(markup: PageStyle.sheet),
      ])
    let header = HTML("header", [:], [HTML("h1", name.text), HTML("p", date.text)])
    let body = HTML("body", [:], [HTML(markup: PageStyle.hatchings), header, HTML("main", [:], sections)])
    return "<!doctype html>\n"
      + HTML("html", ["lang": Language.current.rawValue], [head, body]).source + "\n"
  }
}
