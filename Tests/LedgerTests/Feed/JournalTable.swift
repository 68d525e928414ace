import GuaranteeLedger
import PostgresClient

/// An event with its entries as text that can be compared.
struct JournalLine: Hashable, CustomStringConvertible {
  let position: EventPosition
  /// Key, date, name, fields, and the rest of the columns.
  let text: String

  var description: String { "\(position.office) \(position.sequence): \(text)" }
}

extension JournalLine {
  /// What a follower got.
  init(_ event: RecordedEvent) {
    let fields = event.event.fields.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let entries = event.entries.map {
      let amounts = $0.side == .debit ? "\($0.amount.text) -" : "- \($0.amount.text)"
      return "\($0.account) \($0.role) \($0.dispute ?? "-") \($0.guarantor ?? "-") "
        + "\(amounts) \($0.amount.currency) \($0.balance.text)"
    }
    let parts: [String?] = [
      event.event.key, event.event.on, event.event.name,
      fields.map { "\($0.key)=\($0.value)" }.joined(separator: ","),
      event.dispute, event.stage.map { $0.from?.rawValue ?? "" }, event.stage?.to.rawValue,
      event.lot.map { $0.from?.rawValue ?? "" },
      event.lot?.to.rawValue, event.reverses,
      event.recordedAt.description, event.recordedBy, event.approvedBy, entries.joined(separator: "; "),
    ]
    self.init(position: event.position, text: parts.map { $0 ?? "-" }.joined(separator: "|"))
  }

  /// What the tables hold after a position, by the time of recording, office and number, written by other means
  /// than the feed's.
  static func table(
    of connection: PostgresConnection, after position: FeedPosition = .beginning
  ) async throws -> [JournalLine] {
    let sql = """
      select e.office, e.sequence, concat_ws('|', e.key, e."on", e.event,
             (select coalesce(string_agg(f.key || '=' || f.value, ',' order by f.key collate "C"), '')
                from jsonb_each_text(e.fields) f),
             coalesce(e.dispute, '-'), coalesce(e.stage_from, '-'), coalesce(e.stage_to, '-'),
             coalesce(e.lot_from, '-'), coalesce(e.lot_to, '-'), coalesce(e.reverses, '-'),
             to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.recorded_by,
             coalesce(e.approved_by, '-'), coalesce(n.entries, ''))
        from guarantee.event e
        left join (
          select n.office, n.sequence, string_agg(concat_ws(' ',
                   concat_ws(':', a.office, a.role, nullif(a.dispute, ''), nullif(a.guarantor, ''), a.currency),
                   a.role, coalesce(nullif(a.dispute, ''), '-'), coalesce(nullif(a.guarantor, ''), '-'),
                   case when n.amount > 0 then d.amount || ' -' else '- ' || d.amount end, a.currency, d.balance),
                   '; ' order by n.line) as entries
            from guarantee.entry n
            join guarantee.account a on a.account_id = n.account_id
            join guarantee.currency c on c.currency = a.currency
            cross join lateral (
              select round(abs(n.amount) / power(10::numeric, c.minor_digits), c.minor_digits) as amount,
                     round(n.balance / power(10::numeric, c.minor_digits), c.minor_digits) as balance
            ) d
           group by n.office, n.sequence
        ) n on n.office = e.office and n.sequence = e.sequence
       order by e.recorded_at, e.office, e.sequence
      """
    return try await connection.query(sql).rows.compactMap { row in
      guard let office = row[0], let sequence = row[1].flatMap({ Int64($0) }), let text = row[2] else {
        return nil
      }
      let place = EventPosition(office: office, sequence: sequence)
      return position.includes(place) ? nil : JournalLine(position: place, text: text)
    }
  }
}

extension [JournalLine] {
  /// The lines of each office in the order in which they came.
  var byOffice: [String: [JournalLine]] { Dictionary(grouping: self) { $0.position.office } }
}
