import PrivatePostgres

/// LibreOffice as a converter of spreadsheets, with nothing of the person's own settings and nothing left behind.
enum LibreOffice {
  private static let patience: Duration = .seconds(120)

  /// Writes a file in another format into `flat` in the folder.
  ///
  /// - Parameters:
  ///   - format: The new ending and the filter that writes it.
  ///   - folder: One of this program's own, to which it may write.
  ///   - file: What errors call the file.
  /// - Throws: `Failure` when it isn't there, can't read the file, or somebody presses ^C.
  static func convert(_ path: String, to format: String, in folder: String, for file: String) async throws {
    let arguments = [
      "-env:UserInstallation=file://\(folder)/profile", "--headless", "--norestore", "--nolockcheck",
      "--convert-to", format, "--outdir", folder + "/flat", path,
    ]
    let outcome = await Interruption.watching {
      for program in ["soffice", "libreoffice"] {
        guard
          let isGood = try await ProgramRun.succeeds(
            program, arguments, environment: ["HOME": folder], patience: patience)
        else { continue }
        if isGood { return }
        throw Failure(
          .unreadableInput, "LibreOffice could not read '\(file)': save it as CSV in UTF-8, and use that.")
      }
      throw Failure(
        .unreadableInput,
        """
        '\(file)' is a spreadsheet, and LibreOffice, which reads and writes it, is not here. Install it, or use CSV in \
        UTF-8 ('Save as' in your spreadsheet program).
        """)
    }
    try outcome.get()
  }
}
