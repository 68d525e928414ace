import GuaranteeLedger
import PostgresClient
import PrivatePostgres

/// Everything that can be found out about an installation, also when next to nothing of it works.
struct Examination {
  private let options: LedgerOptions
  /// How long each of the things outside may take.
  static let patience = Duration.seconds(5)

  init(_ options: LedgerOptions) {
    self.options = options
  }

  /// What was found, in the order from what is nearest to what rests on all of it.
  func findings() async -> [Finding] {
    let settings = SettingChecks()
    var findings = [settings.terminal, settings.profiles, settings.patience].compactMap { $0 }
    do throws(Failure) {
      let choice = try options.checkedChoice()
      findings += SettingChecks.ledger(choice)
      findings += await findingsOfServer(choice.place)
    } catch {
      findings.append(.problem("ledger", error.message))
      findings.append(await ProgramChecks.backup(ofServer: nil))
    }
    return findings + [ProgramChecks.spreadsheets]
  }

  private func findingsOfServer(_ place: LedgerPlace) async -> [Finding] {
    var findings: [Finding] = []
    var connectionString: String?
    switch place {
    case .foreign(let text):
      findings += PasswordFileChecks(connectionString: text).findings
      connectionString = text
    case .private(let directory):
      let checks = PrivateServerChecks(PrivateServer(dataDirectory: directory))
      findings += await checks.findings()
      if checks.isRunning || !findings.contains(where: { $0.state == .problem }) {
        let start = await checks.start()
        connectionString = start.connectionString
        findings += [start.finding].compactMap { $0 }
      }
    }
    var version: Int?
    if let connectionString {
      let checks = await ConnectionChecks.make(of: connectionString, isPrivate: place.isPrivate)
      findings += checks.findings
      version = checks.serverVersion.map { $0 / 10_000 }
    }
    return findings + [await ProgramChecks.backup(ofServer: version)]
  }
}

extension LedgerPlace {
  /// Whether the program runs the server itself.
  var isPrivate: Bool {
    if case .private = self { true } else { false }
  }
}

/// The first to come of a result and the end of the patience.
enum Patiently {
  /// - Returns: `nil` when the patience came to its end; what was done is cancelled then.
  static func waiting<Value: Sendable>(
    for patience: Duration = Examination.patience, _ body: @escaping @Sendable () async -> Value
  ) async -> Value? {
    await withTaskGroup(of: Value?.self) { group in
      group.addTask { await body() }
      group.addTask {
        try? await Task.sleep(for: patience)
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }
}
