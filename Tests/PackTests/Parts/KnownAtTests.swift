import Foundation
import PostgresClient
import TestSupport
import Testing

@testable import GuaranteeLedger

@Suite("Packs as known at a time")
struct KnownAtTests {
  @Test("A pack as known at a time has the bytes of the pack that was made then")
  func pairs() async throws {
    try await withPackedLedger { ledger, folder in
      var kept: [(time: LedgerTime, path: String, part: PackPart?)] = []
      for (step, event) in Self.events.enumerated() {
        if step == 4 { #expect(try await ledger.seal(with: SealingKey()) != nil) }
        let result = try await ledger.record([event]).first
        #expect((result?.refusal == nil) == (step % 4 != 3), "\(step)")
        let time = try await Self.now(ledger)
        for part in Self.parts {
          let path = folder.file("\(step) \(part?.rawValue ?? "whole")")
          try await Self.export(ledger, part, to: path)
          kept.append((time, path, part))
        }
      }
      for (time, path, part) in kept {
        try await Self.export(ledger.knownAt(time), part, to: path + " again")
        let (then, now) = (try PackCopy(of: path), try PackCopy(of: path + " again"))
        #expect(try then.names == now.names)
        for name in try then.names { #expect(try then.bytes(name) == now.bytes(name), "\(path), \(name)") }
      }
      #expect(kept.count == 8 * Self.parts.count)
    }
  }

  /// The whole ledger and some of its parts.
  private static let parts: [PackPart?] = [nil, .dispute, .officeInPeriod, .additions]

  private static func export(_ ledger: Ledger, _ part: PackPart?, to path: String) async throws {
    _ = try await ledger.export(
      to: path, selecting: part?.selection ?? PackSelection(), adding: part?.additions ?? [])
  }

  private static func now(_ ledger: Ledger) async throws -> LedgerTime {
    let text = try await ledger.query(
      "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    ).rows.first?[0]
    return try #require((text ?? nil).flatMap { LedgerTime($0) })
  }

  /// Every fourth is refused.
  private static let events: [Event] = (0..<8).map { step in
    let isRefused = step % 4 == 3
    return Event(
      key: "K-\(step)", on: "2025-03-\(step < 6 ? "0\(9 - step)" : "10")",
      name: isRefused ? "refund_funds" : "receive_unidentified",
      fields: [
        "office": step % 2 == 0 ? "HARBIN" : "QINGDAO", "amount": "\(step + 1)", "currency": "CNY",
        isRefused ? "guarantor" : "reference": "nobody",
      ])
  }
}
