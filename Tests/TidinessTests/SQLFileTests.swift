import Testing

@Suite("SQL files")
struct SQLFileTests {
  @Test("Each file of sql/functions defines the function that it is named after, and says what it does")
  func functions() throws {
    for path in Repository.files(in: "sql/functions", endingIn: ".sql") {
      let name = path.dropFirst("sql/functions/".count).dropLast(".sql".count)
      let text = try Repository.text(of: path)
      let defined = text.matches(of: /create (?:function|view|aggregate|procedure) guarantee_api\.(\w+)/).map(
        \.output.1)
      #expect(defined == [name], "\(path) defines \(defined.joined(separator: ", "))")
      #expect(text.contains(/comment on \w+ guarantee_api\./), "\(path) has no comment on what it defines")
    }
  }

  @Test("Every function that runs with its owner's rights has a pinned search path")
  func searchPaths() throws {
    for path in Repository.files(in: "sql", endingIn: ".sql") {
      let text = try Repository.text(of: path).lowercased()
      let definers = text.matches(of: /security definer/).count
      let pins = text.matches(of: /security definer\s+set search_path = [^;$]*pg_temp/).count
      #expect(definers == pins, "\(path)")
    }
  }

  @Test("Migrations are numbered from 1 without gaps")
  func migrations() {
    let numbers = Repository.files(in: "sql/migrations", endingIn: ".sql").map {
      Int($0.dropFirst("sql/migrations/".count).prefix(4))
    }
    #expect(numbers == Array(1...numbers.count).map { Optional($0) })
  }
}
