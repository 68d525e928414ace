import Foundation
import Testing

@testable import GuaranteeCommand

@Suite("Long output")
struct PagerTests {
  /// What a terminal of 80 columns shows.
  private func shown(_ arguments: String, lines: Int, _ variables: String) throws -> String {
    let command = "stty rows \(lines) cols 80; \(variables) TERM=xterm '\(BuiltProgram.path)' \(arguments)"
    let text = try BuiltProgram().shell("script -qec \"\(command)\" /dev/null </dev/null")
    return text.replacingOccurrences(of: "\r\n", with: "\n")
  }

  private static let pager = "PAGER='sed s/^/page:/'"

  @Test("What is longer than the window goes to the pager, and nothing else does")
  func pages() throws {
    let long = try shown("help event draw", lines: 10, Self.pager)
    #expect(long.split(separator: "\n").allSatisfy { $0.hasPrefix("page:") } && long.hasPrefix("page:draw: "))
    #expect(try !shown("help event draw", lines: 100, Self.pager).contains("page:"))
    #expect(try shown("lapse --help", lines: 10, Self.pager).hasPrefix("page:OVERVIEW"))
  }

  @Test("Nobody gets pages who doesn't want them, or whose pager isn't there")
  func noPages() throws {
    let whole = try shown("help event draw", lines: 100, Self.pager)
    for (arguments, variables) in [
      ("--no-pager help event draw", Self.pager), ("help event draw", "PAGER="),
      ("help event draw", "PAGER=cat"),
      ("help event draw", "PAGER=/no/such/pager"),
    ] {
      #expect(try shown(arguments, lines: 10, variables) == whole, "\(variables)")
    }
    let run = try BuiltProgram(environment: ["PAGER": "sed s/^/page:/"]).run(["help", "event", "draw"])
    #expect(run.output == whole)
  }

  @Test("Whoever leaves the pager early has seen enough")
  func left() throws {
    let text = try shown("help event draw; echo code \\$?", lines: 10, "PAGER='head -2'")
    #expect(text.hasSuffix("code 0\n"))
    #expect(text.split(separator: "\n").count <= 4)
  }

  @Test("The pager is less unless PAGER says another, or none")
  func command() {
    #expect(Pager.command { _ in nil } == "less")
    #expect(Pager.command { _ in "more" } == "more")
    #expect(Pager.command { _ in "" } == nil && Pager.command { _ in "cat" } == nil)
  }
}
