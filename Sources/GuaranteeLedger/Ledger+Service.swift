public import ServiceLifecycle

extension Ledger: Service {
  /// Runs until the service group shuts down: then takes no new calls, brings to an end those that are under way,
  /// and closes the ledger. Cancelled, it closes the ledger at once.
  public func run() async throws {
    do {
      try await gracefulShutdown()
    } catch {
      await close()
      throw error
    }
    await shutDown()
  }
}
