public import ServiceLifecycle

extension Ledger: Service {
  /// Waits until the program shuts down, then takes no new calls, brings to an end those that are under way, and
  /// closes the ledger. Cancelled, it closes the ledger at once.
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
