/// Words of a command line without the passwords in them, for sentences that quote what was mistyped.
enum HiddenPasswords {
  static func hiding(in text: String) -> String {
    // What stands between a colon and the last @ of a URL's server, and behind a setting that is called password.
    text.replacing(#/(://[^\s/:@]*:)[^\s/]*@/#) { "\($0.output.1)***@" }
      .replacing(#/(password=)('(?:[^'\\]|\\.)*'?|[^\s&']+)/#.ignoresCase()) { "\($0.output.1)***" }
  }
}
