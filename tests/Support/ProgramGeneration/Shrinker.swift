/// Makes a program smaller while a condition remains true.
///
/// It knows no grammar. It removes parts of lists, and replaces a piece by something small or by one of its own parts.
/// A result that is no longer a program does not satisfy the condition, so it is dropped.
public enum Shrinker {
  /// The smallest program that was found. `stays` is called for every candidate.
  public static func shrink(
    _ program: GeneratedProgram, while stays: (GeneratedProgram) -> Bool
  ) -> GeneratedProgram {
    var smallest = program
    var hasShrunk = true
    while hasShrunk {
      hasShrunk = false
      for file in smallest.files.indices {
        var step = 0
        // Changes that failed are retried only after all others have been tried.
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
  /// The size of its text, in bytes of UTF-8.
  fileprivate var size: Int { text.utf8.count }

  /// All copies of this piece with one change inside, the largest changes first.
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

  /// Possible replacements for this piece.
  private var replacements: [Fragment] {
    let small: [Fragment] = ["", "0", "''", "true", "[]"]
    return small + children + children.flatMap(\.children) + reductions
  }

  /// Halves of a list, then quarters, and so on down to single elements.
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
