import Testing

@testable import PostgresClient

@Suite("The order in which hosts are tried")
struct HostOrderTests {
  /// The hosts of what is connected with, with their ports.
  private func hosts(_ order: HostOrder) throws -> String {
    let settings = try ConnectionString(parsing: order.connectionString).settings
    return ["host", "hostaddr", "port"].compactMap { keyword in
      settings.first { $0.keyword == keyword }.map { "\(keyword) \($0.value)" }
    }.joined(separator: " ")
  }

  @Test("Where a connection was had comes first, where one broke comes last, and the rest stays as it was")
  func order() throws {
    var order = HostOrder("host=a,b,c dbname='the ledger' password=secret")
    order.avoid(("a", "5432"))
    #expect(try hosts(order) == "host b,c,a")
    order.prefer(("c", "5432"))
    #expect(try hosts(order) == "host c,b,a")
    order.prefer(("c", "5432"))
    order.avoid(("a", "5432"))
    #expect(order.connectionString == "host=c,b,a password=secret dbname='the ledger'")
  }

  @Test(
    "Addresses and ports go with their hosts",
    arguments: [
      ("host=a,b port=1,2", "host b,a port 2,1"), ("host=a,b port=1", "host b,a port 1,1"),
      ("host=a,b port=,2", "host b,a port 2,"), ("postgresql://a:1,b:2/ledger", "host b,a port 2,1"),
      ("hostaddr=a,b", "hostaddr b,a"),
      ("host=a,b hostaddr=1.1.1.1,2.2.2.2", "host b,a hostaddr 2.2.2.2,1.1.1.1"),
      ("host=a,a port=1,2", "host a,a port 2,1"),
    ])
  func lists(string: String, expected: String) throws {
    var order = HostOrder(string)
    order.avoid(("a", "1"))
    #expect(try hosts(order) == expected)
  }

  @Test(
    "What names one host, none, or more than there are ports for stays as it is",
    arguments: ["host=a", "dbname=ledger", "service=ledger", "host=a,b port=1,2,3", "host='a", ""])
  func untouched(string: String) {
    var order = HostOrder(string)
    order.avoid(("a", "5432"))
    order.prefer(("b", "5432"))
    #expect(order.connectionString == string)
  }

  @Test("A server that is none of them changes nothing")
  func stranger() {
    var order = HostOrder("host=a,b port=1,2")
    order.avoid(("a", "2"))
    order.prefer(("c", "1"))
    #expect(order.connectionString == "host=a,b port=1,2")
  }
}
