/// Makes a program smaller as long as something stays true of it.
///
/// It knows no grammar: it takes parts out of lists, and puts something small or one of its own parts in the place of a
/// piece. What is no program any more doesn't stay true, so it is not kept.
public enum Shrinker {
  /// The smallest program that was found; `stays` is asked about every candidate.
  public static func shrink(
    _ program: GeneratedProgram, while stays: (GeneratedProgram) -> Bool
  ) -> GeneratedProgram {
    var smallest = program
    var hasShrunk = true
    while hasShrunk {
      hasShrunk = false
      for file in smallest.files.indices {
        var step = 0
        // Places that were tried in vain are not tried again until all others have been.
        while true {
          let size = smallest.files[file].text.size
          let candidates = smallest.files[file].text.reductions.filter { $0.size < size }
          let kept = candidates.indices.dropFirst(step).first { index in
            var candidate = smallest
            candidate.files[file].text = candidates[index]
            return stays(candidate)
          }
          guard let kept else { break }
          smallest.files[file].text = candidates[kept]
          hasShrunk = true
          step = kept
        }
      }
    }
    return smallest
  }
}

extension Fragment {
  /// Characters of its text.
  fileprivate var size: Int { text.utf8.count }

  /// All pieces that are this one with one change inside, those that change most first.
  fileprivate var reductions: [Fragment] {
    parts.indices.flatMap { index -> [Fragment] in
      func with(_ part: Part) -> Fragment {
        var copy = self
        copy.parts[index] = part
        return copy
      }
      switch parts[index] {
      case .text: return []
      case .hole(let fragment): return fragment.replacements.map { with(.hole($0)) }
      case .list(let fragments, let separator):
        let shorter = Fragment.ranges(fragments.count).map { range -> Fragment in
          var rest = fragments
          rest.removeSubrange(range)
          return with(.list(rest, separator: separator))
        }
        let changed = fragments.indices.flatMap { place in
          fragments[place].replacements.map { replacement -> Fragment in
            var list = fragments
            list[place] = replacement
            return with(.list(list, separator: separator))
          }
        }
        return shorter + changed
      }
    }
  }

  /// What may stand in its place.
  private var replacements: [Fragment] {
    let small: [Fragment] = ["", "0", "''", "true", "[]"]
    return small + children + children.flatMap(\.children) + reductions
  }

  /// Halves of a list, quarters of it, and so on down to single elements.
  private static func ranges(_ count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var length = count
    while length > 0 {
      ranges += stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
      length /= 2
    }
    return ranges
  }
}
