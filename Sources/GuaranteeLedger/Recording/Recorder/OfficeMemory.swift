/// Which office each of the disputes belongs to that were lately recorded about; a dispute never changes it.
///
/// Two generations bound it: when the younger is full it becomes the older, and what was not asked for since
/// is forgotten.
struct OfficeMemory {
  private let limit: Int
  private var younger: [String: String] = [:]
  private var older: [String: String] = [:]

  /// - Parameter limit: How many disputes to remember at most.
  init(limit: Int = 50_000) {
    self.limit = max(2, limit)
  }

  var count: Int { younger.count + older.count }

  subscript(dispute: String) -> String? {
    younger[dispute] ?? older[dispute]
  }

  mutating func learn(_ office: String, of dispute: String) {
    guard younger[dispute] != office else { return }
    if younger.count >= limit / 2 {
      older = younger
      younger = [:]
    }
    younger[dispute] = office
  }
}
