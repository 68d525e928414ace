/// A piece of the help that the parser of the command line writes, in lines that it did not break.
enum HelpLine {
  case overview(String)
  /// The call, whose lines are joined.
  case usage(String)
  /// What a list is of, such as `OPTIONS`.
  case heading(String)
  /// An option, an argument or a command of a list, and what it is.
  case item(label: String, text: String)
  /// Where there is more.
  case reference(String)
  /// A command to type, or what it reads.
  case typed(String)
  /// Prose, or nothing.
  case text(String)

  /// Where the texts behind options and commands begin.
  static let labelColumns = 26

  /// - Parameter help: The help as `HelpText.arranged` gives it.
  static func lines(of help: String) -> [HelpLine] {
    var lines: [HelpLine] = []
    var isInList = false
    var rest = help.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    while let line = rest.popFirst() {
      if line.hasPrefix("OVERVIEW: ") {
        lines.append(.overview(String(line.dropFirst("OVERVIEW: ".count))))
      } else if line.hasPrefix("USAGE: ") {
        var usage = String(line.dropFirst("USAGE: ".count))
        while let next = rest.first, next.hasPrefix("       ") {
          usage += " " + rest.removeFirst().trimmingSpaces
        }
        lines.append(.usage(usage))
      } else if let name = heading(in: line) {
        isInList = true
        lines.append(.heading(name))
      } else if line.hasPrefix("  See ") {
        lines.append(.reference(line.trimmingSpaces))
      } else if line.hasPrefix("  ") {
        lines.append(isInList ? item(line, &rest) : .typed(line))
      } else {
        lines.append(.text(line))
      }
    }
    return lines
  }

  /// `OPTIONS` of `OPTIONS:`.
  private static func heading(in line: String) -> String? {
    guard line.hasSuffix(":"), line.dropLast().allSatisfy({ $0.isUppercase || $0 == " " }) else { return nil }
    return String(line.dropLast())
  }

  /// What it is stands behind the label, or on the next line when that is long.
  private static func item(_ line: String, _ rest: inout ArraySlice<String>) -> HelpLine {
    let label = line.prefix(labelColumns)
    if line.count > label.count, label.last == " " {
      return .item(label: label.trimmingSpaces, text: String(line.dropFirst(labelColumns)))
    }
    var text = ""
    if let next = rest.first, next.hasPrefix(String(repeating: " ", count: labelColumns)) {
      text = rest.removeFirst().trimmingSpaces
    }
    return .item(label: line.trimmingSpaces, text: text)
  }
}
