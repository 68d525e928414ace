import Testing

@testable import GuaranteeCommand

@Suite("What happened, in a clerk's words")
struct EventSearchTests {
  @Test(
    "Everyday words lead to the events of the rules, in either language",
    arguments: [
      ("money from somebody", "receive_unidentified"), ("the court froze it", "freeze"),
      ("seizure", "detain"),
      ("the insurer paid", "receive_call"), ("entered twice", "reverse"), ("holiday", "set_working_day"),
      ("lawsuit", "accept_suit"), ("letter is extended", "extend_undertaking"),
      ("close the month", "close_period"),
      ("不知道是谁的钱", "receive_unidentified"), ("查封", "freeze"), ("解冻", "unfreeze"), ("撤诉", "withdraw"),
      ("保险公司付款", "receive_call"), ("录错了", "reverse"), ("冲销", "reverse"), ("调休", "set_working_day"),
      ("月结", "close_period"), ("授信", "grant_facility"), ("保函延期", "extend_undertaking"),
    ])
  func found(_ words: String, _ event: String) {
    #expect(EventSearch.events(for: words).map(\.code).contains(event))
  }

  @Test("Words that the rules have themselves are not drowned by those that people say for them")
  func precise() {
    #expect(
      EventSearch.events(for: "goods leave against counter-guarantee").first?.code == "release_conditionally")
    #expect(EventSearch.events(for: "xyzzy").isEmpty)
  }
}
