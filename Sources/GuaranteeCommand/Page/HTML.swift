/// A piece of a page. Text is escaped where it is put in, so that no data becomes markup.
struct HTML: Sendable, Equatable {
  private(set) var source: String

  /// Markup that was written here.
  init(markup: StaticString) { source = "\(markup)" }

  /// Text that may hold anything.
  init(_ text: String) {
    source = ""
    for character in TerminalText.safe(text).unicodeScalars {
      switch character {
      case "&": source += "&amp;"
      case "<": source += "&lt;"
      case ">": source += "&gt;"
      case "\"": source += "&quot;"
      default: source.unicodeScalars.append(character)
      }
    }
  }

  /// - Parameter attributes: their values are escaped as text is.
  init(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ content: [HTML] = [])
  {
    let written = attributes.map { " \($0)=\"\(HTML($1).source)\"" }.joined()
    source = "<\(name)\(written)>" + content.map(\.source).joined() + "</\(name)>"
  }

  init(_ name: StaticString, _ text: String) { self.init(name, [:], [HTML(text)]) }
}
