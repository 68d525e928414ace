/// What a seal says, read from what was signed.
struct SealStatement: Decodable {
  /// Where an office's journal ended.
  struct Head: Decodable {
    let sequence: String
    let hash: String
  }

  /// Where an office's refused attempts ended.
  struct Attempt: Decodable {
    let number: String
    let hash: String
  }

  let number: String
  let sealedAt: String
  let sealedBy: String
  /// How many events it closes.
  let events: String
  let root: String
  let previous: String
  let keyID: String
  let heads: [String: Head]
  let attempts: [String: Attempt]

  private enum CodingKeys: String, CodingKey {
    case number, events, root, previous, heads, attempts
    case sealedAt = "sealed_at"
    case sealedBy = "sealed_by"
    case keyID = "key_id"
  }
}
