import Testing

@testable import TestSupport

@Suite("Messages in a flow of bytes")
struct MessageFlowTests {
  /// A startup message of 9 bytes, a query of 7 and a sync of 5.
  static let conversation: [[UInt8]] = [
    [0, 0, 0, 9, 0, 3, 0, 0, 0], [0x51, 0, 0, 0, 6, 0x3b, 0], [0x53, 0, 0, 0, 4],
  ]

  @Test("Messages are found in their order however the bytes arrive", arguments: 1...21)
  func pieces(size: Int) {
    let bytes = Self.conversation.flatMap { $0 }
    var flow = MessageFlow(.toServer)
    var headers: [MessageFlow.Header] = []
    var passed: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      let passage = flow.take(Array(bytes[start..<min(start + size, bytes.count)])) { header in
        headers.append(header)
        return .pass
      }
      #expect(passage.ending == nil)
      passed += passage.bytes
    }
    #expect(passed == bytes)
    #expect(
      headers == [
        .init(kind: .startup, byteCount: 9), .init(kind: .lettered("Q"), byteCount: 7),
        .init(kind: .lettered("S"), byteCount: 5),
      ])
  }

  @Test("A cut lets through what is before it and nothing behind it", arguments: 0...2, [0, 3, 100])
  func cut(message: Int, after count: Int) {
    let bytes = Self.conversation.flatMap { $0 }
    var flow = MessageFlow(.toServer)
    var number = -1
    let passage = flow.take(bytes) { _ in
      number += 1
      return number == message ? .cut(afterBytes: count) : .pass
    }
    let before = Self.conversation[..<message].flatMap { $0 }
    #expect(passage.bytes == before + Self.conversation[message].prefix(count))
    #expect(passage.ending == .cut(afterBytes: count))
  }

  @Test("What was held back by a freeze comes when it is asked for, without another decision")
  func thaw() {
    let bytes = Self.conversation.flatMap { $0 }
    var flow = MessageFlow(.toServer)
    var count = 0
    let decide = { (_: MessageFlow.Header) in
      count += 1
      return count == 2 ? ProxyAction.freeze(afterBytes: 2) : .pass
    }
    let frozen = flow.take(bytes, decide)
    #expect(frozen == .init(bytes: Array(bytes[..<11]), ending: .freeze(afterBytes: 2)))
    #expect(flow.take([], decide) == .init(bytes: Array(bytes[11...])))
    #expect(count == 3)
  }

  @Test("A server's first message has its letter, and a cancel request is told from a startup")
  func kinds() {
    var kinds: [ProxiedMessage.Kind] = []
    var server = MessageFlow(.toClient)
    _ = server.take([0x52, 0, 0, 0, 8, 0, 0, 0, 0]) {
      kinds.append($0.kind)
      return .pass
    }
    var client = MessageFlow(.toServer)
    _ = client.take([0, 0, 0, 16, 4, 210, 22, 46, 0, 0, 0, 1, 0, 0, 0, 2]) {
      kinds.append($0.kind)
      return .pass
    }
    #expect(kinds == [.lettered("R"), .cancelRequest])
  }
}
