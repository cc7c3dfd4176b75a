/// A kind of work that a built-in is charged for, and what is measured.
public struct BulkCharge: Sendable {
  /// The kind of work, which has the size of the blocks.
  public let work: BulkWork
  /// What of it is counted, in the words of the library's reference.
  public let measure: StaticString

  init(_ work: BulkWork, _ measure: StaticString) {
    self.work = work
    self.measure = measure
  }
}

extension Builtin {
  /// The work that is charged besides the row, in the order in which it is. With what happens in callbacks and in
  /// comparisons, which is priced as if it stood in the program, this is the whole price of a call.
  public var bulk: [BulkCharge] {
    switch self {
    case .stringAt, .stringCharAt, .stringCharCodeAt, .stringCodePointAt:
      [BulkCharge(.stringSearch, "code units before that place, if `s` is not all ASCII")]
    case .stringConcat, .stringPadEnd, .stringPadStart, .stringRepeat, .stringFrom:
      [BulkCharge(.stringBuilding, "bytes of the result")]
    case .stringLastIndexOf:
      [BulkCharge(.stringSearch, "bytes of `s`, counted twice")]
    case .stringEndsWith, .stringIncludes, .stringIndexOf, .stringStartsWith, .stringTrim, .stringTrimEnd,
      .stringTrimStart:
      [BulkCharge(.stringSearch, "bytes of `s`")]
    case .stringReplace, .stringReplaceAll:
      [
        BulkCharge(.stringSearch, "bytes of `s` and of a replacement that is a String"),
        BulkCharge(.steps, "one for a match, and one for each `$` pattern that is filled in"),
        BulkCharge(.stringSearch, "bytes of the result"),
      ]
    case .stringSlice, .stringSubstring:
      [
        BulkCharge(.stringBuilding, "bytes of the result, if `s` is all ASCII"),
        BulkCharge(.stringSearch, "code units up to the end of the slice, if it is not"),
      ]
    case .stringSplit:
      [BulkCharge(.stringSearch, "bytes of `s`"), BulkCharge(.steps, "parts"), BulkCharge(.elements, "elements")]
    case .stringToLowerCase, .stringToUpperCase:
      [
        BulkCharge(.canonicalText, "bytes of `s`, if it is all ASCII"),
        BulkCharge(.caseMapping, "bytes of `s`, or of the result if it is longer, if it is not"),
      ]
    case .stringFromCodePoint:
      [BulkCharge(.stringBuilding, "bytes of the result"), BulkCharge(.values, "arguments")]
    case .arrayConcat, .arraySlice, .arrayToSpliced, .arrayOf:
      [BulkCharge(.elements, "elements of the result")]
    case .arrayFilter, .arrayMap, .arrayToReversed, .arrayWith:
      [BulkCharge(.elements, "elements of `xs`")]
    case .arrayFlat:
      [BulkCharge(.elements, "elements of `xs`"), BulkCharge(.elements, "elements that come out, and 8 more")]
    case .arrayFlatMap:
      [BulkCharge(.elements, "elements of `xs`"), BulkCharge(.elements, "elements of the result")]
    case .arrayIncludes, .arrayIndexOf, .arrayLastIndexOf:
      [BulkCharge(.values, "elements of `xs`")]
    case .arrayJoin:
      [BulkCharge(.steps, "elements of `xs`"), BulkCharge(.stringBuilding, "bytes of the result")]
    case .arrayToSorted:
      [
        BulkCharge(.steps, "⌈log2(n + 1)⌉ steps for each of the n elements"),
        BulkCharge(.stringComparison, "bytes of the shorter String"),
        BulkCharge(.elements, "elements of `xs`"),
      ]
    case .arrayFrom:
      [BulkCharge(.elements, "elements of the result, or bytes of a String")]
    case .objectKeys, .objectValues, .objectEntries:
      [BulkCharge(.elements, "fields")]
    case .objectFromEntries:
      [
        BulkCharge(.elements, "entries"),
        BulkCharge(.ordering, "n × ⌈log2(n + 1)⌉ for n entries"),
        BulkCharge(.canonicalText, "bytes of all keys"),
      ]
    case .objectHasOwn, .objectGet:
      [BulkCharge(.steps, "⌈log2(n + 1)⌉ steps among the n fields"), BulkCharge(.canonicalText, "bytes of the key")]
    case .intParse, .decimalOfText, .decimalParse:
      [BulkCharge(.stringSearch, "bytes of `text`")]
    case .decimalFrom:
      [BulkCharge(.stringSearch, "bytes of a String")]
    case .mathMax, .mathMin:
      [BulkCharge(.values, "arguments")]
    case .jsonParse:
      [BulkCharge(.jsonParsing, "bytes of `text`")]
    case .jsonStringify:
      [BulkCharge(.nodes, "values and keys"), BulkCharge(.canonicalText, "bytes of the text")]
    case .hashCbor, .hashFnv1a:
      [
        BulkCharge(.nodes, "values and keys"),
        BulkCharge(.canonicalText, "bytes of the CBOR"),
        BulkCharge(.ordering, "n × ⌈log2(n + 1)⌉ for each Record and Map of n members"),
      ]
    case .hashSha256:
      [
        BulkCharge(.nodes, "values and keys"),
        BulkCharge(.canonicalText, "bytes of the CBOR"),
        BulkCharge(.ordering, "n × ⌈log2(n + 1)⌉ for each Record and Map of n members"),
        BulkCharge(.byteCoding, "bytes of the CBOR"),
      ]
    case .mapGet, .mapHas:
      [
        BulkCharge(.steps, "⌈log2(n + 1)⌉ steps among the n pairs"),
        BulkCharge(.nodes, "values and keys of the key"),
        BulkCharge(.canonicalText, "bytes of the key's CBOR"),
        BulkCharge(.ordering, "n × ⌈log2(n + 1)⌉ for each Record and Map of n members in it"),
      ]
    case .mapSet, .mapDelete:
      [
        BulkCharge(.steps, "2 × ⌈log2(n + 1)⌉ steps among the n pairs"),
        BulkCharge(.nodes, "values and keys of the key"),
        BulkCharge(.canonicalText, "bytes of the key's CBOR"),
        BulkCharge(.ordering, "n × ⌈log2(n + 1)⌉ for each Record and Map of n members in it"),
      ]
    case .mapOf:
      [
        BulkCharge(.elements, "entries"),
        BulkCharge(.steps, "2 × ⌈log2(n + 1)⌉ steps"),
        BulkCharge(.nodes, "values and keys of the key"),
        BulkCharge(.canonicalText, "bytes of the key's CBOR"),
        BulkCharge(.ordering, "n × ⌈log2(n + 1)⌉ for each Record and Map of n members in it"),
      ]
    case .mapKeys, .mapValues, .mapEntries:
      [BulkCharge(.elements, "pairs")]
    case .textSha256, .textBase64Encode, .textBase64Decode, .textBase64UrlEncode, .textBase64UrlDecode,
      .textUrlEncode, .textUrlDecode:
      [BulkCharge(.byteCoding, "bytes of `text`")]
    case .textHmacSha256:
      [BulkCharge(.byteCoding, "bytes of `key` and `text` together")]
    default: []
    }
  }

  /// Whether a kind of work is among what is charged besides the row.
  func isCharged(for work: BulkWork) -> Bool { bulk.contains { $0.work == work } }
}
