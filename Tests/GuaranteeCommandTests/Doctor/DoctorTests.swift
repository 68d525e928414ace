import Foundation
import TestSupport
import Testing

@Suite("What the doctor finds on this machine")
struct DoctorTests {
  @Test("A private ledger is well before it is made and after, and what is wrong with its folder is said")
  func privateLedger() throws {
    let folder = try TemporaryFolder()
    let books = folder.file("books")
    let program = BuiltProgram(
      environment: ["GUARANTEE_DATA_DIR": books, "HOME": folder.path, "LANG": "C.UTF-8"])
    defer { _ = try? program.run(["stop"]) }
    let before = try Examined(program)
    before.expect("data_directory", "ok", "can be made")
    before.expect("server", "ok", "There is no ledger yet")
    before.expect("server_programs", "ok", "PostgreSQL")
    #expect(folder.contents == [])
    _ = try program.output("record", "-", input: offices([("K-1", "A")]))
    _ = try program.output("stop")
    let after = try Examined(program)
    #expect(after.problems.isEmpty, "\(after.sentences)")
    for check in ["server", "durability", "checksums", "schema", "login", "backup_programs"] {
      #expect(after.states[check] != "problem" && after.states[check] != nil, "\(check)")
    }
    _ = try program.output("stop")
    chmod(books + "/cluster", 0o777)
    try Examined(program).expect("data_directory", "problem", "chmod 0700")
    chmod(books + "/cluster", 0o700)
    chmod(books, 0o777)
    try Examined(program).expect("data_directory", "warning", "chmod go-w")
    chmod(books, 0o700)
    let held = open(books + "/lock", O_RDWR)
    #expect(flock(held, LOCK_EX) == 0)
    try Examined(program).expect("lock", "warning")
    close(held)
    try FileManager.default.moveItem(atPath: books + "/cluster/PG_VERSION", toPath: books + "/cluster/away")
    try Examined(program).expect("data_directory", "problem", "PG_VERSION")
  }

  @Test("A folder that is a file, or that can't be made, is a problem")
  func noFolder() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("x", to: "file")
    for path in [file, file + "/books"] {
      let examined = try Examined(BuiltProgram(environment: ["GUARANTEE_DATA_DIR": path]))
      examined.expect("data_directory", "problem", "file")
    }
    #expect(try Examined(BuiltProgram(environment: ["GUARANTEE_DATA_DIR": "/proc/books"])).exitCode == 1)
  }

  @Test("Without the server's programs, the doctor says which package brings them")
  func noPrograms() throws {
    // In a name space of its own, there is nothing where Debian has them.
    let script = """
      unshare -m true 2>/dev/null || { echo skipped; exit; }
      unshare -m sh -c 'mount -t tmpfs none /usr/lib/postgresql && PATH=/bin exec "$0" doctor -O csv --data-dir /tmp/absent' \
        '\(BuiltProgram.path)'
      """
    let run = try BuiltProgram(path: "/bin/bash").run(["-c", script])
    guard run.output != "skipped\n" else {
      return print("DoctorTests: skipped a part: this user can't make a name space of its own")
    }
    #expect(run.exitCode == 1 && run.output.contains("server_programs,problem,"), "\(run.output)")
    #expect(run.output.contains("apt install postgresql"))
    #expect(run.output.contains("backup_programs,warning,"))
  }

  @Test("Broken profiles and settings are said, and the rest is looked at all the same")
  func settings() throws {
    let folder = try TemporaryFolder()
    var program = BuiltProgram(environment: ["XDG_CONFIG_HOME": folder.path, "HOME": folder.path])
    try FileManager.default.createDirectory(
      atPath: folder.file("guarantee"), withIntermediateDirectories: true)
    for text in [
      "{", #"{"profiles": {"a": {}}}"#, #"{"profiles": {}, "default": "gone"}"#,
      #"{"profiles": {"a": {"database": "host=x password=geheim"}}}"#,
    ] {
      _ = try folder.write(text, to: "guarantee/profiles.json")
      let examined = try Examined(program)
      if !text.contains("gone") { examined.expect("profiles", "problem") }
      #expect(examined.exitCode == 1 && examined.states["spreadsheets"] == "ok", "\(text)")
      #expect(!examined.sentences.values.contains { $0.contains("geheim") })
    }
    _ = try folder.write(
      #"{"profiles": {"a": {"database": "host=/nowhere"}}, "default": "a"}"#, to: "guarantee/profiles.json")
    program.environment["GUARANTEE_PATIENCE"] = "soon"
    let examined = try Examined(program)
    examined.expect("profiles", "ok", "a.")
    examined.expect("ledger", "ok", "default profile a")
    examined.expect("patience", "problem", "GUARANTEE_PATIENCE")
    examined.expect("server", "problem")
    examined.expect("terminal", "warning", "UTF-8")
  }

  @Test("Files that passwords come from are looked at as libpq looks at them")
  func passwordFiles() throws {
    let folder = try TemporaryFolder()
    var program = BuiltProgram(
      environment: ["GUARANTEE_DATABASE_URL": "host=/nowhere dbname=x", "HOME": folder.path])
    #expect(try Examined(program).states["password_file"] == nil)
    let file = try folder.write("*:*:*:*:x\n", to: ".pgpass")
    chmod(file, 0o644)
    try Examined(program).expect("password_file", "problem", "chmod 0600")
    chmod(file, 0o600)
    try Examined(program).expect("password_file", "ok")
    let services = try folder.write("[ledger]\npassword=x\n", to: ".pg_service.conf")
    chmod(services, 0o644)
    try Examined(program).expect("service_file", "problem", "chmod 0600")
    program.environment["PGPASSFILE"] = "/nowhere/passwords"
    try Examined(program).expect("password_file", "problem", "is not there")
    program.environment["PGPASSFILE"] = "/dev/null"
    try Examined(program).expect("password_file", "problem", "no plain file")
  }

  @Test("People read a line for each check in their language, with the state in words")
  func table() throws {
    let program = BuiltProgram(
      environment: ["GUARANTEE_DATABASE_URL": "host=/nowhere dbname=x", "HOME": "/nowhere", "COLUMNS": "80"])
    for language in ["en", "zh-Hans"] {
      let run = try program.run(["doctor", "-O", "table", "--lang", language])
      #expect(run.exitCode == 1)
      let machine = run.output.split(separator: "\n").filter {
        !$0.contains("PostgreSQL") && !$0.contains("LibreOffice") && !$0.contains("apt install")
      }
      try Golden.expect(
        machine.joined(separator: "\n") + "\n" + run.errors,
        is: (language == "en" ? "" : "chinese/") + "doctor.txt")
    }
  }
}
