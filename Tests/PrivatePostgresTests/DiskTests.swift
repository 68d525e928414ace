import Glibc
import Testing

@testable import PrivatePostgres

@Suite("Disks that take nothing more", .onlyAsRoot, .timeLimit(.minutes(30)))
struct DiskTests {
  @Test("A disk that is too small for a cluster is reported, and nothing is left on it")
  func tooSmall() async throws {
    try await withDisk(megabytes: 20) { test in
      let error = try await startError(test.server)
      #expect(error.code == .diskFull)
      #expect(error.path.hasPrefix(test.folder))
      #expect(try !FileSystem.names(in: test.dataFolder.path).contains("cluster.unfinished"))
    }
  }

  @Test("A disk without a byte left is reported by a first start")
  func full() async throws {
    try await withDisk(megabytes: 1) { test in
      try fill(test.folder)
      #expect(try await startError(test.server).code == .diskFull)
    }
  }

  @Test("A disk that filled up since is reported, and the server starts when there is space again")
  func filledUp() async throws {
    try await withDisk(megabytes: 100) { test in
      try await test.takeCluster()
      try fill(test.folder)
      #expect(try await startError(test.server).code == .diskFull)
      unlink(test.folder + "/filling")
      #expect(try await test.query("select 1") == "1")
    }
  }

  @Test("A folder mounted read-only is reported, with a ledger in it and without")
  func readOnly() async throws {
    try await withDisk(megabytes: 100) { test in
      try await test.takeCluster()
      try await run("mount", ["-o", "remount,ro", test.folder])
      let error = try await startError(test.server)
      #expect(error.code == .readOnly)
      #expect(error.path.hasPrefix(test.dataFolder.path))
      #expect(test.server.status().state == .stopped)
      let other = PrivateServer(dataDirectory: test.folder + "/another/ledger")
      #expect(try await startError(other).code == .readOnly)
    }
  }

  /// The test's folder on a disk of its own.
  private func withDisk(megabytes: Int, _ body: (TemporaryServer) async throws -> Void) async throws {
    try await TemporaryServer.with("disk/ledger") { outer in
      let disk = outer.folder + "/disk"
      try FileSystem.makeFolders(disk)
      let mounted = try await run("mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", disk])
      try #require(mounted.ending == .exit(0), "\(mounted.output)")
      do {
        try await body(TemporaryServer(folder: disk, server: outer.server))
      } catch {
        Issue.record(error)
      }
      _ = try await outer.server.stop()
      #expect(try await run("umount", [disk]).ending == .exit(0))
    }
  }

  private func fill(_ folder: String) throws {
    let file = try Descriptor(folder + "/filling", O_CREAT | O_WRONLY)
    let block = [UInt8](repeating: 0, count: 4096)
    while write(file.raw, block, block.count) > 0 {}
    #expect(errno == ENOSPC)
  }
}
