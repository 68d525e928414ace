import Testing

@testable import GuaranteeCommand

@Suite("What an answer means")
struct AnswerTests {
  private static let kinds = [
    AnswerChoice("cash", meaning: "现金", names: ["现金"]), AnswerChoice("letter", meaning: "保函", names: ["保函"]),
    AnswerChoice("2", meaning: "a code that is a number"),
  ]

  @Test(
    "A choice is meant by its number, its code in any case, or its name; several by several of these",
    arguments: [
      ("1", "cash"), ("１", "cash"), ("2", "2"), ("Letter", "letter"), ("保函", "letter"), ("9", "9"),
      ("1, 保函", "cash letter"), ("现金、保函", "cash letter"), ("cash and letter", "cash and letter"),
      ("lett", "lett"),
    ])
  func meant(_ text: String, _ value: String) {
    #expect(Answer.meant(by: text, shown: Self.kinds, among: Self.kinds) == value)
  }

  @Test("A part of a code or a name finds what it may be")
  func matching() {
    #expect(Answer.matching("ETT", Self.kinds).map(\.value) == ["letter"])
    #expect(Answer.matching("金", Self.kinds).map(\.value) == ["cash"])
    #expect(Answer.matching("", Self.kinds).isEmpty)
  }

  @Test(
    "Dates and amounts are read as people write them",
    arguments: [
      ("2025/1/6", "2025-01-06"), ("2025年1月6日", "2025-01-06"), ("20250106", "2025-01-06"),
      ("2025.01.06", "2025-01-06"), ("今天", "2025-02-03"), ("1,200,000.00", "1200000.00"),
      ("¥1,200", "1200"), ("１２００．５０", "1200.50"), ("500万元", "5000000"), ("1.25万", "12500"),
      ("0.12345万", "1234.5"), ("1，200.00", "1200.00"),
    ])
  func read(_ text: String, _ value: String) {
    #expect(Answer.readings(of: text, today: "2025-02-03").contains(value))
  }

  @Test(
    "What may be two things is none",
    arguments: [
      "1.200,00", "1,20", "200.000,00", "12,00,000", "25-1-6", "6/1/2025", "1,200万,3", "万", "元", ".5", "-5",
    ])
  func unread(_ text: String) {
    #expect(Answer.readings(of: text, today: "2025-02-03").filter { $0 != text }.isEmpty)
  }
}
