import Foundation
import Testing

@testable import GuaranteeLedger

@Suite("Positions of a feed")
struct FeedPositionTests {
  private static let offices = [
    "", "HARBIN", "Qingdao 2", "-X", "A:B", "A,B", "100%", "青岛", "a=b&c", "'", "\"", "%41", "é", "\u{1F600}",
  ]

  private func position(_ sequences: [String: Int64]) -> FeedPosition {
    var position = FeedPosition()
    for (office, sequence) in sequences { position[office] = sequence }
    return position
  }

  @Test("A position is a text that names each office with its last number, sorted")
  func text() {
    #expect(
      position(["": 8, "QINGDAO": 12, "HARBIN-FTZ": 40]).description == ":8,HARBIN-FTZ:40,QINGDAO:12")
    #expect(FeedPosition.beginning.description == "")
    #expect(position(["-X": 1, "A, B:C": 2]).description == "%2DX:1,A%2C%20B%3AC:2")
  }

  @Test("Behind an office's number stands which event that was, as far as it is known")
  func marks() {
    var seen = FeedPosition()
    seen.advance(past: .made(office: "HARBIN", sequence: 40, at: 1))
    #expect(seen.description == "HARBIN:40@00000028")
    #expect(seen.markedJSON == #"{"HARBIN":"40@00000028"}"# && seen.json == #"{"HARBIN":"40"}"#)
    #expect(FeedPosition(seen.description) == seen)
    #expect(seen.includes(position(["HARBIN": 40])) && position(["HARBIN": 40]).includes(seen))
    seen.advance(past: .made(office: "HARBIN", sequence: 39, at: 1))
    #expect(seen.description == "HARBIN:40@00000028")
    seen.advance(past: EventPosition(office: "HARBIN", sequence: 40))
    #expect(seen.description == "HARBIN:40@00000028")
    seen.advance(past: EventPosition(office: "HARBIN", sequence: 41))
    #expect(seen.description == "HARBIN:41")
  }

  @Test("The text leads back to the same position, whatever offices are called", arguments: offices)
  func back(_ office: String) throws {
    let one = position([office: 7])
    #expect(FeedPosition(one.description) == one)
    let all = position(Dictionary(uniqueKeysWithValues: zip(Self.offices, 1...)))
    #expect(FeedPosition(all.description) == all)
    #expect(try JSONDecoder().decode(FeedPosition.self, from: JSONEncoder().encode(all)) == all)
    // No shell and no list takes a part of it for something of its own.
    #expect(!one.description.contains { " '\"\\$&;|<>*?()`".contains($0) })
  }

  @Test(
    "What is no position is told from one",
    arguments: [
      "8", "HARBIN", "HARBIN:", "HARBIN:0", "HARBIN:-1", "HARBIN:1,", ",HARBIN:1", "HARBIN:1,HARBIN:2",
      "H:1:2", "H:1@", "H:1@1234567", "H:1@123456789", "H:1@1234567G", "H:1@12345678@12345678", "H:+1",
      "H%4:1", "H%G0:1", "H%FF:1", "HARBIN:9223372036854775808", " ",
    ])
  func wrong(_ text: String) {
    #expect(FeedPosition(text) == nil)
  }

  @Test("An event that was seen counts once, and none before it takes the position back")
  func advancing() {
    var position = FeedPosition.beginning
    #expect(!position.includes(EventPosition(office: "H", sequence: 1)))
    position.advance(past: EventPosition(office: "H", sequence: 2))
    position.advance(past: EventPosition(office: "H", sequence: 1))
    position.advance(past: EventPosition(office: "", sequence: 1))
    #expect(position == self.position(["H": 2, "": 1]))
    #expect(position["H"] == 2)
    #expect(position["Q"] == 0)
    #expect(position.offices == ["", "H"])
    #expect(position.includes(EventPosition(office: "H", sequence: 2)))
    #expect(!position.includes(EventPosition(office: "H", sequence: 3)))
    #expect(position.includes(self.position(["H": 2])))
    #expect(!position.includes(self.position(["Q": 1])))
  }
}
