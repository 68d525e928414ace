import Glibc
import Testing

@testable import PrivatePostgres

@Suite("Refusals that say what to do", .timeLimit(.minutes(30)))
struct RefusalTests {
  @Test("A data directory that is a file, or below one, is refused", arguments: ["", "/below", "/far/below"])
  func file(below: String) async throws {
    try await TemporaryServer.with("file" + below) { test in
      _ = try Descriptor(test.folder + "/file", O_CREAT | O_WRONLY)
      let error = try await startError(test.server)
      #expect(error.code == .notADirectory)
      #expect(error.path.hasPrefix(test.folder + "/file"))
    }
  }

  @Test("A folder with other files is refused and left as it is")
  func othersFolder() async throws {
    try await TemporaryServer.with { test in
      try FileSystem.makeFolders(test.dataFolder.path)
      _ = try Descriptor(test.dataFolder.path + "/thesis.tex", O_CREAT | O_WRONLY)
      let error = try await startError(test.server)
      #expect(error.code == .notOurs)
      #expect(error.description.contains("thesis.tex"))
      #expect(try FileSystem.names(in: test.dataFolder.path) == ["thesis.tex"])
    }
  }

  @Test("A cluster without its version file is refused")
  func damaged() async throws {
    try await TemporaryServer.with { test in
      try FileSystem.makeFolders(test.dataFolder.cluster)
      if geteuid() == 0 { #expect(chown(test.dataFolder.cluster, 65534, 65534) == 0) }
      #expect(try await startError(test.server).code == .damaged)
    }
  }

  @Test("A cluster that does not start for a reason of its own is refused with that reason")
  func brokenConfiguration() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      try FileSystem.append("max_connections = many\n", to: test.dataFolder.cluster + "/postgresql.conf")
      let error = try await startError(test.server)
      #expect(error.code == .startFailed)
      #expect(
        error.description.contains("max_connections") || error.description.contains("configuration file"))
    }
  }

  @Test("A cluster of another major version is refused with the ways out")
  func otherVersion() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      let file = test.dataFolder.cluster + "/PG_VERSION"
      #expect(truncate(file, 0) == 0)
      try FileSystem.append("9\n", to: file)
      let error = try await startError(test.server)
      #expect(error.code == .otherVersion)
      for way in ["postgresql-9", "pg_upgrade", "pg_dumpall"] { #expect(error.description.contains(way)) }
      #expect(test.server.status().version == "9")
    }
  }

  @Test("Without a PostgreSQL server it is said what to install")
  func noPrograms() async throws {
    try await TemporaryServer.with { test in
      var server = test.server
      server.programPlaces = .init(pgConfig: "no-such-pg_config", debian: "/nowhere")
      let error = try await startError(server)
      #expect(error.code == .programsMissing)
      #expect(error.description.contains("apt install postgresql"))
    }
  }

  @Test("Of Debian's versions the newest makes a cluster, and the fitting one runs it")
  func debianVersions() async throws {
    try await TemporaryServer.with { test in
      for version in ["9", "14", "16", "17"] {
        let bin = "\(test.folder)/\(version)/bin"
        try FileSystem.makeFolders(bin)
        // 17 is a client only.
        for program in version == "17" ? ["psql"] : ["initdb", "postgres"] {
          _ = try Descriptor("\(bin)/\(program)", O_CREAT | O_WRONLY, mode: 0o755)
        }
      }
      let places = ServerPrograms.Places(pgConfig: nil, debian: test.folder)
      let folder = test.dataFolder
      #expect(try await ServerPrograms.find(for: nil, of: folder, in: places).version == "16")
      #expect(try await ServerPrograms.find(for: "14", of: folder, in: places).version == "14")
      let error = await #expect(throws: PrivateServerError.self) {
        try await ServerPrograms.find(for: "17", of: folder, in: places)
      }
      #expect(error?.code == .otherVersion)
    }
  }

  @Test("A cluster that root was given back from a backup as its own is refused", .onlyAsRoot)
  func rootsCluster() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      try await run("chown", ["-R", "root", test.dataFolder.cluster])
      let error = try await startError(test.server)
      #expect(error.code == .wrongOwner)
      #expect(error.description.contains("chown -R"))
    }
  }

  @Test("Another user's folder is refused", .onlyAsRoot)
  func anothersFolder() async throws {
    try await TemporaryServer.with(hasCluster: true) { test in
      let user = UserAccount(user: 65534, group: 65534)
      let program = try await TemporaryServer.probeForAll.value
      #expect(chmod(test.folder, 0o755) == 0)
      let missing = try await run(program, ["start", test.folder + "/new"], as: user).output
      #expect(missing.hasPrefix("permission_denied"))
      _ = try await test.server.start()
      let closed = try await run(program, ["start", test.dataFolder.path], as: user).output
      #expect(closed.hasPrefix("permission_denied"))
      #expect(chmod(test.dataFolder.path, 0o777) == 0)
      let open = try await run(program, ["start", test.dataFolder.path], as: user).output
      #expect(open.hasPrefix("wrong_owner"))
    }
  }
}
