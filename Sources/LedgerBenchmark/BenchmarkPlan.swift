/// How much is measured.
struct BenchmarkPlan: Sendable {
  let events: Int
  let isQuick: Bool

  /// How many events are recorded one at a time.
  var singleEvents: Int { isQuick ? 1_000 : 5_000 }
  /// How many disputes each of many tasks takes through their lives.
  var disputesForEachTask: Int { isQuick ? 6 : 40 }
  /// How long each run of pgbench takes.
  var pgbenchSeconds: Int { isQuick ? 2 : 6 }
  /// How often a short program is started.
  var starts: Int { isQuick ? 10 : 40 }
  /// How often a server is set up.
  var setUps: Int { isQuick ? 1 : 3 }
}
