import Compiler
import Engine
import TestSupport
import Testing

@Suite("Name resolution")
struct ResolverTests {
  /// The resolver's results for a program, with names instead of numbers.
  struct Facts {
    let program: Program

    init(_ source: String) throws { program = try #require(analyze(source).program, "\(rendered(analyze(source)))") }

    func name(_ binding: BindingID) -> String {
      String(decoding: program.symbols[program.bindings[binding.index].name.symbol], as: UTF8.self)
    }

    /// The names of the bindings that satisfy a condition, in source order.
    func names(_ holds: (Binding) -> Bool) -> [String] {
      program.bindings.indices.filter { holds(program.bindings[$0]) }.map { name(BindingID($0)) }
    }

    var captured: [String] { names(\.isCaptured) }
    var cells: [String] { names(\.needsCell) }
    var checked: [String] { names(\.needsCheck) }

    /// The captures of each function.
    var captures: [[String]] { program.functions.map { $0.captures.map { name($0) } } }

    /// The names that are used where they can't have a value.
    var uninitialized: [String] {
      program.references.compactMap { reference in
        guard reference.isUninitialized, case .binding(let binding) = reference.target else { return nil }
        return name(binding)
      }
    }
  }

  @Test(
    arguments: [
      // Functions have their value before anything runs.
      ("function f() { return g() } function g() { return f() } f()", []),
      // Without a call, nothing can run too early.
      ("const f = () => a; const a = 1; f()", []), ("const a = 1; const f = () => a; f()", []),
      ("const b = Object.keys({}); const f = () => a; const a = 1; f()", []),
      // A call before the function is created can't run it.
      ("const g = () => 1; const x = g(); const f = () => a; const a = 1; f()", []),
      // A call between the two declarations can.
      ("const f = () => a; const x = f(); const a = 1; a", ["a"]),
      ("function f() { return a } const x = f(); const a = 1; a", ["a"]),
      ("function f() { return a } const a = f(); a", ["a"]), ("const a = [1].map(() => a); a", ["a"]),
      ("function f() { return a } const x = {f}; const y = x.f(); const a = 1; a", ["a"]),
      ("const f = () => () => a; const x = [1].map(f); const a = 1, b = 2; b", ["a"]),
      ("const fact = (n) => n === 0 ? 1 : n * fact(n - 1); fact(3)", []),
      ("const even = (n) => odd(n); const odd = (n) => even(n); const x = even(1); x", []),
      ("const even = (n) => odd(n); const x = even(1); const odd = (n) => even(n); x", ["odd"]),
    ])
  func topLevelNamesAreCheckedOnlyWhereNeeded(source: String, checked: [String]) throws {
    let facts = try Facts(source)
    #expect(facts.checked == checked)
    #expect(facts.captured.isEmpty && facts.cells.isEmpty && facts.captures.allSatisfy(\.isEmpty))
    #expect(facts.program.bindings.allSatisfy { $0.owner == nil || $0.kind == .parameter })
  }

  @Test(
    arguments: [
      // body of the function, captured, in cells, checked
      ("const a = 1; return () => a", ["a"], [], []),
      ("const f = () => f(); return f", ["f"], ["f"], []),
      ("const f = () => a; const a = 1; return f", ["a"], ["a"], []),
      ("const f = () => a; const x = f(); const a = 1; return f", ["a"], ["a"], ["a"]),
      ("const f = () => a; if (p) return f; const a = 1; return f", ["a"], ["a"], ["a"]),
      ("const even = () => odd(); const odd = () => even(); return even", ["even", "odd"], ["odd"], []),
      ("function f() { return f() } return f", ["f"], ["f"], []),
      ("function f() { return g() } function g() { return f() } return f", ["f", "g"], ["f", "g"], []),
      ("function f() { return 1 } return () => f()", ["f"], [], []),
      ("function f() { return a } const a = 1; return f", ["a"], ["a"], []),
      ("function f() { return a } const a = f(); return a", ["a"], ["a"], ["a"]),
      ("const a = [1].map(() => a); return a", ["a"], ["a"], ["a"]),
      ("const f = function g() { return () => g }; return f", ["g"], [], []),
      ("{ const a = 1; return () => () => a }", ["a"], [], []),
      ("switch (p) { case 1: const a = 1; return () => a; case 2: return () => 1 }", ["a"], [], []),
      (
        "switch (p) { case 1: const a = 1; break; case 2: return f; default: function f() { return a } break }", ["a"],
        ["a"],
        ["a"]
      ),
      ("const g = (x = () => y, y = 1) => x(); return g", ["y"], ["y"], []),
      ("const g = (x = () => y, z = x(), y = 1) => x(); return g", ["y"], ["y"], ["y"]),
    ])
  func localNamesAreCapturedAndCheckedOnlyWhereNeeded(
    body: String, captured: [String], cells: [String], checked: [String]
  ) throws {
    let facts = try Facts("function outer(p) { \(body) } 1")
    #expect(facts.captured == captured)
    #expect(facts.cells == cells)
    #expect(facts.checked == checked)
  }

  @Test(
    arguments: [
      ("const a = a; 1", ["a"]), ("const x = a; const a = 1; a", ["a"]), ("const f = (x = y, y = 1) => x; f()", ["y"]),
      ("const {a = b, b = a} = {}; 1", ["b"]), ("const {[a]: a} = {}; 1", ["a"]),
      ("{ const x = f; const f = () => 1 } 1", ["f"]),
      ("switch (1) { case 1: const a = 1; break; case 2: a; break; default: (() => a)(); break } 1", ["a", "a"]),
      ("switch (1) { case 1: const a = 1; a; break; case a: break } 1", ["a"]),
      ("const f = () => a; const a = 1; f()", []),
      ("f(); function f() {} 1", []), ("const a = 1; { const x = a; const y = x; y } a", []),
      ("const a = 1; { a; const a = 2 } a", ["a"]),
    ])
  func certainUsesBeforeTheValueAreKnown(source: String, expected: [String]) throws {
    let facts = try Facts(source)
    #expect(facts.uninitialized == expected)
    #expect(facts.checked.isEmpty)
  }

  /// A function captures the names that it or its inner functions use.
  @Test func functionsCaptureInOrderOfFirstUse() throws {
    let facts = try Facts(
      "function f(a, b, c) { const d = 1; return () => { const e = 1; return [() => c + e, b, () => () => b + a] } } f")
    #expect(facts.captures == [[], ["c", "b", "a"], ["c", "e"], ["b", "a"], ["b", "a"]])
    #expect(facts.program.functions.map { $0.parent?.index } == [nil, 0, 1, 1, 3])
    #expect(
      facts.program.functions.map { $0.bindings.map { facts.name($0) } } == [["a", "b", "c", "d"], ["e"], [], [], []])
  }

  @Test func parameterDefaultsDoNotSeeTheBody() throws {
    let facts = try Facts("const x = 1; function f(a = () => x) { const x = 2; return a() + x } f()")
    let targets = facts.program.references.compactMap { reference -> Int? in
      if case .binding(let binding) = reference.target { binding.index } else { nil }
    }
    let top = try #require(facts.program.bindings.firstIndex { $0.owner == nil && $0.kind == .constant })
    let local = try #require(facts.program.bindings.firstIndex { $0.owner != nil && $0.kind == .constant })
    #expect(targets.contains(top) && targets.contains(local))
    #expect(facts.captured.isEmpty)
  }

  @Test func namesThatCertainlyHoldAFunctionSayWhich() throws {
    let facts = try Facts(
      "function f() {} const g = () => 1, h = function k() { return k }; let i = (() => 1); const j = true ? f : g; const {l} = {l: f}; 1"
    )
    #expect(facts.names { $0.knownFunction != nil } == ["f", "g", "h", "k", "i"])
  }

  @Test func builtinsAreFoundUnlessTheyAreShadowed() throws {
    let facts = try Facts(
      "String(1); Math.abs(1); [1].map(String); None; Int.MAX; { const Math = {abs: Some}; Math.abs(1) } 1")
    let found = facts.program.references.map { reference -> String in
      switch reference.target {
      case .builtin(let builtin): "builtin \(builtin.publishedName)"
      case .builtinMember(let builtin): "member \(builtin.publishedName)"
      case .binding(let binding): facts.name(binding)
      default: "other"
      }
    }
    #expect(
      found == [
        "builtin String", "member Math.abs", "builtin String", "builtin None", "member Int.MAX", "builtin Some",
        "Math",
      ])
  }

  @Test func effectsAreListedOnceAndSorted() throws {
    let facts = try Facts(
      "export default function (r) { Uuid.v4(); Log.info(1); Log.warn(2); return (() => Clock.now())() }")
    #expect(
      facts.program.effects.map { String(decoding: facts.program.symbols[$0], as: UTF8.self) } == [
        "Clock", "Log", "Uuid",
      ])
    let operations = facts.program.references.compactMap { reference -> String? in
      guard case .effect(let name, let operation) = reference.target else { return nil }
      return [name, operation].map { String(decoding: facts.program.symbols[$0], as: UTF8.self) }.joined(separator: ".")
    }
    #expect(operations == ["Uuid.v4", "Log.info", "Log.warn", "Clock.now"])
  }

  @Test func theHandlerIsThatOfTheEntryFile() throws {
    #expect(try Facts("1").program.handler == nil)
    #expect(try Facts("export default function (r) { return r }").program.handler?.parameters.count == 1)
    let program = try #require(
      analyze("import {a} from './a.js'; a", files: ["a.js": "export const a = 1; export default function f() {}"])
        .program)
    #expect(program.handler == nil)
  }

  /// ECMAScript's array methods that change the array.
  @Test(
    arguments: [
      "push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin",
    ])
  func callsOfMutatingMethodsGiveAWarning(method: String) {
    #expect(codes("const xs = [1]; xs.\(method)(1)") == [.mutatingMethod])
    #expect(codes("[1].\(method)()") == [.mutatingMethod])
    #expect(codes("const xs = {\(method): 1}; xs.\(method)") == [])
    #expect(analyze("const xs = [1]; xs.\(method)(1)").program != nil)
  }
}
