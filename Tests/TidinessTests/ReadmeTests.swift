import Foundation
import Testing

@Suite("README")
struct ReadmeTests {
  @Test("Every file and folder that README names is there")
  func names() throws {
    let text = try Repository.text(of: "README.md")
    let quoted = text.matches(of: /`([^`\n]+)`/).map(\.output.1)
    let mapped = text.matches(of: #/(?m)^((?:Sources|Tests|sql)/[\w./-]*) /#).map(\.output.1)
    let paths = (quoted + mapped).filter { $0.contains(/^(Sources|Tests|sql|\.ci)\/[\w.+\/-]*$/) }
    #expect(paths.count > 50)
    for path in Set(paths).sorted() { #expect(Repository.has(String(path)), "\(path)") }
  }

  @Test("Every folder is on README's map")
  func map() throws {
    let text = try Repository.text(of: "README.md")
    for parent in ["Sources", "sql"] {
      for name in try FileManager.default.contentsOfDirectory(atPath: Repository.root + "/" + parent) {
        guard !name.contains(".") else { continue }
        #expect(text.contains("\n\(parent)/\(name)/ "), "\(parent)/\(name)")
      }
    }
  }
}
