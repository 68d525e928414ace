import Crypto
import LedgerSQL

/// Holds a pack's rules, by which all else in it is proved, against those that whoever wrote the pack can't change.
struct RuleProof {
  let manifest: PackManifest
  /// What an older pack says; `nil` when there is none.
  let before: PackManifest?

  /// This program's own, as a manifest has them: the hash of each file.
  private static let own = Dictionary(
    LedgerSQL.rules.map { ($0.path, SHA256.hash(data: Array($0.text.utf8)).hexDigits) }
  ) { first, _ in first }

  private static func rules(of manifest: PackManifest) -> [String: String] {
    Dictionary(
      manifest.files.filter { $0.name.hasPrefix("rules/") && PackName.isPlain($0.name) }.map {
        ($0.name, $0.sha256)
      }
    ) { first, _ in first }
  }

  private static func differences(_ some: [String: String], _ others: [String: String]) -> [String] {
    Set(some.keys).union(others.keys).filter { some[$0] != others[$0] }.sorted()
  }

  private func isMade(by program: String, _ schema: String?) -> Bool {
    manifest.program == program && manifest.schema == schema
  }

  /// Compares hashes; that the files have them is proved with the files.
  ///
  /// - Returns: Whether nothing but the pack has these rules, since another program made it.
  func run(_ findings: PackFindings) -> Bool {
    let rules = Self.rules(of: manifest)
    let changed = Self.differences(rules, Self.own)
    if changed.isEmpty { return false }
    if isMade(by: LedgerProgram.version, SchemaState.wantedVersion) {
      for name in changed {
        findings.note(
          .files, name,
          "these are not the rules of program \(LedgerProgram.version), which the manifest says made the pack"
        )
      }
      return false
    }
    guard let before else { return true }
    let changedSince = Self.differences(rules, Self.rules(of: before))
    guard isMade(by: before.program, before.schema) else { return !changedSince.isEmpty }
    for name in changedSince {
      findings.note(.prefix, name, "the older pack, which the same program made, has other rules")
    }
    return false
  }
}
