import Glibc
import Testing

@testable import PrivatePostgres

@Suite("Starting and stopping", .timeLimit(.minutes(30)))
struct StartTests {
  @Test("The first start makes a cluster whose connection string psql takes as it is")
  func firstStart() async throws {
    try await TemporaryServer.with { test in
      #expect(test.server.status().state == .absent)
      let connection = try await test.server.start()
      #expect(
        try await psql(connection, "select current_user, current_database()") == "guarantee|guarantee")
      #expect(
        try await psql(connection, "select pg_encoding_to_char(encoding), datcollate from pg_database")
          .split(separator: "\n").allSatisfy { $0 == "UTF8|C" })
      #expect(try FileSystem.names(in: test.dataFolder.path).sorted() == ["cluster", "lock", "start.log"])
    }
  }

  @Test("The server is set up as it must be, even against the cluster's own files")
  func settings() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      _ = try await test.query("alter system set fsync = off")
      _ = try await test.server.stop()
      let expected = [
        "listen_addresses": "", "fsync": "on", "full_page_writes": "on", "synchronous_commit": "on",
        "data_checksums": "on", "unix_socket_permissions": "0700", "log_min_messages": "log",
      ]
      for (name, value) in expected { #expect(try await test.query("show \(name)") == value, "\(name)") }
    }
  }

  @Test("A running server is found without looking for programs or starting a process")
  func foundRunning() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      let connection = try await test.server.start()
      let process = try test.process()
      var other = PrivateServer(dataDirectory: test.dataFolder.path)
      // Whoever looked for programs would fail here.
      other.programPlaces = .init(pgConfig: nil, debian: "/nowhere")
      #expect(try await other.start() == connection)
      #expect(other.status().process == process)
    }
  }

  @Test("What was committed is there after a stop and another start")
  func laterStart() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      _ = try await test.query("create table kept as select 42 as value")
      let first = try test.process()
      #expect(try await test.server.stop())
      #expect(try await test.query("select value from kept") == "42")
      #expect(try test.process() != first)
    }
  }

  @Test("Stopping disconnects clients, waits for the end, and says whether there was anything to stop")
  func stop() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      #expect(try await !test.server.stop())
      let connection = try await test.server.start()
      async let client = run("psql", [connection, "-XAtqc", "select pg_sleep(600)"])
      try await until("the client's query") {
        ClusterState.processes(of: test.dataFolder).contains {
          (FileSystem.text(of: "/proc/\($0)/cmdline") ?? "").contains("SELECT")
        }
      }
      #expect(try await test.server.stop())
      #expect(try await client.ending != .exit(0))
      #expect(ClusterState.processes(of: test.dataFolder).isEmpty)
      #expect(try await !test.server.stop())
    }
  }

  @Test("The status tells where everything is, and starts and makes nothing")
  func status() async throws {
    try await TemporaryServer.with { test in
      let absent = test.server.status()
      #expect(absent.state == .absent)
      #expect(absent.version == nil)
      #expect(access(test.dataFolder.path, F_OK) != 0)

      let connection = try await test.server.start()
      let running = test.server.status()
      #expect(running.state == .running)
      #expect(running.connectionString == connection)
      #expect(running.socketFolder == test.dataFolder.cluster)
      #expect(running.dataDirectory == test.folder + "/ledger")
      let served = try await psql(connection, "show server_version_num")
      #expect(running.version == String(served.dropLast(4)))

      _ = try await test.server.stop()
      let stopped = test.server.status()
      #expect(stopped.state == .stopped)
      #expect(stopped.process == nil && stopped.connectionString == nil)
      #expect(stopped.version == running.version)
    }
  }

  @Test("The server is out of reach of the program's terminal, signals and pipes")
  func detached() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      // Reads the probe's output to its end, which an inherited pipe would put off until the server's.
      let started = try await run(probe, ["start", test.dataFolder.path])
      #expect(started.ending == .exit(0))
      let server = try test.process()
      #expect(getsid(server) == server)
      #expect(getpgid(server) == server)
      let open = try FileSystem.names(in: "/proc/\(server)/fd").compactMap {
        FileSystem.identity(of: "/proc/\(server)/fd/\($0)")
      }
      #expect(open.contains { $0 == FileSystem.identity(of: "/dev/null") })
      #expect(try await test.query("select 1") == "1")
    }
  }

  @Test("Refused statements are no news for the server's log")
  func quietLog() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      _ = try await test.query("select 'a name that nobody may read'::int")
      _ = try await test.server.stop()
      let logs = test.server.status().logs
      let text = try FileSystem.names(in: logs).compactMap { FileSystem.text(of: logs + "/" + $0) }.joined()
      #expect(text.contains("ready to accept connections"))
      #expect(!text.contains("nobody may read"))
    }
  }
}
