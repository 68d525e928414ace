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
  /// Writes the audit pack: the whole ledger as files that prove themselves, for somebody who trusts nobody.
  ///
  /// All of it is of one moment. It is streamed in constant memory into a folder beside the named one, which gets its
  /// name when it is whole. The same ledger gives the same bytes.
  ///
  /// - Parameter path: A folder that is not there yet, or an empty one.
  /// - Returns: How much was written.
  /// - Throws: `PackError` when the pack can't be written, `LedgerError` when the ledger can't be read.
  public func export(to path: String) async throws -> PackSummary {
    let folder = try PackFolder(path)
    do {
      return try await withConnection { connection in
        try await connection.transaction(.snapshot) { connection in
          try await PackWriter(connection, desk, schema: schemaVersion, folder).write()
        }
      }
    } catch let error as PostgresError {
      throw LedgerError(reading: error)
    }
  }
}

/// Writes all files of a pack from one snapshot.
private struct PackWriter {
  let connection: PostgresConnection
  let desk: Desk
  let schema: String
  let folder: PackFolder

  init(_ connection: PostgresConnection, _ desk: Desk, schema: String, _ folder: PackFolder) {
    self.connection = connection
    self.desk = desk
    self.schema = schema
    self.folder = folder
  }

  func write() async throws -> PackSummary {
    let description = try PackDescription(
      rules: Dictionary(uniqueKeysWithValues: LedgerSQL.rules.map { ($0.name, Array($0.text.utf8)) }))
    for table in description.tables { try await write(table) }
    try folder.makeFolder("rules")
    for file in LedgerSQL.rules { try await folder.write(Array(file.text.utf8), to: file.path) }
    try await folder.write(try PackJSON.bytes(description.dataPackage), to: "datapackage.json")
    try await folder.write(Array(description.loadScript.utf8), to: "load.sql")
    let files = folder.files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let manifest = try await manifest(files)
    let written = try await folder.write(
      try PackJSON.bytes(manifest), to: PackManifest.name, isListed: false)
    let sums = PackManifest.sums(of: files, manifest: written.sha256)
    try await folder.write(Array(sums.utf8), to: PackManifest.sums, isListed: false)
    try folder.putInPlace()
    let rows = files.compactMap { file in file.rows.map { (String(file.name.dropLast(4)), $0) } }
    return PackSummary(
      rows: Dictionary(uniqueKeysWithValues: rows),
      byteCount: files.reduce(written.bytes + sums.utf8.count) { $0 + $1.bytes })
  }

  private func write(_ table: PackTable) async throws {
    _ = try await folder.write(table.file) { writer in
      try await connection.copyOut(
        "copy (\(desk.statement(table.query))) to stdout (format csv, header true)"
      ) {
        try writer.write($0)
      }
    }
  }

  private func manifest(_ files: [PackManifest.File]) async throws -> PackManifest {
    let heads = try await rows("select office, sequence, hash from guarantee_api.export_heads()")
    let attempts = try await rows(
      "select office, number, hash from guarantee_api.export_attempt_heads()")
    let seal = try await rows("select number, hash from guarantee_api.export_last_seal()").first
    let totals = try await rows("select ledger, currency, debit, credit from guarantee_api.export_totals()")
    let period = try await rows("select first_on, last_on, known_at from guarantee_api.export_period()").first
    return PackManifest(
      program: LedgerProgram.version, schema: schema,
      period: period?[0].flatMap { first in period?[1].map { PackManifest.Period(from: first, through: $0) }
      },
      knownAt: period?[2],
      heads: heads.map(Self.head), attempts: attempts.map(Self.head),
      seal: seal.map { PackManifest.LastSeal(number: Int64($0[0] ?? "") ?? 0, sha256: $0[1] ?? "") },
      totals: totals.map {
        PackManifest.Total(
          ledger: $0[0] ?? "", currency: $0[1] ?? "", debit: $0[2] ?? "", credit: $0[3] ?? "")
      },
      files: files)
  }

  private static func head(_ row: PostgresRow) -> PackManifest.Head {
    PackManifest.Head(office: row[0] ?? "", sequence: Int64(row[1] ?? "") ?? 0, hash: row[2])
  }

  private func rows(_ sql: String) async throws -> [PostgresRow] {
    try await connection.query(desk.statement(sql)).rows
  }
}
