/// Writes every file as a raw string literal, and the fingerprints that tell whether anything changed.
struct EmbeddedFiles {
  let files: [SourceFile]

  var swift: String {
    let sources = files.filter { $0.path.hasSuffix(".sql") && !$0.path.hasPrefix("migrations/") }
    let rules = files.filter { $0.path.hasPrefix("rules/") }
    var swift = """
      extension LedgerSQL {
        /// Changes with any type, function or view.
        package static let sourcesFingerprint = "\(fingerprint(sources))"

        /// Changes with any rule.
        package static let rulesFingerprint = "\(fingerprint(rules))"

        /// Every file, sorted by path, and after them the readings as they are bound to the past.
        package static let files: [SQLFile] = [

      """
    for file in files {
      swift += "SQLFile(path: \(quoted(file.path)), text: \(rawLiteral(file.text)),\n"
      swift += "fingerprint: \"\(fingerprint([file]))\"),\n"
    }
    return swift + "  ]\n}\n"
  }

  /// FNV-1a over paths and texts, 64 bits in hexadecimal digits.
  private func fingerprint(_ files: [SourceFile]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for file in files {
      for byte in Array("\(file.path)\0\(file.text)\0".utf8) {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
      }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
