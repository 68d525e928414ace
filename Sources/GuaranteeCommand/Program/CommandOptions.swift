import ArgumentParser

/// The options and arguments of a command as its own help lists them, to say what is wrong with a call of it.
struct CommandOptions {
  struct Option {
    let names: [String]
    let takesValue: Bool
    /// The values that it takes; empty when that is not known here.
    let values: [String]

    /// Whether its value may begin with a dash.
    var takesDash: Bool { names.contains("--sort") }
  }

  let options: [Option]
  /// Whether words without an option before them mean something.
  let hasArguments: Bool
  /// What a call can't do without, such as `--office <office>`.
  let required: [String]
  /// The options that may be given several times.
  let repeatable: Set<String>

  init(of command: any ParsableCommand.Type) {
    // So wide that nothing is folded.
    let help = Guarantee.helpMessage(for: command, columns: 10_000)
    let lines = help.split(separator: "\n").drop { !$0.hasPrefix("USAGE:") }
    options = lines.filter { $0.hasPrefix("  -") }.map(Self.option)
    hasArguments = lines.contains { $0.hasPrefix("ARGUMENTS:") }
    required = Self.required(in: Guarantee.usageString(for: command))
    repeatable = Self.repeatable(in: Mirror(reflecting: command.init()))
  }

  func option(_ name: String) -> Option? {
    options.first { $0.names.contains(name) }
  }

  private static func option(_ line: Substring) -> Option {
    let words = line.split(separator: " ")
    let names = words.prefix { $0.hasPrefix("-") }.flatMap { $0.split(whereSeparator: { ",/".contains($0) }) }
    let behind = words.drop { $0.hasPrefix("-") }
    var values: [String] = []
    if let start = line.firstRange(of: "(values: ") {
      values = line[start.upperBound...].prefix { $0 != ")" }.split(separator: ",").map { $0.trimmingSpaces }
    }
    return Option(
      names: names.map(String.init), takesValue: behind.first?.hasPrefix("<") == true, values: values)
  }

  /// Options that hold a list; a usage line leaves out what it has too much of, so the declarations are asked.
  private static func repeatable(in declarations: Mirror) -> Set<String> {
    declarations.children.reduce(into: []) { found, child in
      if let group = type(of: child.value) as? any DeclaresOptions.Type {
        found.formUnion(repeatable(in: group.declarations))
      } else if let label = child.label, "\(type(of: child.value))".hasPrefix("Option<Array<") {
        found.insert(
          label.dropFirst().reduce("--") { $0 + ($1.isUppercase ? "-" + $1.lowercased() : String($1)) })
      }
    }
  }

  /// What stands outside of brackets in a usage line.
  private static func required(in usage: String) -> [String] {
    var required: [String] = []
    var depth = 0
    for word in usage.split(separator: " ") {
      let isOutside = depth == 0
      depth += word.count { $0 == "[" } - word.count { $0 == "]" }
      guard isOutside, depth == 0 else { continue }
      if word.hasPrefix("--") {
        required.append(String(word))
      } else if word.hasPrefix("<"), word != "<options>" {
        if required.last?.hasPrefix("--") == true, required.last?.contains(" ") == false {
          required[required.count - 1] += " " + word
        } else {
          required.append(String(word))
        }
      }
    }
    return required
  }
}

/// A group of options among those of a command.
private protocol DeclaresOptions {
  static var declarations: Mirror { get }
}

extension OptionGroup: DeclaresOptions {
  fileprivate static var declarations: Mirror { Mirror(reflecting: Value()) }
}
