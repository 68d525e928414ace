/// A hundred texts that break programs which trust what they are given.
enum NastyTexts {
  static let all = sql + shells + screens + sheets + formats + letters + numbers

  private static let sql = [
    "'", "''", "\"", "'; drop table guarantee.event; --", "\\'; select pg_sleep(100); --", "1 or 1=1",
    "' or ''='", "x') returning 1; --", "$$", "$1", "$body$; rollback; $body$", "E'\\\\x41'", "%s%n%d", "%",
    "_",
    "\\", "\\\\", "\\.", "\\N", "; commit; begin;", "/* */", "--", "null", "NULL", "default", "U&'\\0041'",
  ]
  private static let shells = [
    "$(touch pwned)", "`touch pwned`", "; rm -rf x", "| cat", "&& true", "-rf", "--help", "--database=x",
    "@file", "<x",
    ">x", "*", "~", "!!", "../../etc/passwd", "/dev/zero", "C:\\con", "a\u{0}b",
  ]
  private static let screens = [
    "\u{1B}[2J", "\u{1B}]0;title\u{7}", "\u{1B}]52;c;AAAA\u{7}", "\u{9B}31m", "a\rb", "a\u{8}b", "\u{7}",
    "\u{7F}", "\u{85}",
    "\u{202E}txt", "\u{2066}x\u{2069}", "\u{200F}x", "\u{200B}", "\u{FEFF}x", "\u{2028}", "\u{E0041}", "a\nb",
    "a\tb",
  ]
  private static let sheets = [
    "=1+1", "+1", "-1", "@sum", "=cmd|' /C calc'!A0", "\t=1", "\n=1", "＝1+1", "'=1", " =1", "007", "1E5",
  ]
  private static let formats = [
    "a,b", "\"a\"", "{}", "{\"key\":\"x\"}", "{key}", "{asked}", "[]", "<b>x</b>", "&amp;", "]]>", "\\u0041",
    "key,on,event",
  ]
  private static let letters = [
    "e\u{301}", "é", "ﬁ", "保证金", "🧾", "İ", "ß", " x", "x ", "\u{A0}x", "\u{3000}",
    String(repeating: "a\u{301}", count: 60),
    String(repeating: "x", count: 65), String(repeating: "長", count: 5_000),
  ]
  private static let numbers = [
    "0", "-0", "１２", "99999999999999999999", "NaN", "1e400", "true", "2026-02-30",
  ]
}
