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

  private static let labelColumns = 26

  init(of command: any ParsableCommand.Type) {
    let help = HelpText.arranged(
      Guarantee.helpMessage(for: command, columns: TranslatedHelp.parserColumns))
    var rest = help.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    while let line = rest.popFirst() { add(line, &rest) }
  }

  private mutating func add(_ line: String, _ rest: inout ArraySlice<String>) {
    if line.isEmpty {
      if lists.isEmpty, usage.isEmpty { blocks.append([]) }
    } else if line.hasPrefix("OVERVIEW: ") {
      overview = String(line.dropFirst("OVERVIEW: ".count))
    } else if line.hasPrefix("USAGE: ") {
      usage = String(line.dropFirst("USAGE: ".count))
      while let next = rest.first, next.hasPrefix("       ") {
        usage += " " + rest.removeFirst().trimmingSpaces
      }
    } else if let heading = Self.heading(line) {
      lists.append((heading, []))
    } else if lists.isEmpty {
      if blocks.isEmpty { blocks.append([]) }
      blocks[blocks.count - 1].append(line)
    } else if !line.hasPrefix("  See ") {
      lists[lists.count - 1].items.append(Self.item(line, &rest))
    }
  }

  private static func heading(_ line: String) -> String? {
    guard line.hasSuffix(":"), line.dropLast().allSatisfy({ $0.isUppercase || $0 == " " }) else { return nil }
    return String(line.dropLast())
  }

  private static func item(_ line: String, _ rest: inout ArraySlice<String>) -> Item {
    let label = line.prefix(labelColumns)
    if line.count > label.count, label.last == " " {
      return Item(label: label.trimmingSpaces, text: String(line.dropFirst(labelColumns)))
    }
    var text = ""
    if let next = rest.first, next.hasPrefix(String(repeating: " ", count: labelColumns)) {
      text = rest.removeFirst().trimmingSpaces
    }
    return Item(label: line.trimmingSpaces, text: text)
  }
}
