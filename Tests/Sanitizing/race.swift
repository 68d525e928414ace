import Synchronization

/// Counts beside the lock what should be counted under it: Thread Sanitizer has to say so, and of nothing else.
final class Counts: @unchecked Sendable {
  let locked = Mutex(0)
  var unlocked = 0
}

@main struct Race {
  static func main() async {
    let counts = Counts()
    let isRacing = CommandLine.arguments.contains("racing")
    await withTaskGroup(of: Void.self) { tasks in
      for _ in 0..<8 {
        tasks.addTask {
          for _ in 0..<20_000 {
            counts.locked.withLock { $0 += 1 }
            if isRacing { counts.unlocked += 1 }
          }
        }
      }
    }
    print(counts.locked.withLock { $0 })
  }
}
