import Foundation

/// Builds packages beside this one, as anybody would.
///
/// All are built in one folder: what they depend on is compiled once, and who finds another build there waits for it.
package enum PackageBuild {
  private static let scratch =
    URL(fileURLWithPath: Program.guarantee().path).deletingLastPathComponent().path + "/Packages.build"

  package struct Failed: Error { package let output: String }

  /// Builds the program of the package in a folder, and returns its path.
  package static func program(_ product: String, in package: String) async throws -> String {
    let run = try await Program(path: "/usr/bin/env", folder: package).run([
      "swift", "build", "--product", product, "--scratch-path", scratch,
      // Else a file that is new since the last build is not seen.
      "--disable-build-manifest-caching",
    ])
    guard run.exitCode == 0 else {
      throw Failed(output: "\(run.output.suffix(4000))\(run.errors.suffix(2000))")
    }
    return "\(scratch)/debug/\(product)"
  }
}
