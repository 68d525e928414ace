import Foundation
import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import ReferenceLedger
import TestSupport

/// A server that keeps its WAL as the documentation says, and a ledger on it that a model knows at every moment.
final class ArchivedServer {
  /// A moment between two commits, by the server's clock, and what the ledger was then.
  struct Moment {
    let time: String
    let model: ReferenceLedger
    let eventCount: Int
  }

  let server: TemporaryServer
  let archive: String
  /// The folder of the base backup.
  let base: String
  private let ledger: Ledger
  private let connection: PostgresConnection
  private var stream: EventStream
  private var random: SplitMix64
  private var eventCount = 0

  init(seed: UInt64) async throws {
    let archive = FileManager.default.temporaryDirectory.path + "/wal-\(UUID().uuidString)"
    self.archive = archive
    base = archive + "/base"
    try FileManager.default.createDirectory(atPath: archive, withIntermediateDirectories: false)
    server = try await TemporaryServer(
      settings: ServerPage.settings(with: "archive_command", archive: archive))
    if geteuid() == 0 {
      let owner = try FileManager.default.attributesOfItem(atPath: server.folder)[.ownerAccountID]
      try FileManager.default.setAttributes([.ownerAccountID: owner ?? 0], ofItemAtPath: archive)
    }
    try await server.run("create database books")
    let url = server.connectionString(database: "books")
    _ = try await Ledger.migrate(url)
    ledger = try await Ledger.open(.patient(url))
    connection = try await PostgresConnection.connect(to: url)
    let today = Day(try await ledger.today().description)
    stream = EventStream(seed: seed, rules: try .ofThisPackage(), today: today ?? Day("2026-01-05")!)
    random = SplitMix64(seed: seed)
  }

  deinit { try? FileManager.default.removeItem(atPath: archive) }

  /// Records events in batches of any size, each of which must go as the model says.
  func record(_ count: Int) async throws {
    var left = count
    while left > 0 {
      let batch = (0..<min(left, random.within(1...60))).map { _ in stream.next() }
      let results = try await ledger.record(
        batch.map { event in
          Event(
            key: event.fields["key"] ?? "", on: event.fields["on"] ?? "", name: event.fields["event"] ?? "",
            fields: event.fields.filter { !["key", "on", "event"].contains($0.key) })
        })
      guard results.map(\.code) == batch.map(\.result) else { throw OtherThanTheModel() }
      left -= batch.count
    }
    eventCount += count
  }

  struct OtherThanTheModel: Error {}

  /// The server has ended without coming to the time that it was to come to.
  struct Unreached: Error {}

  /// What it is now, between two commits.
  func moment() async throws -> Moment {
    Moment(
      time: try await connection.query("select clock_timestamp()::text").value ?? "", model: stream.ledger,
      eventCount: eventCount)
  }

  /// Copies the cluster as the documentation says, while it is written to.
  func copyBase(while body: () async throws -> Void) async throws {
    let copying = Task { [server, base] in
      try await Program(path: "/usr/bin/env").mustRun(
        "pg_basebackup", "--pgdata=\(base)", "--checkpoint=fast", "--host=\(server.folder)",
        "--username=postgres")
    }
    try await body()
    _ = try await copying.value
    try await Program(path: "/bin/sh").mustRun(
      "-c", "\"$(pg_config --bindir)/pg_verifybackup\" --quiet \"$1\"", "sh", base)
  }

  /// Has everything that was recorded put into the archive.
  func archiveAll() async throws {
    let last = try await connection.query("select pg_walfile_name(pg_switch_wal())").value ?? ""
    try await until { FileManager.default.fileExists(atPath: "\(archive)/\(last)") }
  }

  func close() async {
    await ledger.close()
    await connection.close()
  }

  /// A server that is recovered from the base backup and the archive to a time.
  func recovered(to time: String, archive: String? = nil) async throws -> TemporaryServer {
    let settings = try ServerPage.settings(
      with: "restore_command", archive: archive ?? self.archive, time: time)
    let server: TemporaryServer
    do {
      server = try await TemporaryServer(settings: settings, recovering: base)
    } catch is ServerFailedToStart {
      throw Unreached()
    }
    // It lets nobody in before it is there, and ends when it can't come there.
    try await until {
      guard server.processID != nil else { throw Unreached() }
      guard let connection = try? await PostgresConnection.connect(to: server.connectionString()) else {
        return false
      }
      let isRecovering = try? await connection.query("select pg_is_in_recovery()").value
      await connection.close()
      return isRecovering == "f"
    }
    return server
  }
}

extension ReferenceLedger {
  /// The balances of all accounts, a line each, as the database is asked for them.
  var balanceLines: [String] {
    accountBalances.map {
      [
        $0.account, $0.office, $0.dispute ?? "", $0.guarantor ?? "", $0.currency,
        Currency.text($0.balance, $0.currency),
      ]
      .joined(separator: "|")
    }
  }
}
