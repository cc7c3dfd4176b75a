import Engine
import TestSupport
import Testing

/// Published payloads for prototype pollution are plain data. Later code sees no change.
@Suite struct PrototypeTests {
  static let payloads = [
    #"{"__proto__":{"isAdmin":true}}"#, #"{"constructor":{"prototype":{"isAdmin":true}}}"#,
    #"{"__proto__":{"toString":1,"length":7,"map":0}}"#, #"{"a":{"__proto__":{"isAdmin":true}}}"#,
    #"{"__proto__":["isAdmin"]}"#, #"{"constructor":{"name":"x"},"hasOwnProperty":1,"isAdmin":false}"#,
    #"[{"__proto__":{"isAdmin":true}},{"prototype":{"isAdmin":true}}]"#,
  ]

  /// Ways to get a payload into other values.
  static let uses = [
    "payload", "({...record})", "Object.fromEntries(Object.entries(record))", "({['__proto__']: payload})",
    "({['constructor']: {['prototype']: payload}})", "merge({}, record)", "merge(record, {safe: 1})",
    "Map.set(Map.empty, '__proto__', payload)", "Map.of([['constructor', payload]])", "({...{['__proto__']: payload}})",
    "Object.get(record, '__proto__')", "[payload].flat()",
  ]

  @Test(arguments: payloads) func payloadsChangeNothing(payload: String) throws {
    let image = { (use: String) in
      try Guest.image(
        """
        const merge = (a, b) => Object.keys(b).reduce((all, key) => {
          const isRecord = JSON.kind(b[key]) === "Record" && Object.hasOwn(all, key) && JSON.kind(all[key]) === "Record";
          return {...all, [key]: isRecord ? merge(all[key], b[key]) : b[key]};
        }, a);
        export default function (payload) {
          const record = JSON.kind(payload) === "Record" ? payload : {payload};
          const used = \(use);
          return [
            Object.hasOwn({}, "isAdmin"), Object.get({}, "isAdmin"), Object.keys({}),
            Object.get([1, 2].map((x) => ({x}))[0], "isAdmin"), "a".length, [1].length, Object.hasOwn({}, "__proto__"),
            Object.hasOwn({}, "constructor"), {} === {}, JSON.stringify({a: 1}),
            used === used, Map.size(Map.empty), Object.get({...{}}, "toString"),
          ];
        }
        """)
    }
    let expected = Guest.run(image: try image("0"), request: "{}").body
    #expect(expected.hasPrefix("[false,{\"None\":{}},[]"))
    for use in PrototypeTests.uses {
      #expect(Guest.run(image: try image(use), request: payload).body == expected, "\(use)")
    }
  }

  /// A field with such a name exists only where it was put.
  @Test func fieldsExistOnlyWhereTheyWerePut() throws {
    for name in ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"] {
      let text = #"JSON.parse('{"\#(name)":{"x":1}}').Ok"#
      #expect(try Guest.body(text) == #"{"\#(name)":{"x":1}}"#)
      #expect(try Guest.body("\(text)['\(name)'].x") == "1")
      #expect(try Guest.body("Object.get(\(text), 'x')") == #"{"None":{}}"#)
      #expect(try Guest.body("({})['\(name)']") == #"{"error":"NoSuchField","field":"\#(name)"}"#)
      #expect(try Guest.body("({['\(name)']: 1}) === \(text)") == "false")
    }
    #expect(try Guest.body("({['__proto__']: {a: 1}}).a") == #"{"error":"NoSuchField","field":"a"}"#)
  }
}
