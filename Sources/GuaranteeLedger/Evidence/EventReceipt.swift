import Crypto
import FoundationEssentials

/// Proof that an event is in the book: the event, the way from it to a seal's root, and the signed seal.
///
/// It is a small JSON file that stands without the ledger.
public struct EventReceipt: Sendable, Hashable, Codable {
  /// The seal that the event is under.
  public struct SignedSeal: Sendable, Hashable, Codable {
    /// What was signed, to the byte: JSON.
    public let statement: String
    /// Ed25519: 128 hexadecimal digits.
    public let signature: String
    /// 64 hexadecimal digits.
    public let publicKey: String

    private enum CodingKeys: String, CodingKey {
      case statement, signature
      case publicKey = "public_key"
    }
  }

  /// The form of the file; this is form 1.
  public let receipt: Int
  /// The event's members, all of which its hash covers.
  public let event: [String: String]
  /// The hash of the event before it in its office.
  public let hashBefore: String
  /// The event's own hash.
  public let hash: String
  /// Which leaf of the seal's tree it is, from 0.
  public let leafIndex: Int
  /// How many leaves the tree has.
  public let leafCount: Int
  /// The hashes that lead from the leaf up to the root.
  public let path: [String]
  /// The seal.
  public let seal: SignedSeal

  private enum CodingKeys: String, CodingKey {
    case receipt, event, hash, path, seal
    case hashBefore = "hash_before"
    case leafIndex = "leaf_index"
    case leafCount = "leaf_count"
  }

  /// Reads a receipt's file.
  ///
  /// - Throws: `ReceiptError.unreadable`.
  public init(json: String) throws(ReceiptError) {
    do {
      self = try ForeignJSON.read(Array(json.utf8))
    } catch {
      throw ReceiptError.unreadable
    }
  }

  /// The receipt as the text of a file.
  public var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { return "" }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  init(
    event: [String: String], hashBefore: String, hash: String, leafIndex: Int, leafCount: Int, path: [String],
    seal: SignedSeal
  ) {
    receipt = 1
    self.event = event
    self.hashBefore = hashBefore
    self.hash = hash
    self.leafIndex = leafIndex
    self.leafCount = leafCount
    self.path = path
    self.seal = seal
  }
}

/// What a receipt proves once it is verified.
public struct ReceiptProof: Sendable, Hashable {
  /// The event's key.
  public let key: String
  /// Where the event stands.
  public let position: EventPosition
  /// The seal's number.
  public let seal: Int64
  /// When the seal was made, by the server's clock.
  public let sealedAt: LedgerTime
  /// What the seal's key is called: compare it with what the office gave out.
  public let keyID: String
}

/// Why a receipt proves nothing.
public enum ReceiptError: Error, Sendable, Hashable, CustomStringConvertible {
  /// It is no receipt of a form that is known.
  case unreadable
  /// The event's hash is not that of its members and of the hash before it.
  case eventChanged
  /// The path doesn't lead from the event's hash to the seal's root.
  case notUnderSeal
  /// The seal says that the event's office has another hash at its place, or had not come so far.
  case notInOffice
  /// The seal is called after another key than the one that comes with it.
  case otherKey
  /// The signature is not the key's.
  case notSigned
  /// The public key is not the one that it should be.
  case unknownKey

  public var description: String {
    switch self {
    case .unreadable: "It is no receipt that can be read."
    case .eventChanged: "The event is not as it was recorded: its hash is another."
    case .notUnderSeal: "The event is not under the seal: its path doesn't lead to the seal's root."
    case .notInOffice: "The seal doesn't cover the event's place in its office's journal."
    case .otherKey: "The seal was made with another key than the receipt has."
    case .notSigned: "The seal's signature is not that of its key."
    case .unknownKey: "The seal was made with another key than the one that you trust."
    }
  }
}

extension EventReceipt {
  /// Proves that the event is under the seal, from the receipt alone.
  ///
  /// - Parameter keyID: What the key is called that is trusted; `nil` to take the receipt's, and to compare what the
  ///   proof says of it with what the office gave out.
  public func verify(trusting keyID: String? = nil) throws(ReceiptError) -> ReceiptProof {
    guard receipt == 1, let before = [UInt8](hexDigits: hashBefore, count: 32),
      let hash = [UInt8](hexDigits: hash, count: 32), let office = event["office"],
      let sequence = event["sequence"].flatMap({ Int64($0) }), let key = event["key"],
      let publicKey = [UInt8](hexDigits: seal.publicKey, count: 32),
      let signature = [UInt8](hexDigits: seal.signature, count: 64)
    else { throw ReceiptError.unreadable }
    guard Array(SHA256.hash(data: before + CanonicalText.members(event).bytes)) == hash else {
      throw ReceiptError.eventChanged
    }
    guard SealingKey.isSigned(Array(seal.statement.utf8), by: publicKey, signature) else {
      throw ReceiptError.notSigned
    }
    guard let statement = try? ForeignJSON.read(Array(seal.statement.utf8), as: SealStatement.self),
      let number = Int64(statement.number), let sealedAt = LedgerTime(statement.sealedAt)
    else { throw ReceiptError.unreadable }
    guard statement.keyID == SealingKey.id(of: publicKey) else { throw ReceiptError.otherKey }
    guard keyID == nil || keyID == statement.keyID else { throw ReceiptError.unknownKey }
    let siblings = path.compactMap { [UInt8](hexDigits: $0, count: 32) }
    guard siblings.count == path.count, statement.events == String(leafCount),
      MerkleTree.root(of: hash, at: leafIndex, of: leafCount, path: siblings)?.hexDigits == statement.root
    else { throw ReceiptError.notUnderSeal }
    guard let head = statement.heads[office], let end = Int64(head.sequence), sequence <= end,
      sequence < end || head.hash == hash.hexDigits
    else { throw ReceiptError.notInOffice }
    return ReceiptProof(
      key: key, position: EventPosition(office: office, sequence: sequence), seal: number, sealedAt: sealedAt,
      keyID: statement.keyID)
  }
}
