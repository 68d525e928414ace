import FoundationEssentials

/// `manifest.json`: what the pack holds, so that nothing can be changed, left out or added unnoticed.
struct PackManifest: Codable, Equatable {
  struct File: Codable, Equatable {
    let name: String
    let bytes: Int
    let sha256: String
    /// How many rows below the header; `nil` for a file that is no table of the pack's.
    let rows: Int?
  }

  /// What the balances of a ledger and currency come to on either side.
  struct Total: Codable, Equatable {
    let ledger: String
    let currency: String
    let debit: String
    let credit: String
  }

  /// How far the journal of an office goes; the empty office is the register.
  struct Head: Codable, Equatable {
    let office: String
    let sequence: Int64
    /// The hash of its last event; `nil` in a pack without hashes.
    let hash: String?
  }

  struct LastSeal: Codable, Equatable {
    let number: Int64
    /// The SHA-256 of what was signed.
    let sha256: String
  }

  struct Period: Codable, Equatable {
    let from: String
    let through: String
  }

  var format = PackManifest.format
  /// The version of the program that wrote the pack.
  let program: String
  /// The latest migration of the ledger.
  let schema: String
  /// What the pack is about; `nil` for the whole ledger.
  let selection: Selection?
  /// What stands beside the tables for other programs and for people, such as `ads`; `nil` for nothing.
  let additions: [PackAddition]?
  /// The dates of the first and the last events; `nil` when there is none.
  let period: Period?
  /// When the latest event was recorded; `nil` when there is none.
  let knownAt: String?
  let heads: [Head]
  /// How far the refused attempts of each office go.
  let attempts: [Head]
  /// The latest seal; `nil` when there is none.
  let seal: LastSeal?
  let totals: [Total]
  let files: [File]

  static let format = "guarantee-pack/1"
  static let name = "manifest.json"
  /// The file beside it that `sha256sum --check` reads; it has the manifest's own hash.
  static let sums = "SHA256SUMS"

  /// The text of `SHA256SUMS`: a line for each file, the manifest being one of them.
  static func sums(of files: [File], manifest: String) -> String {
    let lines = files.map { ($0.name, $0.sha256) } + [(name, manifest)]
    return lines.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }.map { "\($1)  \($0)\n" }.joined()
  }

  private enum CodingKeys: String, CodingKey {
    case format, program, schema, selection, additions, period, heads, attempts, seal, totals, files
    case knownAt = "known_at"
  }
}

/// JSON as a pack has it: members sorted by name, so that the same content is the same bytes.
enum PackJSON {
  static func bytes(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
  }

  static func read<Value: Decodable>(_ bytes: [UInt8], as type: Value.Type = Value.self) throws -> Value {
    try ForeignJSON.read(bytes, as: type)
  }
}
