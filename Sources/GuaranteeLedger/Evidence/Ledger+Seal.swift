import FoundationEssentials
import PostgresClient

extension Ledger {
  /// Closes the journal since the last seal with a new one, signed with a key.
  ///
  /// Recording goes on meanwhile; what comes while the seal is made is for the next one. Nothing is signed whose root
  /// is not that of the events' hashes as they are read here.
  ///
  /// It reads every hash since the last seal, so it takes as long as it does, and the first one of a long journal longest.
  ///
  /// - Returns: The seal; `nil` when nothing was recorded or refused since the last one.
  public func seal(with key: SealingKey) async throws(LedgerError) -> Seal? {
    do {
      let number = try await withConnection { connection in
        try await connection.transaction(commitDeadline: configuration.deadline) { connection in
          try await makeSeal(with: key, over: connection)
        }
      }
      guard let number else { return nil }
      return try await seals(after: Bookmark([String(number - 1)]), limit: 1).all().first
    } catch {
      throw LedgerError(any: error)
    }
  }

  private func makeSeal(with key: SealingKey, over connection: PostgresConnection) async throws -> Int64? {
    let sql =
      "select number, heads_before, heads, encode(bytes, 'hex'), is_new from guarantee_api.propose_seal($1)"
    let proposed = try await connection.query(sql, [key.id])
    guard let row = proposed.rows.first, let number = row[0].flatMap({ Int64($0) }), let digits = row[3],
      let bytes = [UInt8](hexDigits: digits, count: digits.utf8.count / 2)
    else { throw LedgerError(.database, "The database proposed no seal.") }
    guard row[4] == "t" else { return nil }
    var tree = MerkleTree()
    let hashes = "select encode(hash, 'hex') from guarantee_api.sealed_hashes($1, $2)"
    try await connection.streamBatches(hashes, [row[1], row[2]]) { _, rows in
      for row in rows { tree.append(try Self.hash(row[0])) }
    }
    let statement = try JSONDecoder().decode(SealStatement.self, from: Data(bytes))
    guard statement.root == tree.root.hexDigits, statement.events == String(tree.count),
      statement.keyID == key.id
    else {
      throw LedgerError(
        .database, "The seal that the database proposes is not that of its events: check the ledger.")
    }
    _ = try await connection.query(
      "select guarantee_api.add_seal(decode($1, 'hex'), decode($2, 'hex'), decode($3, 'hex'))",
      [digits, key.publicKey.hexDigits, try key.signature(of: bytes).hexDigits])
    return number
  }

  static func hash(_ digits: String?) throws(LedgerError) -> [UInt8] {
    guard let hash = digits.flatMap({ [UInt8](hexDigits: $0, count: 32) }) else {
      throw LedgerError(.database, "The database gave a hash that can't be read.")
    }
    return hash
  }
}
