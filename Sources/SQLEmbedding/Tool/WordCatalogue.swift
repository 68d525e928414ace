/// Writes the translations into the program, with the names that the rules themselves have in Chinese.
struct WordCatalogue {
  private var records: [String] = []
  private var translations: [String: String] = [:]

  /// - Parameters:
  ///   - translations: the `.po` files.
  ///   - rules: the files of `sql/`, of which the titles and the accounts have Chinese names.
  init(translations: [SourceFile], rules: [SourceFile]) throws {
    func rows(_ name: String) throws -> [[String: String]] {
      try rules.first { $0.path == "rules/\(name).csv" }.map(Table.init)?.rows ?? []
    }
    for row in try rows("titles") {
      // A row without a type is of a table.
      let context = row["type"]?.isEmpty == false ? "column" : "table"
      try add("rules/titles.csv", context, row["name"] ?? "", row["title_zh"] ?? "")
    }
    for row in try rows("accounts") {
      try add("rules/accounts.csv", "role", row["role"] ?? "", row["name_zh"] ?? "")
      try add("rules/accounts.csv", "", row["name_en"] ?? "", row["name_zh"] ?? "")
    }
    for file in translations {
      let file = try TranslationFile(file)
      for entry in file.entries { try add(file.name, entry.context, entry.english, entry.translated) }
    }
  }

  private mutating func add(
    _ file: String, _ context: String, _ english: String, _ translated: String
  ) throws {
    let key = "\(context)\t\(english)"
    if let other = translations.updateValue(translated, forKey: key), other != translated {
      throw ToolError("'\(english)' is '\(translated)' in \(file) and '\(other)' elsewhere")
    }
    records.append([file, context, english, translated].joined(separator: "\t"))
  }

  var swift: String {
    """
    /// What is said in other languages than English, a record on each line: file, context, English, translation.
    enum GeneratedWords {
      static let chinese = \(rawLiteral(records.joined(separator: "\n")))
    }

    """
  }
}
