/// The work that constructs of the language, the request and the response are charged for in addition to their rows.
///
/// `docs/gas.md` says which rows they are charged with. Those rules contain no numbers.
public enum ConstructBulk: CaseIterable, Sendable {
  case concatenation, template, comparison, equality, stringIndex, field, computedKey, arrayBuilding, recordBuilding,
    recordMerging, recordRest, closure, scope, request, response, effectArgument, effectResult

  /// The construct, in a few words.
  public var name: StaticString {
    switch self {
    case .concatenation: "a + b of Strings"
    case .template: "template literal"
    case .comparison: "< <= > >= of Strings"
    case .equality: "=== !== switch"
    case .stringIndex: "s[i]"
    case .field: "r.name; a name in a pattern; both in a Record of more than 15 fields"
    case .computedKey: "r[k]; a computed key in a pattern"
    case .arrayBuilding: "array literal; call with spread; rest of elements or arguments"
    case .recordBuilding: "record literal"
    case .recordMerging: "record literal with spread or computed keys, or with more than 64 parts"
    case .recordRest: "rest of fields"
    case .closure: "function expression, arrow function, function declaration"
    case .scope: "entering a function or a block"
    case .request: "request"
    case .response: "response"
    case .effectArgument: "argument of an effect"
    case .effectResult: "result of an effect"
    }
  }

  /// The charges, in the order in which they are made.
  public var bulk: [BulkCharge] {
    switch self {
    case .concatenation, .template: [BulkCharge(.stringBuilding, "bytes of the result")]
    case .comparison: [BulkCharge(.stringComparison, "bytes of the shorter one")]
    case .equality:
      [BulkCharge(.pairs, "2 × pairs visited"), BulkCharge(.stringComparison, "bytes of the shorter String of a pair")]
    case .stringIndex: [BulkCharge(.stringSearch, "code units before the index, if the String is not all ASCII")]
    case .field:
      [
        BulkCharge(.steps, "⌈log2(n + 1)⌉ steps among the n fields"),
        BulkCharge(.keyComparison, "bytes of the name × ⌈log2(n + 1)⌉"),
      ]
    case .computedKey:
      [
        BulkCharge(.canonicalText, "bytes of the key"), BulkCharge(.steps, "⌈log2(n + 1)⌉ steps among the n fields"),
        BulkCharge(.keyComparison, "bytes of the key × ⌈log2(n + 1)⌉"),
      ]
    case .arrayBuilding: [BulkCharge(.elements, "elements given, of a String that is spread 2 × its bytes")]
    case .recordBuilding: [BulkCharge(.elements, "fields given")]
    case .recordMerging:
      [
        BulkCharge(.elements, "2 × fields given"), BulkCharge(.ordering, "n × ⌈log2(n + 1)⌉ for n fields given"),
        BulkCharge(.canonicalText, "bytes of all computed keys"),
        BulkCharge(.keyComparison, "bytes of all keys × ⌈log2(n + 1)⌉"),
      ]
    case .recordRest:
      [
        BulkCharge(.elements, "2 × fields of the source"),
        BulkCharge(.steps, "⌈log2(n + 1)⌉ steps among the n fields for each key that is left out"),
        BulkCharge(.keyComparison, "bytes of those keys × ⌈log2(n + 1)⌉"),
      ]
    case .closure: [BulkCharge(.elements, "names captured")]
    case .scope: [BulkCharge(.elements, "names that a closure may capture before they have a value")]
    case .request, .effectResult: [BulkCharge(.jsonParsing, "bytes")]
    case .response:
      [
        BulkCharge(.nodes, "3 × values and keys"), BulkCharge(.canonicalText, "bytes"),
        BulkCharge(.canonicalText, "bytes, again for the copy and the hash"),
      ]
    case .effectArgument:
      [
        BulkCharge(.nodes, "3 × values and keys"), BulkCharge(.canonicalText, "bytes of the CBOR"),
        BulkCharge(.ordering, "2 × n × ⌈log2(n + 1)⌉ for each Record and Map of n members"),
      ]
    }
  }
}
