/// Lines of Swift, on a page or in a file that is compiled.
struct Sample: CustomStringConvertible {
  let path: String
  /// Of its first line, from 1.
  let line: Int
  /// The modules that it imports by lines of its own.
  let imports: [String]
  /// The rest, without what all lines are indented by.
  let text: String

  var description: String { "\(path):\(line)\n\(text)\n" }

  private init(_ lines: [String], path: String, line: Int) {
    self.path = path
    self.line = line
    imports = lines.filter { $0.hasPrefix("import ") }.map { String($0.dropFirst("import ".count)) }
    var rest = lines.drop { $0.hasPrefix("import ") || $0.isEmpty }
    while rest.last?.isEmpty == true { rest.removeLast() }
    let indent = rest.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    text = rest.map { String($0.dropFirst(indent)) }.joined(separator: "\n")
  }

  /// What stands between a line that begins a sample and the next that ends it.
  private static func all(
    in lines: [String], of path: String, from isBegin: (String) -> Bool, to isEnd: (String) -> Bool
  ) -> [Sample] {
    var samples: [Sample] = []
    var begun: Int?
    for (index, line) in lines.enumerated() {
      if let first = begun {
        guard isEnd(line) else { continue }
        samples.append(Sample(Array(lines[first..<index]), path: path, line: first + 1))
        begun = nil
      } else if isBegin(line) {
        begun = index + 1
      }
    }
    return samples
  }

  /// The blocks of Swift on a page.
  static func onPage(_ path: String) throws -> [Sample] {
    all(in: try Repository.lines(of: path), of: path, from: { $0 == "```swift" }, to: { $0 == "```" })
  }

  /// The blocks of Swift in the comments of a source file.
  static func inComments(_ path: String) throws -> [Sample] {
    let lines = try Repository.lines(of: path).map { line in
      let trimmed = line.drop { $0 == " " }
      return trimmed.hasPrefix("///") ? String(trimmed.dropFirst(trimmed.hasPrefix("/// ") ? 4 : 3)) : ""
    }
    return all(in: lines, of: path, from: { $0 == "```swift" }, to: { $0 == "```" })
  }

  /// The marked stretches of a file that is compiled.
  static func compiled(_ path: String) throws -> [Sample] {
    let lines = try Repository.lines(of: path)
    func marks(_ mark: String) -> (String) -> Bool { { $0.drop { $0 == " " } == "// \(mark) sample" } }
    return all(in: lines, of: path, from: marks("begin"), to: marks("end"))
  }
}
