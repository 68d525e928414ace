import Foundation
import TestSupport

/// A server that takes TLS and SCRAM alone on an address of this machine, with certificates made by openssl.
struct TLSServer {
  let server: TemporaryServer
  /// Where it listens, on PostgreSQL's own port.
  let address: String
  /// Certificates, and the file that passwords are taken from.
  let folder: String

  static let host = "ledger.example"

  init(settings: [String] = [], listeningOn address: String? = nil) async throws {
    // A loopback address of one's own keeps apart what runs at once.
    let number = Int(getpid())
    self.address = address ?? "127.\(100 + number % 100).\(number / 100 % 250).\(Int.random(in: 1...250))"
    server = try await TemporaryServer(settings: ["listen_addresses = '\(self.address)'"] + settings)
    folder = server.folder + "/tls"
    let script = """
      set -e; umask 077; mkdir '\(folder)'; cd '\(folder)'
      authority() {
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$1" -keyout $1.key -out $1.crt
      }
      authority ours; authority theirs
      openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/CN=\(Self.host)' -keyout server.key -out server.csr
      printf 'subjectAltName=DNS:\(Self.host)\\n' >names
      openssl x509 -req -in server.csr -CA ours.crt -CAkey ours.key -CAcreateserial -days 2 -extfile names -out server.crt
      cp server.crt server.key '\(server.folder)/data/'
      printf 'local all postgres trust\\nhostssl all all all scram-sha-256\\n' >'\(server.folder)/data/pg_hba.conf'
      chmod go+rx '\(folder)'; chmod go+r ours.crt theirs.crt
      if [ "$(id -u)" = 0 ]; then chown postgres '\(server.folder)'/data/server.*; fi
      """
    try await Self.run(script)
    try await server.run("alter system set ssl = on")
    try await server.run("select pg_reload_conf()")
  }

  /// How somebody comes in as the documentation says.
  func url(_ database: String, as user: String, _ other: String = "") -> String {
    "host=\(Self.host) hostaddr=\(address) dbname=\(database) user=\(user) passfile=\(folder)/passwords"
      + " sslmode=verify-full sslrootcert=\(folder)/ours.crt channel_binding=require connect_timeout=10 "
      + other
  }

  func keep(password: String) throws {
    let path = folder + "/passwords"
    try "*:*:*:*:\(password)\n".write(toFile: path, atomically: false, encoding: .utf8)
    chmod(path, 0o600)
  }

  /// What the server has written to its log.
  func log() throws -> String { try String(contentsOfFile: server.folder + "/data/log", encoding: .utf8) }

  private static func run(_ script: String) async throws {
    try await blocking {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", script]
      let errors = Pipe()
      (process.standardError, process.standardOutput) = (errors, FileHandle.nullDevice)
      try process.run()
      let said = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        throw Office.Unexpected(what: String(decoding: said, as: UTF8.self))
      }
    }
  }
}
