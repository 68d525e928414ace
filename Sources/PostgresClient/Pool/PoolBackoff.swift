/// How long to wait between attempts to connect while no server takes us.
///
/// The delay doubles with each failure up to a limit. A random part of it, up to half, is left out, so that the
/// many who lost the same server don't come back to it at the same instant.
package struct PoolBackoff: Hashable, Sendable {
  package var first: Duration = .milliseconds(50)
  package var longest: Duration = .seconds(2)

  package init() {}

  /// The delay before the next attempt.
  ///
  /// - Parameters:
  ///   - failures: how many attempts have failed in a row, at least one.
  ///   - random: evenly distributed; chance comes from the caller.
  package func delay(afterFailures failures: Int, random: UInt64) -> Duration {
    var delay = first
    for _ in 1..<max(failures, 1) where delay < longest { delay *= 2 }
    delay = min(delay, longest)
    let half = delay / 2
    return half + half * Int(random % 1_001) / 1_000
  }
}
