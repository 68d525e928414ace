import PostgresClient
import Testing

@testable import GuaranteeLedger

@Suite("The text that hashes cover")
struct CanonicalTextTests {
  @Test("It is what the database prints, whatever is in it")
  func likeTheDatabase() async throws {
    let awkward = [
      "", "\"", "\\", "/", "\u{8}\u{9}\u{A}\u{C}\u{D}", "\u{1}\u{1F}\u{7F}\u{80}", "é", "e\u{301}", "𝄞", "中文",
      "＝１", "\u{2028}",
    ]
    var members: [String: String] = [:]
    for (index, text) in awkward.enumerated() {
      members["m\(index)"] = text
      members[text] = "\(index)"
    }
    let object = CanonicalText.object([
      "outer": .members(members), "é": .text("x"), "ab": .text("y"), "": .text("z"),
    ])
    try await withLedger { ledger in
      let text = String(decoding: object.bytes, as: UTF8.self)
      let printed = try await ledger.query("select $1::jsonb::text", [text]).value
      #expect(printed.map { Array($0.utf8) } == object.bytes)
    }
  }
}
