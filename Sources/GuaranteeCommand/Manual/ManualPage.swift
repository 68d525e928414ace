import ArgumentParser

/// The manual page of a command as `man` and packagers know it, in the language that is spoken.
struct ManualPage {
  /// Such as `guarantee-record`.
  let name: String
  private let parts: HelpParts
  /// Pages that are of use to whoever reads this one.
  private let related: [String]

  /// The page of a command and those of all below it.
  static func all(of command: any ParsableCommand.Type = Guarantee.self, above path: [String] = [])
    -> [ManualPage]
  {
    let path = path + [NamedCommand.name(command)]
    let below = command.configuration.subcommands.filter { $0.configuration.shouldDisplay }
    let related =
      (path.count > 1 ? [path.dropLast()] : [])
      + below.map { (path + [NamedCommand.name($0)])[...] }
    let page = ManualPage(
      name: path.joined(separator: "-"), parts: HelpParts(of: command),
      related: related.map { $0.joined(separator: "-") })
    return [page] + below.flatMap { all(of: $0, above: path) }
  }

  var text: String {
    var lines = [
      ".TH \(Self.quoted(name.uppercased())) 1 \"\" \(Self.quoted("guarantee " + ProgramVersion.current))",
      // Names of options and fields stay whole.
      ".nh", ".na", Self.heading("NAME"), Self.escaped(name) + " \\- " + Self.escaped(said(parts.overview)),
      Self.heading("SYNOPSIS"), Self.escaped(TranslatedHelp.values(in: parts.usage)),
    ]
    let blocks = parts.blocks.filter { !$0.isEmpty }
    if !blocks.isEmpty { lines.append(Self.heading("DESCRIPTION")) }
    for (index, block) in blocks.enumerated() {
      if index > 0 { lines.append(".PP") }
      lines += described(block)
    }
    for list in parts.lists {
      lines.append(Self.heading(list.heading))
      for item in list.items {
        lines += [".TP", "\\fB" + Self.escaped(TranslatedHelp.values(in: item.label)) + "\\fR"]
        let meaning = TranslatedHelp.meaning(of: item.label, item.text)
        lines.append(meaning.isEmpty ? "\\&" : Self.escaped(meaning))
      }
    }
    if !related.isEmpty {
      lines.append(Self.heading("SEE ALSO"))
      lines.append(related.map { "\\fB\(Self.escaped($0))\\fR(1)" }.joined(separator: ",\n"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Prose is filled into lines; what is to be typed, or stands in columns, keeps its own.
  private func described(_ block: [String]) -> [String] {
    let isProse = block.count == 1 && !block[0].hasPrefix("  ")
    if isProse { return [Self.escaped(said(block[0]))] }
    return [".nf"] + block.map { Self.escaped($0.hasPrefix("  ") ? $0 : said($0)) } + [".fi"]
  }

  private func said(_ text: String) -> String { TranslatedHelp.said(text) }

  private static func heading(_ name: String) -> String {
    ".SH \(quoted(CodeName.name(of: name, as: "heading") ?? name))"
  }

  private static func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

  /// Text that the formatter of manual pages takes for nothing else.
  private static func escaped(_ text: String) -> String {
    // The formatter knows nothing of where Chinese may be broken.
    let text = LineFolding.pieces(of: text.replacing("\\", with: "\\e")).reduce("") { line, piece in
      line + (line.isEmpty || line.hasSuffix(" ") ? "" : "\\:") + piece
    }
    var escaped = text.replacing("-", with: "\\-")
      .replacing("'", with: "\\(aq").replacing("~", with: "\\(ti").replacing("^", with: "\\(ha")
      .replacing("`", with: "\\(ga")
    if escaped.hasPrefix(".") || escaped.hasPrefix(" ") { escaped = "\\&" + escaped }
    return escaped
  }
}
