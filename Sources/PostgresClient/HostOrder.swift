/// In which order a connection string's hosts are tried: where a connection was had first, where one broke last.
///
/// libpq takes the first that will do, and a primary that went silent, or was replaced without having noticed, may
/// still look as if it did. A string that names one host, or none, stays as it is.
struct HostOrder: Sendable {
  /// What to connect with.
  private(set) var connectionString: String
  private var settings: [ConnectionString.Setting] = []
  private var hosts: [Host] = []

  /// As libpq tells of a connection's.
  typealias Server = (host: String, port: String)

  private struct Host: Sendable, Equatable {
    var name: String?
    var address: String?
    var port: String?

    func isAt(_ server: Server) -> Bool {
      // Without a name, the address stands for it.
      let name = name.flatMap { $0.isEmpty ? nil : $0 } ?? address
      return name == server.host && (port.map { $0.isEmpty || $0 == server.port } ?? true)
    }
  }

  init(_ connectionString: String) {
    self.connectionString = connectionString
    // What can't be read is for libpq to complain of.
    guard let parsed = try? ConnectionString(parsing: connectionString) else { return }
    func list(_ keyword: String) -> [String]? {
      let value = parsed.settings.first { $0.keyword == keyword }?.value
      return value?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let (names, addresses, ports) = (list("host"), list("hostaddr"), list("port"))
    let count = names?.count ?? addresses?.count ?? 0
    // Lists of unequal length are for libpq to complain of; one port is for all.
    guard count > 1, addresses.map({ $0.count == count }) ?? true,
      ports.map({ $0.count == count || $0.count == 1 }) ?? true
    else { return }
    hosts = (0..<count).map { index in
      Host(
        name: names?[index], address: addresses?[index], port: ports.map { $0.count == 1 ? $0[0] : $0[index] }
      )
    }
    settings = parsed.settings.filter { !["host", "hostaddr", "port"].contains($0.keyword) }
  }

  /// A connection to this server was had.
  mutating func prefer(_ server: Server) { move(server) { [$1] + $0 } }

  /// A connection to this server broke, or was of no use.
  mutating func avoid(_ server: Server) { move(server) { $0 + [$1] } }

  private mutating func move(_ server: Server, _ place: ([Host], Host) -> [Host]) {
    guard let index = hosts.firstIndex(where: { $0.isAt(server) }) else { return }
    var others = hosts
    let moved = others.remove(at: index)
    let ordered = place(others, moved)
    guard ordered != hosts else { return }
    hosts = ordered
    let lists = [
      ("host", hosts.map(\.name)), ("hostaddr", hosts.map(\.address)), ("port", hosts.map(\.port)),
    ]
    let named = lists.compactMap { keyword, values in
      values.contains(nil)
        ? nil
        : ConnectionString.Setting(keyword: keyword, value: values.compactMap(\.self).joined(separator: ","))
    }
    connectionString = (named + settings).map(\.written).joined(separator: " ")
  }
}
