import ReferenceLedger

/// Makes what the callers of a run want, from a seed.
struct Workload: Sendable {
  private var random: SplitMix64
  /// What no two intents share, so that a sum tells which are in it.
  private var lastAmount: Int

  /// - Parameter amount: below the amounts of all intents, to keep them apart from another workload's.
  init(seed: UInt64, above amount: Int = 0) {
    random = SplitMix64(seed: seed)
    lastAmount = amount
  }

  /// Callers with a few calls each: mostly one intent a call, sometimes several, sometimes one that is refused,
  /// and sometimes one that another caller wants as well.
  ///
  /// - Parameter run: what sets the references of this run apart.
  mutating func callers(_ count: Int, calls: Int, run: String) -> [Caller] {
    let common = intent("\(run)-common")
    return (0..<count).map { caller in
      Caller(
        name: "\(run)-\(caller)",
        calls: (0..<calls).map { call in
          let size = random.chance(percent: 25) ? random.within(2...5) : 1
          var intents = (0..<size).map { intent("\(run)-\(caller)-\(call)-\($0)") }
          if call == 0, caller < 2 { intents.append(common) }
          return intents
        })
    }
  }

  /// Callers with so many intents in all, mostly one a call.
  mutating func callers(_ count: Int, events: Int, run: String) -> [Caller] {
    (0..<count).map { caller in
      var (left, calls) = (events / count, [[Intent]]())
      while left > 0 {
        let size = min(left, random.chance(percent: 25) ? random.within(2...5) : 1)
        calls.append((0..<size).map { intent("\(run)-\(caller)-\(calls.count)-\($0)") })
        left -= size
      }
      return Caller(name: "\(run)-\(caller)", calls: calls)
    }
  }

  /// A caller all of whose calls have one intent that nothing speaks against.
  mutating func payer(calls: Int, run: String) -> Caller {
    Caller(name: run, calls: (0..<calls).map { [intent("\(run)-\($0)", illegal: 0)] })
  }

  /// An intent that nothing speaks against.
  mutating func payment(_ reference: String, at office: String) -> Intent {
    lastAmount += 1
    return Intent(reference: reference, amount: lastAmount, office: office, isLegal: true)
  }

  private mutating func intent(_ reference: String, illegal: Int = 15) -> Intent {
    lastAmount += random.within(1...100)
    return Intent(
      reference: reference, amount: lastAmount, office: random.pick(Intent.offices),
      isLegal: !random.chance(percent: illegal))
  }
}
