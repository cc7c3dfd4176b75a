import TestSupport
import Testing

/// Names with a meaning in ECMAScript's prototypes have none here. However a field with such a name is made, it is
/// plain data, and nothing else changes. See also `PrototypeTests`.
@Suite struct PollutionTests {
  static let names = [
    "__proto__", "constructor", "prototype", "__defineGetter__", "__defineSetter__", "__lookupGetter__",
    "__lookupSetter__", "hasOwnProperty", "isPrototypeOf", "toString", "toLocaleString", "valueOf", "toJSON", "then",
    "length", "map", "Some", "error",
  ]

  /// Ways to make and read a field. `NAME` is replaced by the name.
  static let uses = [
    #"JSON.parse('{"NAME":{"x":1}}')"#, #"JSON.parse('{"NAME":{"NAME":{"NAME":[{"NAME":true}]}}}')"#,
    #"({...JSON.parse('{"NAME":{"x":1}}').Ok})"#, "Object.fromEntries([['NAME', {x: 1}]])", "({['NAME']: {x: 1}})",
    "({...{['NAME']: 1}, ...{['NAME']: {x: 2}}})", "Object.keys({['NAME']: 1})", "Object.values({['NAME']: [1]})",
    "Object.entries({['NAME']: {x: 1}})", "Object.get({['NAME']: {x: 1}}, 'NAME')", "Object.get({}, 'NAME')",
    "Object.hasOwn({['NAME']: 1}, 'NAME')", "Object.hasOwn({}, 'NAME')", "({['NAME']: {x: 1}})['NAME'].x",
    "(({['NAME']: {x}}) => x)({['NAME']: {x: 1}})", "(({['NAME']: gone, ...rest}) => rest)({['NAME']: 1})",
    "(({['NAME']: found = 'none'}) => found)({['NAME']: 1})", "({})['NAME']", "({a: 1})['NAME']",
    "({['NAME']: (x) => [x]})['NAME'](1)", "({['NAME']: {isAdmin: true}}).isAdmin", "({['NAME']: 1}) === {['NAME']: 1}",
    "({['NAME']: 1}) === {}", "Map.get(Map.of([['NAME', 1]]), 'NAME')", "Map.of([['NAME', {x: 1}]])",
    "JSON.stringify({['NAME']: {['NAME']: 1}})", "throw {['NAME']: {['NAME']: 1}}", "['NAME'].indexOf('NAME')",
    #"JSON.parse('{"NAME":1,"NAME":2}')"#, #"JSON.parse('[{"a":{"NAME":1,"NAME":{}}}]')"#,
    "[{['NAME']: 1}, {}].map((r) => Object.hasOwn(r, 'NAME'))",
    "[['NAME', 1]].reduce((r, [key, v]) => ({...r, [key]: v}), {})",
  ]

  /// A name without any meaning, as long as the given one.
  private func harmless(_ name: String) -> String { String(repeating: "q", count: name.count) }

  /// The results of a program do not depend on the name.
  @Test(arguments: names) func fieldsArePlainData(name: String) throws {
    for use in PollutionTests.uses {
      let text = { (name: String) in use.replacing("NAME", with: name) + ";" }
      let own = try Guest.run(text(name), budgets: MachineBudgets.small)
      let other = try Guest.run(text(harmless(name)), budgets: MachineBudgets.small)
      // The name itself may occur in an error or as a key. Offsets are the same, because the lengths are.
      #expect(own.body == other.body.replacing(harmless(name), with: name), "\(text(name))")
      #expect(own.error == other.error && own.gas == other.gas, "\(text(name))")
    }
  }

  static let payloads = [
    #"{"__proto__":{"isAdmin":true}}"#, #"{"constructor":{"prototype":{"isAdmin":true}}}"#,
    #"{"__proto__":{"__proto__":{"isAdmin":true}}}"#, #"{"constructor":{"constructor":"return isAdmin"}}"#,
    #"{"\u005f\u005fproto\u005f\u005f":{"isAdmin":true}}"#, #"{"__proto__":null}"#, #"{"__proto__":[1,2]}"#,
    #"{"__proto__":{"toString":"x","valueOf":1,"length":99,"0":"z","map":0,"toJSON":1}}"#,
    #"{"__defineGetter__":"isAdmin","__defineSetter__":"isAdmin","__lookupGetter__":{}}"#,
    #"{"a":[{"b":{"__proto__":{"isAdmin":true}}}],"constructor":{"name":"Object"}}"#,
    #"{"__proto__.isAdmin":true,"constructor.prototype.isAdmin":true,"__proto__[isAdmin]":true}"#,
    #"{"prototype":{"isAdmin":true},"hasOwnProperty":1,"Some":1,"None":{}}"#,
    #"[["__proto__",{"isAdmin":true}],["constructor",{"prototype":{"isAdmin":true}}]]"#,
  ]

  /// The operations that published payloads attack: merging, cloning, setting by path, grouping.
  private static let helpers = #"""
    const isRecord = (v) => JSON.kind(v) === "Record";
    const merge = (a, b) => Object.entries(b).reduce((all, [key, v]) =>
      ({...all, [key]: isRecord(v) && Object.hasOwn(all, key) && isRecord(all[key]) ? merge(all[key], v) : v}), a);
    const clone = (v) => isRecord(v) ? Object.fromEntries(Object.entries(v).map(([key, x]) => [key, clone(x)]))
      : Array.isArray(v) ? v.map(clone) : v;
    const set = (r, [key, ...path], v) =>
      ({...r, [key]: path.length === 0 ? v : set(Option.unwrapOr(Object.get(r, key), {}), path, v)});
    const group = (keys) => keys.reduce((all, key) =>
      ({...all, [key]: [...Option.unwrapOr(Object.get(all, key), []), key]}), {});
    const look = () => [
      Object.keys({}), Object.hasOwn({}, "isAdmin"), Object.get({}, "isAdmin"), Object.get({a: 1}, "toString"),
      (({isAdmin = "default"}) => isAdmin)({}), Object.get(merge({}, {}), "__proto__"), JSON.stringify({a: [1]}),
      [3, 1, 2].map((x) => x + 1).toSorted((a, b) => a - b).length, "text".length, "text".at(-1), `${1}${"a"}`,
      Map.size(Map.empty), Map.get(Map.of([["a", 1]]), "isAdmin"), None, Some(1), Option.isSome(None),
      JSON.kind({}), {} === {}, [] === [], Hash.fnv1a({a: {}}), JSON.parse("{}"), Object.entries({x: {}}),
    ];

    """#

  @Test(arguments: payloads) func payloadsChangeNothing(payload: String) throws {
    let source = """
      \(PollutionTests.helpers)
      const before = look();
      const payload = JSON.parse(\(Expressions.literal(payload))).Ok;
      const record = isRecord(payload) ? payload : Object.fromEntries(payload);
      const used = [
        merge({}, record), merge({a: {}, constructor: {}}, record), clone(payload), {...record}, group(Object.keys(record)),
        ...Object.keys(record).map((key) => set({}, [key, "prototype", "isAdmin"], true)),
        ...Object.entries(record).map(([key, v]) => ({[key]: v, isUser: true})), Map.of(Object.entries(record)),
      ];
      const after = look();
      [before === after, JSON.stringify(before) === JSON.stringify(after), clone(payload) === payload,
        merge({}, record) === record, JSON.stringify(payload) === JSON.stringify(clone(payload)), after]
      """
    let untouched = try Guest.body("\(PollutionTests.helpers)look()")
    #expect(try Guest.run(source, budgets: MachineBudgets.small).body == "[true,true,true,true,true,\(untouched)]")
    #expect(untouched.hasPrefix(#"[[],false,{"None":{}},{"None":{}},"default","#))
  }

  /// The one place where a name matters: a default is refused if ECMAScript would find the field in a prototype,
  /// because the program would then have another meaning there.
  @Test(arguments: ["constructor", "toString", "__proto__", "hasOwnProperty"])
  func defaultsAreNotTakenForInheritedNames(name: String) throws {
    let missing = try Guest.run("(({['\(name)']: v = 1}) => v)({})")
    #expect(missing.body == #"{"error":"NoSuchField","field":"\#(name)"}"#)
    #expect(try Guest.body("(({['\(name)']: v = 1}) => v)({['\(name)']: 2})") == "2")
  }
}
