import Testing

@Suite("The page on security")
struct ThreatTests {
  @Test("Every test that shows a line of the table is there")
  func named() throws {
    let rows = try Repository.lines(of: Repository.catalogue + "/Security.md").filter { $0.hasPrefix("|") }
    let tests = try Self.tests()
    #expect(rows.count > 20)
    for row in rows.dropFirst(2) {
      let names = row.matches(of: /`([A-Za-z]+Tests\.[A-Za-z]+)`/).map { String($0.output.1) }
      #expect(!names.isEmpty, "no test shows this: \(row)")
      for name in names { #expect(tests.contains(name), "there is no test \(name)") }
    }
  }

  /// Suites and functions as `Suite.function`.
  private static func tests() throws -> Set<String> {
    var names: Set<String> = []
    for path in Repository.files(in: "Tests", endingIn: ".swift") {
      var suite = ""
      var isTest = false
      for line in try Repository.lines(of: path) {
        if let found = line.firstMatch(of: /^struct ([A-Za-z]+Tests)\b/) { suite = String(found.output.1) }
        if line.hasPrefix("  @Test") { isTest = true }
        if isTest, let found = line.firstMatch(of: /^  func ([A-Za-z]+)\(/) {
          names.insert("\(suite).\(found.output.1)")
          isTest = false
        }
      }
    }
    return names
  }
}
