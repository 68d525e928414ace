import PostgresClient

/// Gives what an archive holds of a section as a script: to `body`, what gives its next bytes, until `nil`.
package typealias ArchiveReading = (
  _ section: ArchiveSection, _ body: (_ next: @escaping () throws -> [UInt8]?) async throws -> Void
) async throws -> Void

/// What was restored, and proved.
package struct RestoredLedger: Sendable {
  /// What `verify` says of its audit pack.
  package let proof: PackProof
  /// What had to be done to bring it up to this program, one line each.
  package let steps: [String]
  /// The members whose logins were made, without a password.
  package let madeLogins: [String]
  /// The members whose logins were there, whoever they are.
  package let foundLogins: [String]
  /// The members whose logins could not be made, or not be given their roles, by whoever restored.
  package let missingLogins: [String]
}

/// Restores a ledger into a database that has none: all of it, and only when it is proved, or nothing.
package struct LedgerRestore {
  private let connectionString: String
  private let manifest: BackupManifest
  private let archive: ArchiveReading
  private let folder: String

  /// - Parameters:
  ///   - folder: where a pack of it may be written meanwhile; not there yet.
  package init(
    to connectionString: String, _ manifest: BackupManifest, packIn folder: String,
    from archive: @escaping ArchiveReading
  ) {
    self.connectionString = connectionString
    self.manifest = manifest
    self.folder = folder
    self.archive = archive
  }

  /// - Throws: `BackupError` when the place is not empty, or what was restored is not what was backed up;
  ///   `LedgerError`.
  package func run() async throws -> RestoredLedger {
    try Self.requireKnown(manifest)
    do {
      return try await PostgresConnection.withConnection(to: connectionString, Self.options) {
        try await $0.transaction { try await restore(over: $0) }
      }
    } catch let error as PostgresError {
      throw LedgerError(error)
    }
  }

  private static var options: PostgresConnectOptions {
    var options = PostgresConnectOptions()
    options.requiresReadWrite = true
    return options
  }

  /// - Throws: `newer` for a backup of a ledger that this program does not know yet.
  package static func requireKnown(_ manifest: BackupManifest) throws(BackupError) {
    if let known = SchemaState.wantedVersion, manifest.schema > known {
      throw BackupError(
        .newer,
        "The backup is of a newer ledger (\(manifest.schema), written by guarantee \(manifest.program)) than this "
          + "program knows (\(known)): use a program as new as that.")
    }
  }

  private func restore(over connection: PostgresConnection) async throws -> RestoredLedger {
    try await connection.waitForever()
    let migrator = Migrator(connection: connection)
    try await migrator.lock()
    try await requireEmpty(connection)
    for section in ArchiveSection.allCases {
      try await archive(section) { next in
        var script = RestoreScript(next, over: connection)
        try await script.run()
      }
    }
    try await compare(connection)
    try await connection.execute(Self.afterScripts)
    let steps = try await migrator.bringUpRestored()
    let hasRoles = !steps.contains { $0.hasPrefix("made no roles") }
    let logins = hasRoles ? try await makeLogins(connection) : []
    return RestoredLedger(
      proof: try await prove(connection),
      steps: steps.filter { $0.hasPrefix("ran ") || $0.hasPrefix("made no roles") },
      madeLogins: logins.filter { $0.isMade == true }.map(\.name),
      foundLogins: logins.filter { $0.isMade == false }.map(\.name),
      missingLogins: logins.filter { $0.isMade == nil }.map(\.name))
  }

  private func requireEmpty(_ connection: PostgresConnection) async throws {
    let names = HeldLedger.schemas.map { "'\($0)'" }.joined(separator: ", ")
    let found = try await connection.query(
      "select nspname from pg_catalog.pg_namespace where nspname in (\(names)) order by 1 limit 1")
    guard found.value == nil else {
      throw BackupError(
        .occupied,
        "There is a ledger already where this one was to be restored: name an empty database or another folder."
      )
    }
  }

  /// Scripts, and the reading of digests, have set what suited them, until the session ends.
  private static let afterScripts = """
    reset search_path; reset row_security; reset check_function_bodies; reset xmloption; reset client_min_messages;
    reset default_tablespace; reset default_table_access_method; reset timezone; reset intervalstyle; reset bytea_output;
    reset extra_float_digits
    """

  /// - Throws: `unproved` when a table is not as it was backed up.
  private func compare(_ connection: PostgresConnection) async throws {
    let restored = try await TableDigests(connection: connection).read()
    if restored == manifest.tables { return }
    let wanted = Dictionary(manifest.tables.map { ($0.name, $0) }) { first, _ in first }
    let found = Dictionary(restored.map { ($0.name, $0) }) { first, _ in first }
    let other = Set(wanted.keys).union(found.keys).sorted().first { wanted[$0] != found[$0] } ?? "?"
    throw BackupError(
      .unproved, "What the archive gives is not what was backed up: the table \(other) is another one.")
  }

  /// Makes the logins of members that the server doesn't have; `isMade` is `nil` where this login may not.
  private func makeLogins(_ connection: PostgresConnection) async throws -> [(name: String, isMade: Bool?)] {
    try await connection.query("select * from guarantee_api.make_logins()").rows.map { row in
      (row[0] ?? "", row[1].map { $0 == "t" })
    }
  }

  /// Shows by its audit pack that what was restored fits together.
  private func prove(_ connection: PostgresConnection) async throws -> PackProof {
    // What was just filled has no statistics yet, by which reading it is planned.
    try await connection.execute(
      "analyze " + manifest.tables.map { "guarantee.\($0.name)" }.joined(separator: ", "))
    let source = PackSource(
      connection: connection, desk: .owners, selection: PackSelection(), lookBack: nil)
    let schema = try await SchemaState.read(from: connection).version ?? ""
    _ = try await PackWriter(source, schema: schema, try PackFolder(folder), []).write()
    let proof = try AuditPack(path: folder).verify()
    if let finding = proof.findings.first {
      throw BackupError(.unproved, "The ledger does not fit together: \(finding.description).")
    }
    return proof
  }
}
