import Foundation

/// Builds packages beside this one, as anybody would.
///
/// All are built in one folder: what they depend on is compiled once, and who finds another build there waits for it.
package enum PackageBuild {
  private static let scratch =
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/Packages.build"

  /// Builds a product of the package in a folder.
  ///
  /// - Returns: how that went, and where the product's program is.
  package static func make(
    _ product: String, in package: String
  ) async throws -> (run: Program.Run, program: String) {
    let run = try await Program(path: "/usr/bin/env", folder: package).run([
      "swift", "build", "--product", product, "--scratch-path", scratch,
      // Else a file that is new since the last build is not seen.
      "--disable-build-manifest-caching",
    ])
    return (run, "\(scratch)/debug/\(product)")
  }
}
