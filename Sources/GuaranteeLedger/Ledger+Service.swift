public import ServiceLifecycle

extension Ledger: Service {
  /// Waits until the program shuts down, then brings to an end what is under way and closes the ledger.
  ///
  /// The ledger can be used from the moment it is opened; this gives it its place among a program's services.
  /// Put it before those that use it, so that it goes down after them.
  public func run() async throws {
    do {
      try await gracefulShutdown()
    } catch {
      return await close()
    }
    await shutDown()
  }
}
