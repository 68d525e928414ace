import Testing

@testable import PostgresClient

@Suite("Why no connection came about")
struct ConnectRefusalTests {
  @Test(
    "The server's code is found in libpq's text, in any language",
    arguments: [
      ("connection to server at \"h\", port 1 failed: FATAL:  28P01: no\nLOCATION:  f, auth.c:3\n", "28P01"),
      ("connection to server on socket \"/s\" failed: 致命错误:  3D000: 数据库不存在\n", "3D000"),
      ("FATAL:  53300: sorry, too many clients already", "53300"),
    ])
  func code(message: String, code: String) {
    #expect(ConnectRefusal.isByServer(message))
    #expect(ConnectRefusal.sqlState(inVerbose: message)?.rawValue == code)
  }

  @Test(
    "Of several servers the last one decides",
    arguments: [
      (
        "connection to server at \"a\", port 1 failed: FATAL:  57P03: starting up\n"
          + "connection to server at \"b\", port 1 failed: Connection refused\n\tIs the server running?\n",
        nil
      ),
      (
        "connection to server at \"a\", port 1 failed: Connection refused\n\tIs the server running?\n"
          + "connection to server at \"b\", port 1 failed: FATAL:  28000: role \"x\" does not exist\n",
        "28000"
      ),
    ] as [(String, String?)])
  func last(message: String, code: String?) {
    #expect(ConnectRefusal.isByServer(message) == (code != nil))
    #expect(ConnectRefusal.sqlState(inVerbose: message)?.rawValue == code)
  }

  @Test(
    "What can't get better by another attempt is told from what may",
    arguments: [
      ("28P01", true), ("28000", true), ("3D000", true), ("42501", true), ("53300", false),
      ("57P03", false), ("08P01", false), (nil, false),
    ] as [(String?, Bool)])
  func permanence(code: String?, isPermanent: Bool) {
    let error = PostgresError(.unreachable, "no", sqlState: code.map { SQLState(rawValue: $0) })
    #expect(error.isPermanentRefusal == isPermanent)
  }
}
