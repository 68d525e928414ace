import Foundation
import Testing

/// What `guarantee doctor` has found, by what it looked at.
struct Examined {
  let states: [String: String]
  let sentences: [String: String]
  let exitCode: Int32

  init(_ program: BuiltProgram, _ arguments: [String] = []) throws {
    let run = try program.run(["doctor", "-O", "json"] + arguments)
    let rows = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]] ?? []
    var states: [String: String] = [:]
    var sentences: [String: String] = [:]
    for row in rows {
      guard let check = row["check"] as? String, let state = row["state"] as? String else { continue }
      states[check] = state
      sentences[check] = [row["found"], row["advice"]].compactMap { $0 as? String }.joined(separator: " ")
    }
    (self.states, self.sentences, exitCode) = (states, sentences, run.exitCode)
    #expect(exitCode == (states.values.contains("problem") ? 1 : 0), "\(run.output) \(run.errors)")
  }

  /// What is a problem of the installation; which years' calendars are published is none of its doing.
  var problems: [String] { states.filter { $0.value == "problem" && $0.key != "calendar" }.keys.sorted() }

  /// Whether a check came to this and says so.
  func expect(
    _ check: String, _ state: String, _ words: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let sentence = sentences[check] ?? ""
    #expect(
      states[check] == state && (words.isEmpty || sentence.contains(words)),
      "\(check): \(states[check] ?? "not looked at"): \(sentence)", sourceLocation: sourceLocation)
  }
}
