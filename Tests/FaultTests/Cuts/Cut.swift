import Synchronization
import TestSupport

/// Where in a message a connection is cut.
enum Cut {
  enum Place: String, Sendable, CaseIterable {
    case before, halfway, behind
  }

  /// Cuts at the message of that number in a direction, of all connections together.
  static func once(_ direction: MessageDirection, message number: Int, _ place: Place) -> CuttingProxy.Plan {
    { message in
      guard message.direction == direction, message.number == number else { return .pass }
      return action(place, message, freezing: false)
    }
  }

  /// Freezes the first connection at the message of that number in a direction.
  static func freezing(_ direction: MessageDirection, message number: Int, _ place: Place)
    -> CuttingProxy.Plan
  {
    let count = Atomic<Int>(0)
    return { message in
      guard message.connection == 1, message.direction == direction,
        count.add(1, ordering: .relaxed).newValue == number
      else { return .pass }
      return action(place, message, freezing: true)
    }
  }

  /// Cuts at the first message of that letter in a direction.
  static func once(
    _ direction: MessageDirection, _ letter: Character, _ place: Place
  ) -> CuttingProxy.Plan {
    let isDone = Atomic<Bool>(false)
    return { message in
      guard message.direction == direction, message.kind == .lettered(letter),
        !isDone.exchange(true, ordering: .relaxed)
      else { return .pass }
      return action(place, message, freezing: false)
    }
  }

  /// Cuts within the message that has the byte of that number in a direction, right before it.
  static func once(_ direction: MessageDirection, byte number: Int) -> CuttingProxy.Plan {
    let passed = Atomic<Int>(0)
    return { message in
      guard message.direction == direction else { return .pass }
      let before = passed.add(message.byteCount, ordering: .relaxed).oldValue
      return (before..<before + message.byteCount).contains(number)
        ? .cut(afterBytes: number - before) : .pass
    }
  }

  private static func action(_ place: Place, _ message: ProxiedMessage, freezing: Bool) -> ProxyAction {
    let count =
      switch place {
      case .before: 0
      case .halfway: message.byteCount / 2
      case .behind: message.byteCount
      }
    return freezing ? .freeze(afterBytes: count) : .cut(afterBytes: count)
  }
}
