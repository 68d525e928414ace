import Foundation
import GuaranteeLedger
import LedgerTestSupport
import PostgresClient
import TestSupport
import Testing

@Suite("What the library reads by")
struct DeskTests {
  /// The functions that the library's sources name.
  private func read() throws -> Set<String> {
    let folder =
      URL(fileURLWithPath: #filePath).pathComponents.dropLast(3).joined(separator: "/")
      .dropFirst() + "/Sources/GuaranteeLedger"
    let files = FileManager.default.enumerator(atPath: String(folder))?.compactMap { $0 as? String } ?? []
    var names: Set<String> = []
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      names.formUnion(
        text.matches(of: /Reading\("(\w+)"|rows\(of: "(\w+)"/).map { String($0.1 ?? $0.2 ?? "") })
    }
    return names.union(Report.allCases.map { "report_" + $0.rawValue.replacing("-", with: "_") })
  }

  @Test("Whatever it reads for the owner, it may read for people too")
  func whole() async throws {
    let names = try read()
    #expect(names.count > 20 && names.contains("report_pending") && names.contains("due"))
    try await Office.with { office in
      let there = try await office.rows(
        "select distinct proname from pg_proc where pronamespace = 'guarantee_desk'::regnamespace")
      #expect(names.subtracting(there.map { $0[0] }) == [])
    }
  }

  @Test("It is planned alike on every server, however that is set")
  func settings() async throws {
    try await Office.with { office in
      let others = try await office.rows(
        """
        select oid::regprocedure from pg_proc where pronamespace in ('guarantee_desk'::regnamespace, 'guarantee_desk_past'::regnamespace)
           and not coalesce(proconfig @> '{plan_cache_mode=force_custom_plan,random_page_cost=1.1,jit=off}', false)
        """)
      #expect(others == [])
    }
  }

  /// The rows of a report by pages of a size.
  private func pages(
    of size: Int, _ report: Report, _ selection: RowSelection, in ledger: Ledger
  ) async throws -> [[String: String]] {
    var selection = selection
    selection.limit = size
    var names: [String] = []
    var rows: [[String: String]] = []
    repeat {
      selection.after = try await ledger.report(
        report, rows: selection, columns: { names = $0.map(\.name) },
        row: { row in rows.append(Dictionary(zip(names, row.map { $0 ?? "" })) { $1 }) })
    } while selection.after != nil
    return rows
  }

  @Test("People's pages have the owner's rows, those of their offices, in the same order")
  func peoplesPages() async throws {
    try await Office.with { office in
      try await office.add("auditor", .auditor, at: nil)
      try await office.add("clerk", .clerk)
      var byCurrency = RowSelection()
      byCurrency.filters = [.currency: "CNY"]
      var backwards = RowSelection()
      backwards.sort = [.init(column: "office", isDescending: true)]
      var ofSomeOffices = 0
      for report in Report.allCases where report != .statement {
        for selection in [RowSelection(), byCurrency, backwards] {
          guard let owners = try? await pages(of: 50, report, selection, in: office.owner) else { continue }
          let auditors = try await office.acting(as: "auditor") {
            try await pages(of: 2, report, selection, in: $0)
          }
          #expect(auditors == owners, "\(report)")
          guard owners.first?["office"] != nil else { continue }
          let clerks = try await office.acting(as: "clerk") {
            try await pages(of: 2, report, selection, in: $0)
          }
          #expect(clerks == owners.filter { ["QINGDAO", ""].contains($0["office"]) }, "\(report)")
          if clerks.count < owners.count { ofSomeOffices += 1 }
        }
      }
      #expect(ofSomeOffices > 10)
    }
  }

  @Test("An owner who may not make the server's roles reads pages too, by the owner's own rights")
  func withoutRoles() async throws {
    let server = try await TemporaryServer.shared
    try await server.run("create role desk_keeper login")
    try await server.withDatabase { url in
      let database = try #require(url.split(separator: " ").first { $0.hasPrefix("dbname=") }?.dropFirst(7))
      try await server.run("alter database \(database) owner to desk_keeper")
      let own = url.replacing("user=postgres", with: "user=desk_keeper")
      let steps = try await Ledger.migrate(own)
      #expect(steps.last?.contains("made no roles for people") == true, "\(steps)")
      let ledger = try await Ledger.open(.patient(own))
      let results = try await ledger.record([
        Office.event("Q", "register_office", ["office": "QINGDAO", "zone": "Z"]),
        Office.event("PG", "register_party", ["party": "BANK", "kind": "guarantor"]),
        Office.money("M", "100.00"),
      ])
      #expect(results.allSatisfy { $0.refusal == nil })
      #expect(try await ledger.balances(limit: 1).all().count == 1)
      let rows = try await pages(of: 1, .journal, RowSelection(), in: ledger)
      #expect(rows.count == 2)
      await ledger.close()
    }
    try await server.run("drop role desk_keeper")
  }

  /// Pages with a text in each place that one may come.
  private static func pages(with text: String) throws -> [String] {
    let json = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
    let filters = ["equal", "since", "due_within", "of_disputes_due_within", "of_disputes"].flatMap {
      condition in
      [
        #"[{"is":"\#(condition)","column":\#(json),"value":"CNY"}]"#,
        #"[{"is":"\#(condition)","column":"currency","value":\#(json)}]"#,
      ]
    }
    let orders = [
      #"[{"column":\#(json),"after":"a"}]"#, #"[{"column":"dispute","after":\#(json)}]"#,
      #"[{"column":"dispute","ranks":\#(json)}]"#,
      #"[{"column":"dispute","is_empty_last":"yes","after":\#(json)}]"#,
    ]
    return filters.map { #"{"rows":{},"filters":\#($0),"order":[]}"# }
      + orders.map { #"{"rows":{"is_later":"yes","is_sorted":"yes"},"filters":[],"order":\#($0)}"# }
      + [#"{"rows":{"limit":\#(json)},"filters":[],"order":[]}"#, json]
  }

  @Test("Whatever a page is asked by gives an error or rows that one may see")
  func hostilePages() async throws {
    try await Office.with { office in
      try await office.add("clerk", .clerk)
      var shown = 0
      try await office.session(of: "clerk") { connection in
        for page in try (NastyTexts.all + ["dispute", "within", "office\" = 'HARBIN' or true --"]).flatMap(
          Self.pages(with:))
        {
          do throws(PostgresError) {
            let found = try await connection.query(
              "select office from guarantee_desk.report_disputes(page => $1::jsonb)", [page])
            #expect(found.rows.allSatisfy { $0[0] == "QINGDAO" }, "\(page)")
            shown += found.rows.count
          } catch {
            #expect(error.kind == .server, "\(page): \(error)")
          }
        }
      }
      #expect(shown > 0)
      #expect(try await office.findings() == [])
    }
  }
}
