import LedgerSQL
import PostgresClient

/// What an audit pack came to.
public struct PackSummary: Sendable, Hashable {
  /// How many rows each table has, such as `events`.
  public let rows: [String: Int]
  /// The size of all files in bytes.
  public let byteCount: Int
}

extension Ledger {
  /// Writes the audit pack: the ledger, or a part of it, as files that prove themselves, for somebody who trusts nobody.
  ///
  /// All of it is of one moment. It is streamed in constant memory into a folder beside the named one, which gets its
  /// name when it is whole. The same ledger gives the same bytes; a ledger ``knownAt(_:)`` a time gives those that it
  /// would have given then. That it shows the books ``asOf(_:)`` a day means a pack through that day.
  ///
  /// - Parameters:
  ///   - path: A folder that is not there yet, or an empty one.
  ///   - selection: What part of the ledger it is of.
  ///   - additions: What is to stand beside its tables.
  /// - Returns: How much was written.
  /// - Throws: `PackError` when the pack can't be written or there is no such part, `LedgerError` when the ledger can't
  ///   be read.
  public func export(
    to path: String, selecting selection: PackSelection = PackSelection(),
    adding additions: Set<PackAddition> = []
  ) async throws -> PackSummary {
    let selection = try selection.joined(with: lookBack?.asOf)
    if case .members = desk, !selection.isWhole || lookBack != nil {
      throw LedgerError(.notPermitted, "A pack of a part, or of another time, is made by the ledger's owner.")
    }
    let folder = try PackFolder(path)
    do {
      return try await withConnection { connection in
        try await connection.transaction(.snapshot) { connection in
          let source = PackSource(
            connection: connection, desk: desk, selection: selection, lookBack: lookBack)
          return try await PackWriter(source, schema: schemaVersion, folder, additions.sorted()).write()
        }
      }
    } catch let error as PostgresError {
      throw LedgerError(reading: error)
    }
  }
}

extension PackSelection {
  /// The selection as of a day.
  ///
  /// - Throws: `PackError` for what no pack can be of.
  fileprivate func joined(with asOf: LedgerDate?) throws(PackError) -> PackSelection {
    var selection = self
    if let asOf {
      guard through == nil else {
        throw PackError(.unknown, "The books as of a day end with that day: name no other end of the period.")
      }
      selection.through = asOf
    }
    if let from = selection.from, let through = selection.through, from.description > through.description {
      throw PackError(.unknown, "The period ends before it begins: \(from) lies after \(through).")
    }
    if selection.dispute != nil, selection.isByDate || !offices.isEmpty {
      throw PackError(
        .unknown, "A dispute's pack has all of its events: choose no office, period or day with it.")
    }
    return selection
  }
}

/// Writes all files of a pack from one snapshot.
struct PackWriter {
  let source: PackSource
  let schema: String
  let folder: PackFolder
  let additions: [PackAddition]

  init(_ source: PackSource, schema: String, _ folder: PackFolder, _ additions: [PackAddition]) {
    self.source = source
    self.schema = schema
    self.folder = folder
    self.additions = additions
  }

  func write() async throws -> PackSummary {
    let rules = Dictionary(uniqueKeysWithValues: LedgerSQL.rules.map { ($0.name, Array($0.text.utf8)) })
    let description = try PackDescription(rules: rules, of: source.selection, additions)
    try await source.choose()
    let heads = try await source.heads()
    try await source.narrow()
    try await write(description.tables)
    try folder.makeFolder("rules")
    for file in LedgerSQL.rules { try await folder.write(Array(file.text.utf8), to: file.path) }
    try await add(description, rules)
    try await folder.write(try PackJSON.bytes(description.dataPackage), to: "datapackage.json")
    try await folder.write(Array(description.loadScript.utf8), to: "load.sql")
    let files = folder.files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let period = try await source.period()
    let manifest = PackManifest(
      program: LedgerProgram.version, schema: schema, selection: PackManifest.Selection(source.selection),
      additions: additions.isEmpty ? nil : additions, period: period.period, knownAt: period.knownAt,
      heads: heads.events, attempts: heads.attempts, seal: heads.seal, totals: try await source.totals(),
      files: files)
    return try await finish(manifest, description.tables)
  }

  private func finish(_ manifest: PackManifest, _ tables: [PackTable]) async throws -> PackSummary {
    let written = try await folder.write(
      try PackJSON.bytes(manifest), to: PackManifest.name, isListed: false)
    let sums = PackManifest.sums(of: manifest.files, manifest: written.sha256)
    try await folder.write(Array(sums.utf8), to: PackManifest.sums, isListed: false)
    try folder.putInPlace()
    let counts = Dictionary(manifest.files.map { ($0.name, $0.rows) }) { first, _ in first }
    return PackSummary(
      rows: Dictionary(uniqueKeysWithValues: tables.map { ($0.name, (counts[$0.file] ?? nil) ?? 0) }),
      byteCount: manifest.files.reduce(written.bytes + sums.utf8.count) { $0 + $1.bytes })
  }

  private func write(_ tables: [PackTable]) async throws {
    let isOpening = { (table: PackTable) in table.name.hasPrefix("opening_") }
    for table in tables where !isOpening(table) { try await write(table) }
    guard tables.contains(where: isOpening) else { return }
    try await source.beforeTheFirst { for table in tables where isOpening(table) { try await write(table) } }
  }

  private func write(_ table: PackTable) async throws {
    _ = try await folder.write(table.file) { writer in
      try await source.connection.copyOut(
        "copy (\(source.desk.statement(source.query(table)))) to stdout (format csv, header true)"
      ) {
        try writer.write($0)
      }
    }
  }

  /// Makes the additions of the tables that were written.
  private func add(_ description: PackDescription, _ rules: [String: [UInt8]]) async throws {
    for addition in additions {
      try folder.makeFolder(addition.rawValue)
      let maker = try AdditionMaker(addition, rules, description, in: folder.path)
      for file in maker.files {
        _ = try await folder.write(file) { writer in try maker.write(file) { try writer.write($0) } }
      }
    }
  }
}
