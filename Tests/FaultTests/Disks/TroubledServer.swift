import Foundation
import PostgresClient
import TestSupport

/// A ledger on a server whose disk can be brought into trouble, and out of it again.
struct TroubledServer {
  enum Trouble: String, CaseIterable, Sendable {
    case logFull, dataFull, logFails, dataFails

    var isFull: Bool { self == .logFull || self == .dataFull }
  }

  let trouble: Trouble
  let ledger: FaultLedger
  private let disk: TemporaryDisk?
  private let shim: FailingSync?

  init(_ trouble: Trouble) async throws {
    self.trouble = trouble
    // What the log keeps for itself, 80 MB, is little beside it: there is room again as often as it is freed.
    disk = trouble.isFull ? try await TemporaryDisk(.memory, megabytes: 300) : nil
    shim = trouble.isFull ? nil : try await FailingSync()
    // Nobody writes to the log but who commits, so that whoever meets the trouble is told of it.
    let server = try await TemporaryServer(
      settings: ["fsync = on", "wal_writer_delay = '10s'"], environment: shim?.environment ?? [:])
    ledger = try await FaultLedger.make(on: server)
    guard let disk else { return }
    if trouble == .logFull { try await Self.moveLog(of: server, to: disk) }
    if trouble == .dataFull { try await Self.moveData(of: ledger, to: disk) }
  }

  private static func moveLog(of server: TemporaryServer, to disk: TemporaryDisk) async throws {
    try await server.control("stop -m fast")
    let data = server.folder + "/data"
    try await shell(
      "mv '\(data)/pg_wal' '\(disk.folder)/pg_wal' && ln -s '\(disk.folder)/pg_wal' '\(data)/pg_wal'")
    try await server.control("start")
  }

  private static func moveData(of ledger: FaultLedger, to disk: TemporaryDisk) async throws {
    let folder = disk.folder + "/data"
    try await shell("mkdir -m 700 '\(folder)' && chown $(stat -c %U '\(ledger.server.folder)') '\(folder)'")
    try await ledger.server.run("create tablespace small location '\(folder)'")
    try await ledger.server.run("alter database \(ledger.database) set tablespace small")
  }

  /// From now on the disk takes nothing, or says that it can't.
  func begin() async throws {
    try disk?.fill()
    try shim?.fail(trouble == .logFails ? "wal" : "data")
  }

  /// Brings about that the server notices, as far as recording alone doesn't.
  func provoke() async {
    let statement: String? =
      switch trouble {
      // There may be room in a segment of the log, and in another one that is ready.
      case .logFull: "select pg_switch_wal()"
      case .dataFails: "checkpoint"
      case .dataFull, .logFails: nil
      }
    if let statement { try? await ledger.server.run(statement) }
  }

  /// The disk is as it should be, and the server goes on.
  func end() async throws {
    disk?.free()
    try shim?.fail(nil)
    try await ledger.server.comeBack()
  }
}

/// The shim that lets synchronizing fail, and the file that tells it when.
private final class FailingSync {
  private let folder: URL
  private var order: URL { folder.appendingPathComponent("order") }

  init() async throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("failing-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "failing_fsync.c")
    try await shell("cc -shared -fPIC -O1 -o '\(library)' '\(source.path)' -ldl")
    for path in [folder.path, library] {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private var library: String { folder.appendingPathComponent("failing_fsync.so").path }

  var environment: [String: String] { ["LD_PRELOAD": library, "FAILING_FSYNC": order.path] }

  /// - Parameter what: `wal` or `data`; `nil` when nothing is to fail.
  func fail(_ what: String?) throws {
    guard let what else { return try FileManager.default.removeItem(at: order) }
    try Data(what.utf8).write(to: order)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: order.path)
  }
}
