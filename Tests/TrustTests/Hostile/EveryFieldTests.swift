import Foundation
import GuaranteeLedger
import LedgerSQL
import PostgresClient
import TestSupport
import Testing

@Suite("A hundred nasty texts in every field of every event")
struct EveryFieldTests {
  /// What an event of the rules can hold, as the database has it.
  private struct Field {
    let name: String
    /// Whether a value of one's own may be given, so that nasty ones may be accepted.
    let isFree: Bool
  }

  /// The story that has an event of each kind at a time when it is accepted.
  private static let story = LedgerSQL.files.first { $0.path == "stories/examples.csv" }?.text ?? ""

  /// Records each event of a JSON array as if it were alone and takes it back, within one round trip.
  private static let alone = """
    create function public.alone(events jsonb) returns table (code text, message text, stored jsonb) language plpgsql as $$
    declare e jsonb;
    begin
      for e in select value from jsonb_array_elements(events) with ordinality order by ordinality loop
        begin
          stored := null;
          select r.result, r.message into code, message from guarantee_api.record(jsonb_build_array(e)) r;
          select x.fields || jsonb_build_object('key', x.key, 'on', x."on", 'event', x.event) into stored
            from guarantee.event x where x.key = e ->> 'key';
          raise exception using errcode = 'XX999';
        exception when sqlstate 'XX999' then
          return next;
        end;
      end loop;
    end $$
    """

  @Test("Each is refused or read back unchanged, and nothing else happens")
  func everyField() async throws {
    try await TemporaryServer.shared.withDatabase { url in
      _ = try await Ledger.migrate(url)
      let connection = try await PostgresConnection.connect(to: url)
      try await connection.execute(Self.alone)
      let fields = try await Self.fields(connection)
      var seen: Set<String> = []
      var counts = (tried: 0, accepted: 0, fields: 0)
      for event in try Self.events() {
        let name = event["event"] ?? ""
        if seen.insert(name).inserted {
          for field in fields[name] ?? [] {
            let accepted = try await tried(field, of: event, over: connection)
            counts = (counts.tried + NastyTexts.all.count, counts.accepted + accepted, counts.fields + 1)
          }
        }
        let recorded = try await connection.query(
          "select result from guarantee_api.record($1::jsonb)", [Self.json([event])])
        #expect(recorded.value == "recorded", "\(event)")
      }
      #expect(seen == Set(fields.keys), "the story lacks an event")
      #expect(counts.accepted > 1000)
      print("EveryFieldTests: \(counts.tried) texts in \(counts.fields) fields, \(counts.accepted) accepted")
      #expect(try await connection.query("select count(*) from guarantee_api.check_ledger()").value == "0")
      await connection.close()
    }
  }

  /// - Returns: How many of the texts were accepted.
  private func tried(
    _ field: Field, of event: [String: String], over connection: PostgresConnection
  ) async throws -> Int {
    // A database stores no NUL: the library refuses it before.
    let texts = NastyTexts.all.filter { !$0.utf8.contains(0) }
    let mayFit = texts.filter { field.isFree || Self.values.contains($0) }
    var accepted = try await tried(mayFit, in: field, of: event, by: "public.alone", over: connection)
    // What can be no value of the field's is refused as one of a batch, since nothing follows from it.
    let mustNot = texts.filter { !field.isFree && !Self.values.contains($0) }
    let batch =
      "(select result as code, message, null::jsonb as stored from guarantee_api.record($1::jsonb) order by \"position\")"
    let wrongly = try await tried(mustNot, in: field, of: event, by: batch, over: connection)
    #expect(wrongly == 0, "\(field) of \(event)")
    accepted += wrongly
    return accepted
  }

  /// Those of the texts that an amount or a truth value may be.
  private static let values = ["0", "007", "true"]

  private func tried(
    _ texts: [String], in field: Field, of event: [String: String], by source: String,
    over connection: PostgresConnection
  ) async throws -> Int {
    let events = texts.enumerated().map { number, text in
      event.merging(["key": "N-\(number)"]) { $1 }.merging([field.name: text]) { $1 }
    }
    let from = source.hasPrefix("(") ? source + " x" : source + "($1::jsonb)"
    let rows = try await connection.query(
      "select code, message, stored::text from \(from)", [Self.json(events)]
    )
    .rows.map { ($0[0], $0[1], $0[2]) }
    var accepted = 0
    #expect(rows.count == events.count)
    for ((code, message, stored), event) in zip(rows, events) {
      if code == "recorded" || code == "pending" {
        accepted += 1
        let found = try JSONDecoder().decode([String: String].self, from: Data((stored ?? "{}").utf8))
        #expect(found == event, "\(event)")
      } else {
        #expect(stored == nil)
        let hurts = (message ?? "").unicodeScalars.contains {
          $0.value < 0x20 || (0x7F...0x9F).contains($0.value)
        }
        #expect(message != nil && !hurts, "\(event) is refused with \(message ?? "nothing")")
      }
    }
    return accepted
  }

  private static func fields(_ connection: PostgresConnection) async throws -> [String: [Field]] {
    let rows = try await connection.query(
      """
      select event, field, field = 'key' or type = 'text' or type = 'code' and adds_to is not null
        from guarantee.event_field order by event, ordinal
      """
    ).rows
    return Dictionary(grouping: rows.map { ($0[0] ?? "", Field(name: $0[1] ?? "", isFree: $0[2] == "t")) }) {
      $0.0
    }
    .mapValues { $0.map(\.1).filter { $0.name != "event" } }
  }

  private static func events() throws -> [[String: String]] {
    let rows = story.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    return rows.dropFirst().map { row in
      Dictionary(zip(rows[0].map(String.init), row.map(String.init))) { $1 }.filter { !$0.value.isEmpty }
    }
  }

  private static func json(_ events: [[String: String]]) throws -> String {
    String(decoding: try JSONEncoder().encode(events), as: UTF8.self)
  }
}
