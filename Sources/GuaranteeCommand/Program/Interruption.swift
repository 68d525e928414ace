import Dispatch
import Glibc

/// Work that is stopped in order, instead of the program dying, when somebody presses ^C or asks it to end.
enum Interruption {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Runs the body and gives its outcome, so that the caller can clean up in every case.
  ///
  /// An interrupted body counts as failed with the exit code for it.
  static func watching(_ body: @escaping @Sendable () async throws -> Void) async -> Result<Void, any Error> {
    let task = Task { try await body() }
    let watch = Watch(onSignal: { task.cancel() })
    let result = await task.result
    watch.end()
    return task.isCancelled ? .failure(Failure.silent(.interrupted)) : result
  }

  /// Calls a handler at every signal until it is ended.
  struct Watch {
    private let sources: [any DispatchSourceSignal]

    init(onSignal: @escaping @Sendable () -> Void) {
      // A signal comes from outside of every task, and is answered in the language of this one.
      let language = Language.current
      let onSignal: @Sendable () -> Void = { Language.$current.withValue(language) { onSignal() } }
      sources = Interruption.signals.map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler(handler: onSignal)
        source.resume()
        return source
      }
    }

    func end() {
      for source in sources { source.cancel() }
    }
  }
}
