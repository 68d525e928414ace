import PostgresClient

/// Where the rows of a pack come from: the tables as they are, or what follows from a part of the journal.
struct PackSource {
  let connection: PostgresConnection
  let desk: Desk
  let selection: PackSelection
  let lookBack: LookBack?

  /// The whole ledger as it is now.
  private var isPlain: Bool { selection.isWhole && lookBack == nil }

  /// Has the database show the part, until the end of the transaction.
  ///
  /// - Throws: `PackError` for an office or dispute that there is none of.
  func choose() async throws {
    if isPlain { return }
    _ = try await connection.query(LookBack.statement, lookBack?.parameters ?? [nil, nil])
    // Heads and seals are of all that was known, whatever its dates.
    _ = try await connection.query("select set_config('guarantee.as_of', '', true)")
  }

  /// Narrows to the selection what was the whole journal until then.
  func narrow() async throws {
    if isPlain { return }
    let offices = selection.offices.sorted().joined(separator: "\u{1F}")
    let missing = try await connection.query(
      "select guarantee_past.choose_pack(string_to_array($1, chr(31)), $2, $3::date, $4::date)",
      [
        offices.isEmpty ? nil : offices, selection.dispute, selection.from?.description,
        selection.through?.description,
      ]
    ).rows.first?[0]
    guard let missing = missing ?? nil else { return }
    throw PackError(
      .unknown,
      "There is no \(selection.dispute == missing ? "dispute" : "office") '\(missing)' that a pack could be of."
    )
  }

  /// Runs `body` while the functions show what was there before the first events of the pack.
  func beforeTheFirst(_ body: () async throws -> Void) async throws {
    _ = try await connection.query("select guarantee_past.open_pack(true)")
    try await body()
    _ = try await connection.query("select guarantee_past.open_pack(false)")
  }

  // MARK: Tables

  /// What gives a table's rows, in the order of its key.
  func query(_ table: PackTable) -> String {
    if isPlain { return table.query }
    switch table.name {
    case "chain": return "select * from guarantee_past.pack_chain()"
    case "entries":
      let function = selection.through == nil ? "pack_entries" : "pack_entries_until"
      return "select * from guarantee_past.\(function)()"
    default:
      let past = table.query.replacing("guarantee_api.export_opening_", with: "guarantee_past.export_")
        .replacing("guarantee_api.", with: "guarantee_past.")
      return "\(past) x\(filter(table.name))"
    }
  }

  private func filter(_ table: String) -> String {
    let ofDispute = selection.dispute != nil
    let first = "(select guarantee_past.pack_first())"
    let registered = { (column: String, register: String) in
      " where x.\(column) in (select p.code from guarantee_past.dispute_place p where p.register = '\(register)')"
    }
    switch table {
    case "events":
      let places =
        ofDispute
        ? " and (coalesce(x.office, ''), x.sequence) in (select p.office, p.sequence from guarantee_past.dispute_place p) order by coalesce(x.office, ''), x.sequence"
        : ""
      return " where x.sequence >= (\(first) ->> coalesce(x.office, ''))::bigint\(places)"
    case "attempts": return ofDispute ? " where false" : " where \(first) ? coalesce(x.office, '')"
    case "accounts", "disputes", "opening_accounts", "opening_disputes":
      return ofDispute ? " where x.dispute = guarantee_past.pack_dispute()" : " where \(first) ? x.office"
    case "lots", "opening_lots":
      return ofDispute
        ? " where x.dispute = guarantee_past.pack_dispute()"
        : " where x.dispute in (select d.dispute from guarantee_past.dispute d where \(first) ? d.office)"
    case "offices": return ofDispute ? registered("office", "office") : " where \(first) ? x.office"
    case "closings", "closing_balances": return " where \(first) ? x.office"
    case "facilities": return ofDispute ? " where false" : " where \(first) ? x.office"
    case "opening_offices", "opening_facilities": return " where \(first) ? x.office"
    case "parties": return ofDispute ? registered("party", "party") : ""
    case "recordals": return ofDispute ? registered("recordal", "recordal") : ""
    default: return ""
    }
  }

  // MARK: The manifest

  /// How far journal and refused attempts of each office go, and the latest seal: of all there is.
  func heads() async throws -> (
    events: [PackManifest.Head], attempts: [PackManifest.Head], seal: PackManifest.LastSeal?
  ) {
    let heads = try await rows("select office, sequence, hash from \(schema).export_heads()")
    let attempts = try await rows("select office, number, hash from \(schema).export_attempt_heads()")
    let seal = try await rows("select number, hash from \(schema).export_last_seal()").first
    return (
      heads.map(Self.head), attempts.map(Self.head).filter { selection.has(office: $0.office) },
      seal.map { PackManifest.LastSeal(number: Int64($0[0] ?? "") ?? 0, sha256: $0[1] ?? "") }
    )
  }

  func totals() async throws -> [PackManifest.Total] {
    let function = isPlain ? "guarantee_api.export_totals()" : "guarantee_past.pack_totals()"
    return try await rows("select ledger, currency, debit, credit from \(function)").map {
      PackManifest.Total(
        ledger: $0[0] ?? "", currency: $0[1] ?? "", debit: $0[2] ?? "", credit: $0[3] ?? "")
    }
  }

  /// The dates of the first and last events, and when the latest was recorded.
  func period() async throws -> (period: PackManifest.Period?, knownAt: String?) {
    let function = isPlain ? "guarantee_api.export_period()" : "guarantee_past.pack_period()"
    let row = try await rows("select first_on, last_on, known_at from \(function)").first
    let period = row?[0].flatMap { first in row?[1].map { PackManifest.Period(from: first, through: $0) } }
    return (period, row?[2])
  }

  private var schema: String { isPlain ? "guarantee_api" : "guarantee_past" }

  private static func head(_ row: PostgresRow) -> PackManifest.Head {
    PackManifest.Head(office: row[0] ?? "", sequence: Int64(row[1] ?? "") ?? 0, hash: row[2])
  }

  private func rows(_ sql: String) async throws -> [PostgresRow] {
    try await connection.query(desk.statement(sql)).rows
  }
}
