import GuaranteeLedger

// What GettingStarted.md shows.
enum GettingStartedSamples {
  /// Makes a ledger in an empty database, records into it and reads from it.
  ///
  /// - Returns: What was printed.
  static func story(_ connectionString: String) async throws -> [String] {
    var printed: [String] = []
    func print(_ items: Any...) { printed.append(items.map { "\($0)" }.joined(separator: " ")) }

    // begin sample
    let ledger = try await Ledger.open(connectionString, migrating: true)
    // end sample

    // begin sample
    let today = try await ledger.today()
    let results = try await ledger.record([
      RegisterOffice(
        key: "HRB-1", on: today, office: "HARBIN", zone: "HARBIN-FTZ", instruments: [.cash, .letter]),
      RegisterParty(key: "HRB-2", on: today, party: "BANK-A", kind: .guarantor, name: "Bank A"),
    ])
    for refusal in results.compactMap(\.refusal) { print(refusal.message) }
    // end sample

    let input = "1200000.00"
    // begin sample
    guard let amount = Amount(input) else { throw Mistake.noAmount }
    let result = try await ledger.record(
      ReceiveFunds(
        key: "HRB-3", on: today, office: "HARBIN", guarantor: "BANK-A", amount: amount, currency: .cny,
        reference: "receipt 17"))
    print(result.code)
    // end sample

    // begin sample
    let exposure = try await ledger.exposure(of: "BANK-A", at: "HARBIN", in: .cny)
    if let exposure { print(exposure.funds) }
    // end sample

    // begin sample
    await ledger.shutDown()
    // end sample
    return printed
  }

  private enum Mistake: Error { case noAmount }
}
