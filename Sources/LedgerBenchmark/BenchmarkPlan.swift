/// How much is measured.
struct BenchmarkPlan: Sendable {
  let events: Int
  /// How many entries the large ledger has that is compared with a small one.
  let entries: Int
  let isQuick: Bool

  /// How many events are recorded one at a time.
  var singleEvents: Int { isQuick ? 1_000 : 5_000 }
  /// How many disputes each of many tasks takes through their lives.
  var disputesForEachTask: Int { isQuick ? 6 : 40 }
  /// How often each reading is taken of ledgers that are compared.
  var readings: Int { isQuick ? 11 : 41 }
  /// How many disputes are taken through their lives in ledgers that are compared.
  var furtherDisputes: Int { isQuick ? 500 : 2_000 }
  /// How many plain transfers are recorded to see what space they take.
  var transfers: Int { isQuick ? 20_000 : 100_000 }
  /// How long each run of pgbench takes.
  var pgbenchSeconds: Int { isQuick ? 2 : 6 }
  /// How many events the ledger has that audit packs are made of.
  var packedEvents: Int { isQuick ? events : max(events, 1_000_000) }
  /// How often what takes a while is done in turn with what it is compared with.
  var turns: Int { isQuick ? 1 : 3 }
  /// How often a short program is started.
  var starts: Int { isQuick ? 10 : 40 }
  /// How often a server is set up.
  var setUps: Int { isQuick ? 1 : 3 }
}
