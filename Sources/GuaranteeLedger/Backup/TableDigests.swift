import Crypto
import PostgresClient

/// What every table of a ledger comes to: how many rows it has, and a hash of them all.
struct TableDigests {
  let connection: PostgresConnection

  /// Values are written alike whatever the session, the role or the database have set.
  private static let settings = """
    set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
    set local bytea_output = 'hex'; set local extra_float_digits = 1
    """

  /// Every table with the order of its rows, which is their key's.
  private static let tables = """
    select c.relname, coalesce(
             (select string_agg(quote_ident(a.attname), ', ' order by k.ordinality)
                from pg_catalog.pg_constraint p
                cross join lateral unnest(p.conkey) with ordinality k (attnum, ordinality)
                join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
               where p.conrelid = c.oid and p.contype = 'p'),
             'x::text collate "C"')
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'guarantee' and c.relkind = 'r'
     order by c.relname collate "C"
    """

  /// Reads all rows of all tables in the transaction that is open.
  func read() async throws -> [BackupManifest.Table] {
    try await connection.execute(Self.settings)
    var digests: [BackupManifest.Table] = []
    for row in try await connection.query(Self.tables).rows {
      guard let name = row[0], let order = row[1] else { continue }
      var hasher = SHA256()
      let rows = try await connection.copyOut(
        "copy (select x.* from guarantee.\(name) x order by \(order)) to stdout"
      ) { bytes in bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) } }
      digests.append(BackupManifest.Table(name: name, rows: rows, sha256: hasher.finalize().hexDigits))
    }
    return digests
  }
}
