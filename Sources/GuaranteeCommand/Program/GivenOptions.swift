import ArgumentParser

/// The values of options among words, as they are typed: `--name value` or `--name=value`; of two the first.
struct GivenOptions {
  private var values: [String: String] = [:]

  init(_ words: some Sequence<String>) {
    var words = Array(words)[...]
    while let word = words.popFirst() {
      guard word.hasPrefix("--") else { continue }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if parts.count > 1 {
        add(parts[0], parts[1])
      } else if let value = words.first, !value.hasPrefix("--") {
        add(word, value)
        words.removeFirst()
      }
    }
  }

  private mutating func add(_ name: String, _ value: String) {
    if values[name] == nil { values[name] = value }
  }

  subscript(name: String) -> String? { values[name] }

  /// The ledger that they name.
  var ledger: LedgerOptions? {
    let names = ["--database", "--data-dir", "--profile"]
    return try? LedgerOptions.parse(names.flatMap { name in values[name].map { [name, $0] } ?? [] })
  }

  /// The fields of an event by their own names.
  func fields(of command: any EventCommand.Type) -> [String: String] {
    let pairs = command.flags.compactMap { flag in values["--" + flag.flag].map { (flag.field, $0) } }
    return Dictionary(pairs) { first, _ in first }
  }
}
