import ArgumentParser

/// A command's help taken apart, in English as it is written.
struct HelpParts {
  /// What has a name and a text: an option, an argument or a command.
  struct Item {
    let label: String
    let text: String
  }

  private(set) var overview = ""
  /// What is told of the command: blocks of lines, of which prose has one.
  private(set) var blocks: [[String]] = []
  private(set) var usage = ""
  /// Lists under their headings, such as `OPTIONS`.
  private(set) var lists: [(heading: String, items: [Item])] = []

  init(of command: any ParsableCommand.Type) {
    let help = HelpText.arranged(
      Guarantee.helpMessage(for: command, columns: TranslatedHelp.parserColumns))
    for line in HelpLine.lines(of: help) { add(line) }
  }

  private mutating func add(_ line: HelpLine) {
    switch line {
    case .overview(let text): overview = text
    case .usage(let text): usage = text
    case .heading(let name): lists.append((name, []))
    case .item(let label, let text): lists[lists.count - 1].items.append(Item(label: label, text: text))
    case .reference: break
    case .text(""): if usage.isEmpty { blocks.append([]) }
    case .typed(let text), .text(let text):
      if blocks.isEmpty { blocks.append([]) }
      blocks[blocks.count - 1].append(text)
    }
  }
}
