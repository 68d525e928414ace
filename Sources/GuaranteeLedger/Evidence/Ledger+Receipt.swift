import FoundationEssentials
import PostgresClient

extension Ledger {
  /// The receipt of an event; `nil` when no event has the key, or none of the seals covers it yet.
  ///
  /// It reads the hashes of all events under the same seal.
  public func receipt(for key: String) async throws(LedgerError) -> EventReceipt? {
    let found = try await query(
      """
      select event, encode(hash_before, 'hex'), encode(hash, 'hex'), leaf_index, heads_before, heads, statement,
             encode(signature, 'hex'), encode(public_key, 'hex')
        from guarantee_api.receipt_of($1)
      """, [key])
    guard let row = found.rows.first else { return nil }
    guard let event = row[0], let before = row[1], let hash = row[2], let index = row[3].flatMap({ Int($0) }),
      let statement = row[6], let signature = row[7], let publicKey = row[8],
      let members = try? JSONDecoder().decode([String: String].self, from: Data(event.utf8))
    else { throw LedgerError(.database, "The database gave a receipt that can't be read.") }
    var tree = MerkleTree(proving: index)
    do {
      try await read("select encode(hash, 'hex') from guarantee_api.sealed_hashes($1, $2)", [row[4], row[5]])
      {
        for row in $1 { tree.append(try Self.hash(row[0])) }
      }
    } catch {
      throw LedgerError(any: error)
    }
    let receipt = EventReceipt(
      event: members, hashBefore: before, hash: hash, leafIndex: index, leafCount: tree.count,
      path: (tree.path ?? []).map(\.hexDigits),
      seal: EventReceipt.SignedSeal(statement: statement, signature: signature, publicKey: publicKey))
    do {
      _ = try receipt.verify()
    } catch {
      throw LedgerError(.database, "The event can't be proved: \(error) Check the ledger.")
    }
    return receipt
  }
}
