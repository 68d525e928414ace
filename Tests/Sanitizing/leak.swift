/// Forgets what it has allocated, as a result of libpq that is never cleared would be, or uses what it has given back:
/// Address Sanitizer has to say so.
@main struct Leak {
  static func main() {
    var place: UnsafeMutablePointer<Int>? = .allocate(capacity: 1000)
    place?.initialize(repeating: CommandLine.arguments.count, count: 1000)
    print(place?.pointee ?? 0)
    if CommandLine.arguments.contains("freed") {
      place?.deallocate()
      print(place?.pointee ?? 0)
    }
    if !CommandLine.arguments.contains("leaking") { place?.deallocate() }
    place = nil
  }
}
