import GuaranteeLedger

/// Several readings of one subject, printed as one: members of an object in JSON, tables under headings for people,
/// and in CSV, which has no place for several, the first alone.
struct Document {
  /// The code of what the document is about, which people don't need to read in every line.
  private let subject: String
  private let output: OutputOptions
  private let sink: ByteSink
  private var isBegun = false

  /// Whether it has all that can be in it.
  var isWhole: Bool { isBegun && output.format == .csv }

  init(on subject: String, _ output: OutputOptions, to sink: ByteSink? = nil) {
    self.subject = subject
    self.output = output
    self.sink = sink ?? (output.format == .table ? .pages() : .standardOutput())
  }

  /// Prints the next part of one that is not whole; for people only when there is something in it.
  ///
  /// - Parameter shown: The columns that people need of it beside the parts before; `nil` for all.
  mutating func add(_ part: CollectedRows, as name: String, showing shown: [String]? = nil) throws {
    defer { isBegun = true }
    switch output.format {
    case .csv: try part.write(output, to: sink)
    case .json:
      try sink.write((isBegun ? "," : "{") + JSONText.quoted(name) + ":")
      try part.write(output, to: sink)
    case .table where part.rows.isEmpty: return
    case .table where !isBegun && part.rows.count == 1: try part.writeUpright(to: sink)
    case .table:
      try sink.write((isBegun ? "\n" : "") + Self.heading(name) + "\n")
      try (shown.map(part.choosing) ?? part).leavingOut(subject).write(output, to: sink)
    }
  }

  func finish() throws {
    if output.format == .json { try sink.write("}\n") }
    try sink.flush()
  }

  private static func heading(_ name: String) -> String {
    if let name = CodeName.name(of: name, as: "part") { return name + "：" }
    let words = name.split(whereSeparator: { "-_".contains($0) }).joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst() + ":"
  }
}

/// The few rows of a reading on one subject.
struct CollectedRows {
  private(set) var columns: [OutputColumn] = []
  private(set) var rows: [[String?]] = []

  init(
    _ read: (_ columns: ([ReportColumn]) async throws -> Void, _ row: ([String?]) async throws -> Void)
      async throws -> Void
  ) async throws {
    var columns: [OutputColumn] = []
    var rows: [[String?]] = []
    try await read({ columns = $0.map(OutputColumn.init) }, { rows.append($0) })
    self.columns = columns
    self.rows = rows
  }

  /// Only these columns, in this order; those that are not there are left out.
  func choosing(_ names: [String]) -> CollectedRows {
    let kept = names.compactMap { name in columns.firstIndex { $0.name == name } }
    var part = self
    part.columns = kept.map { columns[$0] }
    part.rows = rows.map { row in kept.map { row[$0] } }
    return part
  }

  /// Those rows of which something is so, and the others.
  func split(_ isFirst: ([String?]) -> Bool) -> (CollectedRows, CollectedRows) {
    var (first, second) = (self, self)
    first.rows = rows.filter(isFirst)
    second.rows = rows.filter { !isFirst($0) }
    return (first, second)
  }

  func write(_ output: OutputOptions, to sink: ByteSink) throws {
    var writer = try output.writer(columns, to: sink)
    for row in rows { try writer.write(row) }
    try writer.finish()
  }

  /// Without the columns that say nothing: empty ones, and those with `value` in every row.
  func leavingOut(_ value: String) -> CollectedRows {
    let kept = columns.indices.filter { index in
      !rows.allSatisfy { ($0[index] ?? "").isEmpty } && !rows.allSatisfy { $0[index] == value }
    }
    return choosing(kept.map { columns[$0].name })
  }

  /// The first row with a line for each column that has a value.
  func writeUpright(to sink: ByteSink) throws(OutputError) {
    let width = columns.map { DisplayWidth.of(ReadableCell.title($0.name)) }.max() ?? 0
    for (column, value) in zip(columns, rows.first ?? []) {
      guard let value, !value.isEmpty else { continue }
      let title = ReadableCell.title(column.name)
      let padding = String(repeating: " ", count: width - DisplayWidth.of(title))
      let shown = ReadableCell.text(value, column)
      try sink.write("\(title)\(padding)  \(shown)\n")
    }
  }
}
