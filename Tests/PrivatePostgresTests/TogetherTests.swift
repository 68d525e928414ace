import Glibc
import Testing

@testable import PrivatePostgres

@Suite("Several programs", .timeLimit(.minutes(30)))
struct TogetherTests {
  @Test("Programs that start at once on a new folder share one server")
  func atOnce() async throws {
    try await TemporaryServer.with { test in
      let path = test.dataFolder.path
      let answers = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 1...4 { group.addTask { try await run(probe, ["start", path]).output } }
        for _ in 1...4 { group.addTask { try await PrivateServer(dataDirectory: path).start() } }
        return try await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(answers == ["host=\(path)/cluster port=5432 dbname=guarantee user=guarantee"])
      let processes = ClusterState.processes(of: test.dataFolder)
      let servers = processes.filter { !processes.contains(parent(of: $0)) }
      let process = try test.process()
      #expect(servers == [process])
    }
  }

  private func parent(of process: pid_t) -> pid_t {
    let status = FileSystem.text(of: "/proc/\(process)/status") ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("PPid:") }
    return line.flatMap { pid_t($0.dropFirst(5).drop(while: \.isWhitespace)) } ?? 0
  }

  @Test("A cluster half made by a program that was killed is made anew")
  func killedMaker() async throws {
    try await TemporaryServer.with { test in
      let null = try Descriptor("/dev/null", O_WRONLY)
      let maker = try ChildProcess(
        .init(
          program: probe, arguments: ["start", test.dataFolder.path], environment: ["PATH": "/usr/bin:/bin"]),
        output: null.raw)
      // On a busy machine it may be whole when it is first seen.
      try await until("half a cluster") {
        access(test.dataFolder.unfinishedCluster + "/base", F_OK) == 0
          || access(test.dataFolder.cluster, F_OK) == 0
      }
      // Its initdb goes on, and keeps the lock.
      kill(maker.id, SIGKILL)
      #expect(try await maker.finish("the probe") == .signal(SIGKILL))
      #expect(try await test.query("select 1") == "1")
      #expect(access(test.dataFolder.unfinishedCluster, F_OK) != 0)
    }
  }

  @Test("A cluster half made before a power cut is made anew")
  func halfMade() async throws {
    try await TemporaryServer.with { test in
      try FileSystem.makeFolders(test.dataFolder.unfinishedCluster + "/base/1")
      #expect(try await test.query("select 1") == "1")
    }
  }

  @Test("A start that is cancelled leaves nothing behind, and the next one succeeds")
  func cancelled() async throws {
    try await TemporaryServer.with { test in
      let server = test.server
      let task = Task { try await server.start() }
      try await until("half a cluster") { access(test.dataFolder.unfinishedCluster, F_OK) == 0 }
      task.cancel()
      let error = await #expect(throws: PrivateServerError.self) { try await task.value }
      #expect(error?.code == .cancelled)
      #expect(try await test.query("select 1") == "1")
    }
  }

  @Test("A lock that another program keeps for too long is reported")
  func busy() async throws {
    try await TemporaryServer.with { test in
      try FileSystem.makeFolders(test.dataFolder.path)
      let lock = try await FolderLock.take(test.dataFolder, patience: .seconds(1))
      var server = test.server
      server.patience.lock = .milliseconds(20)
      #expect(try await startError(server).code == .busy)
      _ = consume lock
      #expect(try await test.query("select 1") == "1")
    }
  }

  @Test("Root's server runs as another user, in a folder that only root may enter", .onlyAsRoot)
  func rootsServer() async throws {
    try await TemporaryServer.with { test in
      #expect(try await test.query("select 1") == "1")
      let owner = try #require(try FileSystem.status(of: "/proc/\(test.process())"))
      #expect(owner.st_uid != 0)
      let closed = try #require(try FileSystem.status(of: test.folder))
      #expect(closed.st_uid == 0 && closed.st_mode & 0o077 == 0)
    }
  }

  @Test("A user's server is the user's own, also when root starts it", .onlyAsRoot)
  func usersServer() async throws {
    try await TemporaryServer.with { test in
      let user = UserAccount(user: 65534, group: 65534)
      let program = try await TemporaryServer.probeForAll.value
      #expect(chmod(test.folder, 0o755) == 0)
      try FileSystem.makeFolders(test.dataFolder.path)
      #expect(chown(test.dataFolder.path, user.user, user.group) == 0)

      let connection = try await run(program, ["start", test.dataFolder.path], as: user).output
      #expect(try await test.server.start() == connection)
      #expect(try FileSystem.status(of: "/proc/\(test.process())")?.st_uid == user.user)
      #expect(try await test.server.stop())
      #expect(try await test.server.start() == connection)
      #expect(try FileSystem.status(of: "/proc/\(test.process())")?.st_uid == user.user)
      #expect(try await run(program, ["stop", test.dataFolder.path], as: user).output == "true")
      #expect(try await run(program, ["start", test.dataFolder.path], as: user).output == connection)
    }
  }
}
