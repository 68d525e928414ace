import Foundation
import GuaranteeLedger
import Testing

@Suite("Event files on disk")
struct EventFileTests {
  @Test("A file is read to its end, and its size is known")
  func reads() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "events-\(UUID()).csv").path
    let text = "key,on,event\nA,2026-01-05,detain\n"
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = try EventFile(path: path)
    #expect(file.byteCount == text.utf8.count)
    let row = try #require(try file.next())
    #expect(row.event == Event(key: "A", on: "2026-01-05", name: "detain"))
    #expect(row["on"] == "2026-01-05")
    #expect(try file.next() == nil)
    #expect(try file.next() == nil)
    #expect(file.bytesRead == text.utf8.count)
  }

  @Test("A missing file and a folder are named with the reason")
  func unreadable() throws {
    #expect { try EventFile(path: "/no/such/file") } throws: {
      "\($0)" == "/no/such/file: No such file or directory."
    }
    let folder = try EventFile(path: "/tmp")
    #expect { try folder.next() } throws: { "\($0)" == "/tmp: Is a directory." }
  }

  @Test("The columns of the rules are known to files")
  func knownFields() {
    #expect(Set(["key", "on", "event"]).isSubset(of: Event.knownFields))
    #expect(Event.knownFields == Event.knownFields.sorted())
  }
}
