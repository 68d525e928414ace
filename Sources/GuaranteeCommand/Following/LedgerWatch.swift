import Dispatch
import Glibc
import GuaranteeLedger

/// Keeps something of a ledger on the terminal: it is drawn anew when something is recorded, when the window changes, and
/// at least every minute, since days pass and what is only proposed is no event.
struct LedgerWatch {
  private let ledger: Ledger
  /// How often it is drawn without any cause.
  private static let longestWait: Duration = .seconds(60)
  /// What is recorded meanwhile is shown together.
  private static let shortestWait: Duration = .milliseconds(200)
  /// After a reading that failed.
  private static let retryWait: Duration = .seconds(2)

  init(_ ledger: Ledger) { self.ledger = ledger }

  /// Draws until a signal asks it to end.
  ///
  /// - Parameter read: What to draw in a window of that size.
  func run(_ read: @escaping (WindowSize) async throws -> WatchedScreen) async throws {
    let (causes, cause) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let stop = Interruption.Watch(onSignal: { cause.finish() })
    let window = Self.windowChanges { cause.yield() }
    let end = try await ledger.journalEnd()
    let feed = ledger.events(after: end)
    let following = Task {
      // Whatever ends the feed, what it would have told is seen a minute later.
      do { for try await _ in feed { cause.yield() } } catch {}
    }
    defer {
      following.cancel()
      window.cancel()
      stop.end()
    }
    // What can't be read at all is said on the terminal as it was.
    var screen = try await read(.current)
    let terminal = DrawnTerminal()
    defer { terminal.leave() }
    terminal.draw(screen)
    while await Self.next(
      of: causes, cause, within: screen.trouble == nil ? Self.longestWait : Self.retryWait)
    {
      do {
        screen = try await read(.current)
      } catch let error as LedgerError {
        screen.trouble = "\(Phrase(said: error.message.endingInStop)) It is tried again."
      }
      terminal.draw(screen)
      try? await Task.sleep(for: Self.shortestWait)
    }
  }

  /// Waits for a cause to draw, or for as long as that; `false` once it is to end.
  private static func next(
    of causes: AsyncStream<Void>, _ cause: AsyncStream<Void>.Continuation, within wait: Duration
  ) async -> Bool {
    let timer = Task {
      if (try? await Task.sleep(for: wait)) != nil { cause.yield() }
    }
    defer { timer.cancel() }
    var iterator = causes.makeAsyncIterator()
    return await iterator.next() != nil
  }

  private static func windowChanges(_ changed: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
    let source = DispatchSource.makeSignalSource(signal: SIGWINCH, queue: .global())
    source.setEventHandler(handler: changed)
    source.resume()
    return source
  }
}

/// How much a terminal's window shows.
struct WindowSize {
  let lines: Int

  static var current: WindowSize { WindowSize(lines: max(4, Terminal.lines ?? 24)) }
}
