import ArgumentParser
import GuaranteeLedger

/// The codes of the ledger that a half-written word may become, for the shell.
struct CodeCompletion {
  /// The words of the command line, the program's name first.
  let words: [String]
  /// What is written of the word.
  let prefix: String

  /// What a field of an event could be, given the fields that are written already.
  func values(of field: String, for event: String) async -> [String] {
    let given = EventSearch.command(for: event).map { GivenOptions(words).fields(of: $0) } ?? [:]
    return await asking { ledger in
      try await ledger.choices(for: field, of: event, given: given).map(\.value)
    }
  }

  /// The disputes.
  func disputes() async -> [String] {
    await asking { ledger in try await ledger.disputes(limit: Self.most).all().map(\.dispute) }
  }

  /// The guarantors that have a facility or money.
  func guarantors() async -> [String] {
    await asking { ledger in try await ledger.exposures().all().map(\.guarantor) }
  }

  /// More than anybody looks through.
  static let most = 1000

  /// Whatever goes wrong, there is nothing to complete: a shell is no place for errors. Nor is it one for codes that
  /// it would run: bash expands the words that it is offered, commands in them included.
  private func asking(_ body: (Ledger) async throws -> [String]) async -> [String] {
    guard let place = try? GivenOptions(words).ledger?.checkedPlace(), place.isThere,
      let ledger = try? await place.open()
    else { return [] }
    let values = (try? await body(ledger)) ?? []
    await ledger.close()
    var seen: Set<String> = []
    return values.filter { ShellWord.isPlain($0) && $0.hasPrefix(prefix) && seen.insert($0).inserted }
  }
}
