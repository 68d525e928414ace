import Foundation
import GuaranteeLedger
import Testing

@Suite("What the library reads by")
struct DeskTests {
  /// The functions that the library's sources name.
  private func read() throws -> Set<String> {
    let folder =
      URL(fileURLWithPath: #filePath).pathComponents.dropLast(3).joined(separator: "/")
      .dropFirst() + "/Sources/GuaranteeLedger"
    let files = FileManager.default.enumerator(atPath: String(folder))?.compactMap { $0 as? String } ?? []
    var names: Set<String> = []
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      names.formUnion(
        text.matches(of: /Reading\("(\w+)"|rows\(of: "(\w+)"/).map { String($0.1 ?? $0.2 ?? "") })
    }
    return names.union(Report.allCases.map { "report_" + $0.rawValue.replacing("-", with: "_") })
  }

  @Test("Whatever it reads for the owner, it may read for people too")
  func whole() async throws {
    let names = try read()
    #expect(names.count > 20 && names.contains("report_pending") && names.contains("due"))
    try await Office.with { office in
      let there = try await office.rows(
        "select distinct proname from pg_proc where pronamespace = 'guarantee_desk'::regnamespace")
      #expect(names.subtracting(there.map { $0[0] }) == [])
    }
  }
}
