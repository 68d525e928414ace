import GuaranteeLedger
import PostgresClient

/// A client of one connection without the library, as many have written it: it connects anew after each loss
/// and then does what its habit is.
actor PlainClient: RecordingClient {
  enum Habit: CaseIterable {
    /// Sends the same keys again: the only right thing.
    case sendsSameKeys
    /// Takes it that nothing was recorded, and sends the same as something new.
    case sendsNewKeys
    /// Takes it that all was recorded.
    case believesInSuccess
    /// Takes it that nothing was recorded, and says so.
    case believesInFailure
  }

  private let connectionString: String
  private let habit: Habit
  private var connection: PostgresConnection?

  init(_ connectionString: String, _ habit: Habit) {
    self.connectionString = connectionString
    self.habit = habit
  }

  func record(_ intents: [Intent], deadline: Duration) async -> [Told] {
    for sending in 1... {
      do throws(PostgresError) {
        return try await send(intents, habit == .sendsNewKeys ? sending : 1)
      } catch {
        guard error.isEffectUnknown else { continue }
        if habit == .believesInSuccess {
          return intents.map { $0.isLegal ? .recorded : .refused(.unknownParty) }
        }
        if habit == .believesInFailure { return intents.map { _ in .notRecorded(.connectionLost) } }
      }
    }
    return []
  }

  private func send(_ intents: [Intent], _ sending: Int) async throws(PostgresError) -> [Told] {
    if connection?.isOpen != true { connection = try await .connect(to: connectionString) }
    guard let connection else { return [] }
    var batch = EventBatch()
    for intent in intents { batch.append(intent.event(sending: sending)) }
    let result = try await connection.query(
      #"select result from guarantee_api.record($1::jsonb) order by "position""#, [batch.json])
    return result.rows.map { row in
      switch row[0] {
      case "recorded": .recorded
      case "replayed": .replayed
      default: .refused(RefusalCode(rawValue: row[0] ?? ""))
      }
    }
  }

  func close() async { await connection?.close() }
}
