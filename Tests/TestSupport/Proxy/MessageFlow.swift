/// One direction of a conversation: takes the bytes as they arrive, in whatever pieces, finds the messages in
/// them, and lets through what is to go through.
struct MessageFlow: Sendable {
  /// What is known of a message when it begins.
  struct Header: Hashable, Sendable {
    let kind: ProxiedMessage.Kind
    let byteCount: Int
  }

  /// What follows from bytes that arrived.
  struct Passage: Equatable, Sendable {
    /// To be sent on.
    var bytes: [UInt8] = []
    /// What happens behind them; `nil` when it goes on.
    var ending: ProxyAction?
  }

  /// Arrived and not let through.
  private var held: [UInt8] = []
  /// How much of the message that has begun is still to pass.
  private var rest = 0
  /// What happens after so many bytes more; counts down while they pass.
  private var ending: (action: ProxyAction, bytesLeft: Int)?
  /// The first message of a client has no letter before its length.
  private var beginsWithLetter: Bool

  init(_ direction: MessageDirection) {
    beginsWithLetter = direction == .toClient
  }

  /// - Parameter decide: asked once for each message, when its header is there.
  mutating func take(_ bytes: [UInt8], _ decide: (Header) -> ProxyAction) -> Passage {
    held += bytes
    var passage = Passage()
    while passage.ending == nil {
      if rest == 0, ending == nil {
        guard let header = nextHeader() else { break }
        let action = decide(header)
        rest = header.byteCount
        ending = action.byteCount.map { (action, min($0, header.byteCount)) }
      }
      let count = min(held.count, ending?.bytesLeft ?? rest)
      passage.bytes += held.prefix(count)
      held.removeFirst(count)
      rest -= count
      ending?.bytesLeft -= count
      if let reached = ending, reached.bytesLeft == 0 {
        passage.ending = reached.action
        ending = nil
      } else if rest > 0 {
        break
      }
    }
    return passage
  }

  private mutating func nextHeader() -> Header? {
    let start = beginsWithLetter ? 1 : 0
    guard held.count >= start + 4 else { return nil }
    let length = Self.number(held[start..<start + 4])
    guard beginsWithLetter else {
      guard held.count >= 8 else { return nil }
      beginsWithLetter = true
      let isCancel = Self.number(held[4..<8]) == Self.cancelCode
      return Header(kind: isCancel ? .cancelRequest : .startup, byteCount: length)
    }
    let letter = Character(Unicode.Scalar(held[0]))
    return Header(kind: .lettered(letter), byteCount: length + 1)
  }

  /// Where other clients' protocol version stands, a cancel request has this.
  private static let cancelCode = 80_877_102

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }
}
