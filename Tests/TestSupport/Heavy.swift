package import Testing

/// Keeps tests that are heavy, since they build a package or start servers of their own, from running all at once.
///
/// The wait is no part of a test's time limit. A test that is heavy may take a place on the shared server too, as
/// nobody who has one waits for this.
package struct Heavy: SuiteTrait, TestTrait, TestScoping {
  private static let places = Places(count: 2)

  package var isRecursive: Bool { true }

  package func scopeProvider(for test: Test, testCase: Test.Case?) -> Heavy? {
    test.isSuite || testCase != nil ? nil : self
  }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    await Self.places.take()
    defer { Self.places.free() }
    try await function()
  }
}

extension Trait where Self == Heavy {
  /// Runs beside few others that are.
  package static var heavy: Self { Heavy() }
}

extension Trait where Self == TimeLimitTrait {
  /// What takes longer waits for something that never comes. It is much longer than all tests together take on a
  /// slow machine, since it counts from where a test begins to wait for its turn at the shared server.
  package static var endsInTime: Self { .timeLimit(.minutes(30)) }
}
