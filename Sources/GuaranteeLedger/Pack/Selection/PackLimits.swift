/// What a pack can't prove, said plainly.
struct PackLimits {
  let selection: PackSelection
  /// How many events that are shown neither a seal covers nor, where nothing is left out, an older pack.
  var unsealed = 0
  /// What program and schema made the pack, when nothing but the pack has their rules.
  var strangeProgram: (version: String, schema: String)?
  /// How many events take back one that is left out.
  var unknownReversals = 0

  var sentences: [String] {
    var sentences = selection.isWhole ? [] : part
    if let program = strangeProgram {
      sentences.append(
        "Its rules are taken as they are, and are others than this program's: it says that program \(shown(program.version)) with schema \(shown(program.schema)) made it, so verify it with that one too."
      )
    }
    if unsealed > 0 {
      sentences.append(
        selection.isWhole
          ? "\(unsealed) of its events are under no seal and in no older pack that was given: nothing but this pack says that they are as they were recorded."
          : "\(unsealed) of the events shown are under no seal: where events beside them are left out, nothing but this pack says that they stand where they do."
      )
    }
    return sentences
  }

  /// What no pack of the part can prove.
  private var part: [String] {
    var sentences = [what]
    if let dispute = selection.dispute {
      sentences.append("It can't show that no other event of dispute \(dispute) was left out.")
      sentences.append("Of accounts that others move as well it has no balances, and of refused events none.")
    } else {
      if selection.through != nil {
        sentences.append("It can't show that no event of these dates was left out.")
      }
      if selection.from != nil {
        sentences.append(
          "Its opening balances and states are taken as they are, without the events that led there.")
      }
    }
    if unknownReversals > 0 {
      sentences.append(
        "\(unknownReversals) of its reversals take back events that are left out, so that their entries are shown to come to zero, and no more."
      )
    }
    return sentences
  }

  private var what: String {
    if let dispute = selection.dispute { return "This pack is of dispute \(dispute) alone." }
    var parts: [String] = []
    if !selection.offices.isEmpty { parts.append("of \(selection.offices.sorted().joined(separator: ", "))") }
    if let from = selection.from { parts.append("from \(from)") }
    if let through = selection.through { parts.append("through \(through)") }
    return "This pack is \(parts.joined(separator: " ")) alone: of other events it has the hashes."
  }
}
