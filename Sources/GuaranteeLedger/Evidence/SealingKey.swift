import Crypto
import FoundationEssentials

/// The private key that seals are signed with (Ed25519).
public struct SealingKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// A new key that nobody has yet.
  public init() { key = Curve25519.Signing.PrivateKey() }

  /// Reads what `text` gave; `nil` for anything else.
  public init?(text: String) {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ": ", maxSplits: 1) }
    func digits(_ name: String) -> [UInt8]? {
      lines.first { $0.count == 2 && $0[0] == name }.flatMap { [UInt8](hexDigits: $0[1], count: 32) }
    }
    guard let secret = digits("private"), let open = digits("public"),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret),
      Array(key.publicKey.rawRepresentation) == open
    else { return nil }
    self.key = key
  }

  /// The key as the text of a file that nobody else may read.
  public var text: String {
    """
    Guarantee ledger, key that seals are signed with (Ed25519). Whoever has the private part can sign.
    id: \(id)
    public: \(publicKey.hexDigits)
    private: \(Array(key.rawRepresentation).hexDigits)

    """
  }

  /// What the key is called in seals: the first 32 hexadecimal digits of the public part's SHA-256.
  public var id: String { Self.id(of: publicKey) }

  /// The public part as 64 hexadecimal digits.
  public var publicKeyDigits: String { publicKey.hexDigits }

  /// The public part: 32 bytes.
  var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

  func signature(of bytes: [UInt8]) throws(LedgerError) -> [UInt8] {
    do {
      return Array(try key.signature(for: bytes))
    } catch {
      throw LedgerError(.database, "The seal could not be signed: \(error).")
    }
  }

  static func id(of publicKey: [UInt8]) -> String {
    Array(SHA256.hash(data: publicKey)).prefix(16).hexDigits
  }

  /// Whether a signature was made with the private part of a public key.
  static func isSigned(_ bytes: [UInt8], by publicKey: [UInt8], _ signature: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
    return key.isValidSignature(signature, for: bytes)
  }
}
