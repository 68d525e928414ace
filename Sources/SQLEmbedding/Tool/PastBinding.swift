/// Binds the readings a second time: to the ledger as it was.
///
/// A reading is written once, against the tables of `guarantee`. What it reads of them follows from the journal, and
/// `views/expected_….sql` say how. So the same text, with the names of those tables and of what reads them moved to
/// the schema `guarantee_past`, reads what follows from a part of the journal: that which `past/event.sql` and
/// `past/entry.sql` let through.
struct PastBinding {
  private let sources: [SourceFile]
  /// The file that defines a function or view of `guarantee_api`, by its name.
  private var definers: [String: SourceFile] = [:]
  /// What `past/` defines itself.
  private var own: Set<String> = []

  /// - Parameter files: all files of `sql/`.
  init(files: [SourceFile]) {
    sources = files.filter { $0.path.hasSuffix(".sql") && !$0.path.hasPrefix("migrations/") }
    for file in sources {
      for name in Self.defined(by: file, in: "guarantee_api") { definers[name] = file }
      own.formUnion(Self.defined(by: file, in: "guarantee_past"))
    }
  }

  /// The readings and what they need, bound to the past.
  var files: [SourceFile] {
    var waiting = sources.filter(Self.isReading)
    for file in sources where file.path.hasPrefix("past/") {
      waiting += Self.names(in: file).compactMap { name in
        name.schema == "guarantee_past" && !own.contains(name.object) ? definer(of: name.object) : nil
      }
    }
    var bound: [String: SourceFile] = [:]
    while let file = waiting.popLast() {
      guard bound[file.path] == nil else { continue }
      bound[file.path] = SourceFile(path: "past/" + file.path, text: text(of: file))
      waiting += Self.names(in: file).compactMap { name in
        moved(name, in: file).flatMap { own.contains($0) ? nil : definer(of: $0) }
      }
    }
    return bound.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// What reads the ledger for people and for audit packs, and can be asked of the past. Entries alone are read for packs
  /// in ways of their own (`past/pack_entries.sql`): the balance that one was recorded with is that of the whole journal.
  private static func isReading(_ file: SourceFile) -> Bool {
    [
      "views/report_", "views/due.", "views/dispute_history.", "views/todo.", "views/find.", "views/export_",
      "views/bank_matches.",
    ].contains {
      file.path.hasPrefix($0)
    } && file.path != "views/export_entries.sql"
  }

  // MARK: Names

  private struct Name {
    let schema: Substring
    let object: String
    let range: Range<String.Index>
  }

  private static func names(in file: SourceFile) -> [Name] {
    file.text.matches(of: /\b(guarantee|guarantee_api|guarantee_past)\.(\w+)/).map {
      Name(schema: $0.output.1, object: String($0.output.2), range: $0.range)
    }
  }

  private static func defined(by file: SourceFile, in schema: String) -> [String] {
    file.text.matches(of: /create (?:function|view) (\w+)\.(\w+)/).filter { $0.output.1 == schema }.map {
      String($0.output.2)
    }
  }

  /// The file that says what an object of `guarantee_past` is.
  private func definer(of object: String) -> SourceFile? {
    definers["expected_" + object] ?? definers[object]
  }

  /// The name's object in `guarantee_past`; `nil` when the name stays as it is.
  private func moved(_ name: Name, in file: SourceFile, after path: Set<String> = []) -> String? {
    switch name.schema {
    case "guarantee":
      let definer = definers["expected_" + name.object]
      // What says how a table follows from the journal may look at the table for what never changes.
      if definer?.path == file.path { return nil }
      return own.contains(name.object) || definer != nil ? name.object : nil
    case "guarantee_api":
      if own.contains(name.object) { return name.object }
      guard let definer = definers[name.object] else { return nil }
      if name.object.hasPrefix("expected_") {
        let table = String(name.object.dropFirst("expected_".count))
        return own.contains(table) ? name.object : table
      }
      return turnsOnTime(definer, after: path) ? name.object : nil
    default:
      return nil
    }
  }

  /// Whether anything that a file reads follows from the journal.
  private func turnsOnTime(_ file: SourceFile, after path: Set<String>) -> Bool {
    if Self.isReading(file) { return true }
    guard !path.contains(file.path) else { return false }
    let itself = Set(Self.defined(by: file, in: "guarantee_api"))
    return Self.names(in: file).contains {
      !($0.schema == "guarantee_api" && itself.contains($0.object))
        && moved($0, in: file, after: path.union([file.path])) != nil
    }
  }

  private func text(of file: SourceFile) -> String {
    let itself = Set(Self.defined(by: file, in: "guarantee_api"))
    var text = ""
    var end = file.text.startIndex
    for name in Self.names(in: file) {
      let isItself = name.schema == "guarantee_api" && itself.contains(name.object)
      let object = moved(name, in: file) ?? (isItself ? name.object : nil)
      text += file.text[end..<name.range.lowerBound]
      text += object.map { "guarantee_past.\($0)" } ?? String(file.text[name.range])
      end = name.range.upperBound
    }
    return text + file.text[end...]
  }
}
