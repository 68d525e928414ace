import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import TestSupport

/// A ledger of two offices with people: logins of the server's, that come in over its socket as anybody would.
struct Office: Sendable {
  let url: String
  /// Who owns the ledger.
  let owner: Ledger
  /// Put behind names, since logins are the server's and other tests have theirs.
  private let suffix: String

  static let empty = DatabaseTemplate(name: "trust_opened") { url in
    _ = try await Ledger.migrate(url)
    let ledger = try await Ledger.open(.patient(url))
    let results = try await ledger.record(opening)
    await ledger.close()
    guard results.allSatisfy({ $0.refusal == nil }) else { throw Unexpected(what: "\(results)") }
  }

  struct Unexpected: Error { let what: String }

  static func event(_ key: String, _ name: String, _ fields: [String: String]) -> Event {
    Event(key: key, on: "2025-03-03", name: name, fields: fields)
  }

  private static let opening: [Event] =
    [
      event("Q", "register_office", ["office": "QINGDAO", "zone": "Z"]),
      event("H", "register_office", ["office": "HARBIN", "zone": "Z"]),
      event("PR", "register_party", ["party": "HOLDER", "kind": "right_holder"]),
      event("PC", "register_party", ["party": "EXPORTER", "kind": "consignor"]),
      event("PG", "register_party", ["party": "BANK", "kind": "guarantor"]),
      event(
        "R", "register_recordal",
        ["recordal": "RIGHT", "party": "HOLDER", "kind": "invention", "valid_from": "2020-01-01"]),
    ]
    + ["QINGDAO", "HARBIN"].flatMap { office in
      [money("M-\(office)", at: office, "100.00"), dispute("D-\(office)", at: office)]
    }

  static func money(_ key: String, at office: String = "QINGDAO", _ amount: String) -> Event {
    event(
      key, "receive_funds",
      ["office": office, "guarantor": "BANK", "amount": amount, "currency": "CNY", "reference": "bank"])
  }

  /// Needs a second person.
  static func refund(_ key: String, at office: String = "QINGDAO", _ amount: String = "100.00") -> Event {
    event(
      key, "refund_funds", ["office": office, "guarantor": "BANK", "amount": amount, "currency": "CNY"])
  }

  static func dispute(_ key: String, at office: String) -> Event {
    event(
      key, "open_dispute",
      [
        "office": office, "dispute": key, "procedure": "on_application", "recordal": "RIGHT",
        "right_holder": "HOLDER", "consignor": "EXPORTER", "currency": "CNY",
      ])
  }

  /// The login that somebody has on the server.
  func login(_ name: String) -> String { "\(name)_\(suffix)" }

  func url(of name: String) -> String {
    url.split(separator: " ").filter { !$0.hasPrefix("user=") }.joined(separator: " ")
      + " user=\(login(name))"
  }

  func add(_ name: String, _ role: MemberRole, at offices: [String]? = ["QINGDAO"]) async throws {
    try await owner.addMember(login(name), as: role, at: offices)
  }

  /// Runs `body` with the ledger as somebody sees it.
  func acting<Value: Sendable>(
    as name: String, _ body: (Ledger) async throws -> Value
  ) async throws -> Value {
    let ledger = try await Ledger.open(.patient(url(of: name)))
    do {
      let value = try await body(ledger)
      await ledger.close()
      return value
    } catch {
      await ledger.close()
      throw error
    }
  }

  /// Runs `body` with somebody's own session, past the library.
  func session<Value: Sendable>(
    of name: String, _ body: (PostgresConnection) async throws -> Value
  ) async throws -> Value {
    try await PostgresConnection.withConnection(to: url(of: name)) { try await body($0) }
  }

  func record(_ events: [Event], as name: String) async throws -> [String] {
    try await acting(as: name) { try await $0.record(events).map(\.code) }
  }

  func approve(_ keys: [String], as name: String) async throws -> [String] {
    try await acting(as: name) { try await $0.approve(keys).map(\.code) }
  }

  func ownerRecords(_ events: [Event]) async throws -> [String] { try await owner.record(events).map(\.code) }

  func pending() async throws -> [PendingEvent] { try await owner.pending().all() }

  func balances() async throws -> [AccountBalance] { try await owner.balances().all() }

  /// What the owner's check finds wrong.
  func findings() async throws -> [CheckFinding] { try await owner.check().all() }

  /// What the owner reads, as text.
  func rows(_ sql: String) async throws -> [[String]] {
    try await PostgresConnection.withConnection(to: url) {
      try await $0.query(sql).rows.map { $0.map { $0 ?? "" } }
    }
  }

  /// Runs `body` with a ledger of its own. Its logins are gone afterwards.
  static func with(_ body: @Sendable (Office) async throws -> Void) async throws {
    let server = try await TemporaryServer.shared
    try await server.withDatabase(template: empty) { url in
      let suffix = url.split(separator: " ").first { $0.hasPrefix("dbname=") }?.dropFirst(7) ?? ""
      let owner = try await Ledger.open(.patient(url))
      let office = Office(url: url, owner: owner, suffix: String(suffix))
      let outcome: Result<Void, any Error>
      do {
        outcome = .success(try await body(office))
      } catch {
        outcome = .failure(error)
      }
      let logins = try await office.rows("select distinct login from guarantee.membership").map { $0[0] }
      await owner.close()
      for login in logins { try await server.run("drop role if exists \"\(login)\"") }
      try outcome.get()
    }
  }
}

extension PostgresConnection {
  /// The SQLSTATE with which a statement is refused; `nil` when it is not.
  func refusal(of sql: String) async -> String? {
    do {
      try await execute(sql)
      return nil
    } catch {
      return error.sqlState?.rawValue ?? "\(error)"
    }
  }
}
