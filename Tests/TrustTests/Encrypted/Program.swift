import Foundation
import TestSupport

/// The program as it was built, with a ledger and nothing else of its own in the environment.
extension Program {
  static func start(_ url: String, _ arguments: [String]) throws -> Process {
    try ofNobody(url).start(arguments)
  }

  static func run(_ url: String, _ arguments: [String], input: String = "") async throws -> Run {
    try await ofNobody(url).run(arguments, input: input)
  }

  private static func ofNobody(_ url: String) -> Program {
    guarantee(["GUARANTEE_DATABASE_URL": url, "XDG_CONFIG_HOME": "/nowhere", "HOME": "/nowhere"])
  }
}
