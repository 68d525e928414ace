import Glibc
import Testing

@testable import PrivatePostgres

@Suite("Surviving what goes wrong", .timeLimit(.minutes(30)))
struct SurvivalTests {
  @Test("After a kill -9 the next start recovers what was committed")
  func killed() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      _ = try await test.query("create table kept as select 42 as value")
      let killed = try test.process()
      try await test.killServer()
      #expect(try await test.query("select value from kept") == "42")
      #expect(try test.process() != killed)
    }
  }

  @Test("A killed server's backend that goes on working is ended after some time")
  func leftovers() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      var server = test.server
      server.patience.leftovers = .milliseconds(100)
      let connection = try await server.start()
      async let client = run("psql", [connection, "-Xqc", "select count(*) from generate_series(1, 1e12)"])
      try await until("the client's query") {
        ClusterState.processes(of: test.dataFolder).contains {
          (FileSystem.text(of: "/proc/\($0)/cmdline") ?? "").contains("SELECT")
        }
      }
      try await test.killServer()
      try #require(try await psql(server.start(), "select 1") == "1")
      #expect(try await client.ending != .exit(0))
    }
  }

  @Test("A pid file whose number now belongs to another process of the same user does no harm")
  func reusedNumber() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      _ = try await test.query("create table kept as select 42 as value")
      try await test.killServer()
      let user = try UserAccount.running(test.dataFolder)
      let null = try Descriptor("/dev/null", O_WRONLY)
      let other = try ChildProcess(
        .init(program: "sleep", arguments: ["600"], environment: ["PATH": "/usr/bin:/bin"], user: user),
        output: null.raw)
      defer {
        kill(other.id, SIGKILL)
        waitpid(other.id, nil, 0)
      }
      try replaceFirstLine(of: test.dataFolder.cluster + "/postmaster.pid", with: "\(other.id)")
      try replaceFirstLine(of: test.dataFolder.cluster + "/.s.PGSQL.5432.lock", with: "\(other.id)")
      #expect(test.server.status().state == .stopped)
      #expect(try await !test.server.stop())
      #expect(try await test.query("select value from kept") == "42")
      #expect(other.ending() == nil)
    }
  }

  @Test(
    "A pid file that a power cut left empty or broken does no harm", arguments: ["", "nonsense\n", "0\n"])
  func brokenPidFile(text: String) async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      let file = test.dataFolder.cluster + "/postmaster.pid"
      _ = try Descriptor(file, O_CREAT | O_WRONLY)
      try FileSystem.append(text, to: file)
      #expect(test.server.status().state == .stopped)
      #expect(try await test.query("select 1") == "1")
    }
  }

  @Test("A running server whose socket was deleted is replaced")
  func deletedSocket() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      _ = try await test.server.start()
      let first = try test.process()
      unlink(test.dataFolder.cluster + "/.s.PGSQL.5432")
      #expect(test.server.status().state == .busy)
      #expect(try await test.query("select 1") == "1")
      #expect(try test.process() != first)
    }
  }

  @Test("A server whose socket was deleted can be stopped")
  func stopWithoutSocket() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      _ = try await test.server.start()
      unlink(test.dataFolder.cluster + "/.s.PGSQL.5432")
      #expect(try await test.server.stop())
      #expect(ClusterState.processes(of: test.dataFolder).isEmpty)
    }
  }

  private func replaceFirstLine(of path: String, with line: String) throws {
    let text = try #require(FileSystem.text(of: path))
    let rest = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    #expect(truncate(path, 0) == 0)
    try FileSystem.append(([Substring(line)] + rest).joined(separator: "\n"), to: path)
  }
}
