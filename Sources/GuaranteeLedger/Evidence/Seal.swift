/// A signed end of the journal: a row of `Ledger.seals`.
public struct Seal: Sendable, Hashable {
  /// From 1 without gaps.
  public let number: Int64
  /// When it was made, by the server's clock.
  public let sealedAt: LedgerTime
  /// The database login that made it.
  public let sealedBy: String
  /// How many events it closed: all since the seal before.
  public let events: Int64
  /// The Merkle root over those events' hashes: 64 hexadecimal digits.
  public let root: String
  /// The hash of the seal before; zeros for the first.
  public let previous: String
  /// What its key is called.
  public let keyID: String
  /// The public part of its key: 64 hexadecimal digits.
  public let publicKey: String
  /// Its signature: 128 hexadecimal digits.
  public let signature: String
  /// What was signed, to the byte: JSON.
  public let statement: String

  /// Whether the signature is that of the key, and the key is called as the seal says.
  ///
  /// Whose key it is, only somebody can say who knows the key from elsewhere.
  public var isSigned: Bool {
    guard let key = [UInt8](hexDigits: publicKey, count: 32),
      let made = [UInt8](hexDigits: signature, count: 64)
    else { return false }
    return SealingKey.id(of: key) == keyID && SealingKey.isSigned(Array(statement.utf8), by: key, made)
  }
}

extension Seal: PageableRow {
  static let columns = [
    "number", "sealed_at", "sealed_by", "events", "root", "previous", "key_id", "public_key", "signature",
    "statement",
  ]
  static let order = ["number"]

  init(_ row: inout RowReader) throws(LedgerError) {
    number = try row.integer()
    sealedAt = try row.time()
    sealedBy = try row.text()
    events = try row.integer()
    root = try row.text()
    previous = try row.text()
    keyID = try row.text()
    publicKey = try row.text()
    signature = try row.text()
    statement = try row.text()
  }

  /// Where the row stands among the others.
  public var bookmark: Bookmark<Seal> { Bookmark([String(number)]) }
}

extension Ledger {
  /// The seals of the journal in their order.
  ///
  /// - Parameters:
  ///   - bookmark: Only rows after this one's.
  ///   - limit: How many rows to read at most; `nil` for all.
  ///   - deadline: How long the database may take for it in all; the time that your loop takes doesn't count. `nil` for
  ///     the ledger's own deadline.
  public func seals(
    after bookmark: Bookmark<Seal>? = nil, limit: Int? = nil, deadline: Duration? = nil
  ) -> LedgerRows<Seal> {
    rows(of: "report_seals", [:], after: bookmark, limit: limit, deadline: deadline)
  }
}
