"""The broken variants: each is a mistake that somebody could make, and the tests that must notice it.

An edit replaces a text that occurs once in a file. In the new text, `canary("…")` is true if the variant of this name was
chosen, so that one build contains all of them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Variant:
    """A broken variant."""

    name: str
    # File, text, and what replaces it. `CANARY` stands for the question whether this variant was chosen.
    edits: tuple[tuple[str, str, str], ...]
    # A filter of tests; or None if the conformance kit must notice it in the reference evaluator.
    tests: str | None


IMAGE = "Sources/Engine/Image/ImageCheck"
CHECK, CODE, FLOW, OBJECTS = f"{IMAGE}.swift", f"{IMAGE}+Code.swift", f"{IMAGE}+Flow.swift", f"{IMAGE}+Objects.swift"
EVALUATOR = "Sources/ReferenceEvaluator"


def rule(number: int, *edits: tuple[str, str, str]) -> Variant:
    """A rule of the load check that is left out."""
    return Variant(f"rule {number}", edits, "LoadCheckTests")


def without(file: str, condition: str, before: str = "", after: str = "") -> tuple[str, str, str]:
    """A condition that is always true; the texts around it make it unique."""
    return file, before + condition + after, f"{before}(CANARY || ({condition})){after}"


RULES = [
    rule(1, without(CHECK, "magic & ~versionBits == ImageLayout.magic & ~versionBits")),
    rule(2, (CHECK, "word(Header.fileSize) == UInt64(byteCount), byteCount % 8 == 0",
             "CANARY || (word(Header.fileSize) == UInt64(byteCount) && byteCount % 8 == 0)")),
    rule(3, without(CHECK, "GasSchedule.supports(memory.bytes(at: HeapOffset(Header.scheduleID), count: 32))")),
    rule(4, (CHECK, "atMost: 1 << 20) else", "atMost: CANARY ? 1 << 40 : 1 << 20) else"),
         without(CHECK, "number(Header.handler, atMost: functionCount) != nil")),
    rule(5, (CHECK, "        offset == end, size", "        CANARY || offset == end, size")),
    rule(6, (CHECK, "for offset in range where memory", "for offset in range where !CANARY && memory")),
    rule(7, (CHECK, "guard manifest.hasHandler == (word(ImageLayout.Header.handler) != 0), manifest.isOrderly else",
             "guard CANARY || (manifest.hasHandler == (word(ImageLayout.Header.handler) != 0) && manifest.isOrderly) else")),
    rule(8, (OBJECTS, "case .cell, .mapNode, .mapKey, nil: nil", "case .cell, .mapNode, .mapKey, nil: CANARY ? 2 : nil"),
         (OBJECTS, "    default: return false\n", "    default: return CANARY\n")),
    rule(9, without(OBJECTS, "value.offset.bytes < offset", before="return ")),
    rule(10, (OBJECTS, "guard isText, view.countedUTF16 == header.second else",
              "guard CANARY || (isText && view.countedUTF16 == header.second) else")),
    rule(11, without(OBJECTS, "Value(inline: Int64(bitPattern: word(offset + 8))) == nil")),
    rule(12, (OBJECTS, "if index > 0 && !keyRanks", "if index > 0 && !CANARY && !keyRanks")),
    rule(13, without(OBJECTS, "builtin.definition.form == .function", before="return header.second < 1 << 16 && "),
         (OBJECTS, "return (1..<functionCount)", "return CANARY || (1..<functionCount)")),
    rule(14, without(CHECK, "isImmediate(value) || kind(of: value) != nil")),
    rule(15, without(f"{IMAGE}+Library.swift", "isLibraryConstant(index)", before="guard ")),
    rule(16, (f"{IMAGE}+Strings.swift", "guard probe <= taken, probe <= ImageLayout.maximumProbe",
              "guard CANARY || (probe <= taken && probe <= ImageLayout.maximumProbe)")),
    rule(17, without(CODE, "instruction(0) == Instruction(.halt)")),
    rule(18, without(CODE, "entry.minimumArity <= entry.parameterCount")),
    rule(19, (CODE, "entry.stackWords >= Frame.headerWords + entry.registerCount, entry.stackWords <= Frame.maximumWords",
              "CANARY || entry.stackWords >= Frame.headerWords + entry.registerCount && entry.stackWords <= Frame.maximumWords")),
    rule(20, (CODE, "    let first = entry.codeClass\n", "    let first = entry.codeClass\n    if CANARY { return true }\n")),
    rule(21, without(CODE, "behavior(of: instruction(last))?.endsBlock == true")),
    rule(22, without(CODE, "i.wide < globalCount")),
    rule(23, without(CODE, "registers.upperBound <= entry.registerCount")),
    rule(24, without(CODE, "kind(of: constant(number)) == .string", before="case .key: return number < constantCount && ")),
    rule(25, without(CODE, "number <= rest", before="case .jump: return "),
         without(CODE, "i.wide <= rest", before="case .wideJump: return ")),
    rule(26, without(CODE, "callee.captureCount == 0 && !callee.hasRest")),
    rule(27, without(FLOW, "isReachable", before="guard ", after=" else")),
    rule(28, without(FLOW, "facts.satisfy(requirement, number)")),
    rule(29, without(FLOW, "number > index")),
    rule(30, (FLOW, "guard i.charge >=", "guard CANARY || i.charge >=")),
    rule(31, (FLOW, "isPaid = index == 0 ||", "isPaid = CANARY || index == 0 ||"),
         (FLOW, "case .tailCalls: isPaid = ", "case .tailCalls: isPaid = CANARY || ")),
    rule(32, without(FLOW, "state.unpaidWork <= ImageLayout.unpaidWorkLimit")),
    rule(33, ("Sources/Engine/Image/FlowState.swift", "if states.count ==", "if !CANARY && states.count ==")),
    rule(34, without(f"{IMAGE}+Charges.swift", "totals[first] == behavior.units(of: carrier)")),
    rule(35, (FLOW, "if position == 0, entry.hasRest {", "if position == 0, entry.hasRest, !CANARY {")),
]

ENGINE_AND_HOST = [
    Variant("gas off by one",
            (("Sources/Engine/Interpreter/Machine.swift",
              "  mutating func charge(_ units: Int) throws(Trap) {\n",
              "  mutating func charge(_ units: Int) throws(Trap) {\n    if CANARY { gas &-= 1 }\n"),),
            "BuiltinGasTests"),
    Variant("keys in the order of their text",
            (("Sources/Engine/Canonical/KeyOrder.swift",
              "    if a != b { return a < b }\n    if left.offset == right.offset",
              "    if a != b, !CANARY { return a < b }\n    if left.offset == right.offset"),),
            "ObjectInvariantTests|RecordTests|JSONTests|CBORTests"),
    Variant("missed wipe",
            (("Sources/Snapshot/Sandbox/SandboxMemory.swift",
              "    wipe(written.heaps.0, keeping: Region.keptByteCount)\n",
              "    if !CANARY { wipe(written.heaps.0, keeping: Region.keptByteCount) }\n"),
             ("Sources/Snapshot/Sandbox/SandboxMemory.swift",
              "    wipe(written.heaps.1, keeping: Region.keptByteCount)\n    assert(firstWrittenWord == nil, ",
              "    wipe(written.heaps.1, keeping: Region.keptByteCount)\n    assert(canary(\"missed wipe\") || firstWrittenWord == nil, ")),
            "SandboxTests"),
    Variant("skipped signature check",
            (("Sources/Snapshot/Signing/Keys.swift", "return key.isValidSignature(signature, for: digest)",
              "return CANARY || key.isValidSignature(signature, for: digest)"),),
            "SignatureTests|KeyTests|RefusalTests"),
    Variant("unsorted CBOR map",
            (("Sources/Engine/Canonical/MemberSorter.swift", "order == nil || count < 2", "CANARY || order == nil || count < 2"),),
            "CBORTests|TextTests"),
    Variant("lost synchronisation of the intents",
            (("Sources/OperatingSystem/Files/AppendOnlyFile.swift", "if isDurable, fdatasync", "if isDurable, !CANARY, fdatasync"),),
            "DurabilityTests"),
    Variant("lost synchronisation of the journal",
            (("Sources/SQLite/DatabaseFile.swift", "PRAGMA synchronous=\\(Durability.durable.rawValue);",
              "PRAGMA synchronous=\\(CANARY ? \"OFF\" : Durability.durable.rawValue);"),),
            "DurabilityTests"),
    Variant("forgotten root of the collector",
            (("Sources/Engine/Interpreter/Machine+Memory.swift",
              "for slot in 0..<layout.globalCount { collector", "for slot in 0..<(CANARY ? 0 : layout.globalCount) { collector"),),
            "CollectionStressTests|CollectionTests"),
]

WRONG_RUNNERS = [
    Variant("runner: gas off by one",
            ((f"{EVALUATOR}/Evaluator.swift", "gasUsed: gasUsed, stackPeakWords",
              "gasUsed: gasUsed + (CANARY ? 1 : 0), stackPeakWords"),), None),
    Variant("runner: keys in insertion order",
            ((f"{EVALUATOR}/Values/Record.swift", "    fields = latest.sorted { $0.key < $1.key }.map",
              "    let order = Dictionary(given.enumerated().map { (CanonicalKey(.string($0.element.key)), $0.offset) }, "
              "uniquingKeysWith: { first, _ in first })\n"
              "    fields = latest.sorted { CANARY ? order[$0.key, default: 0] < order[$1.key, default: 0] : $0.key < $1.key }.map"),),
            None),
    Variant("runner: a zero with a sign",
            ((f"{EVALUATOR}/Values/Decimal.swift",
              "_ scale: Int) {\n    self.isNegative = isNegative && !coefficient.isZero",
              "_ scale: Int) {\n    self.isNegative = isNegative && (CANARY || !coefficient.isZero)"),
             (f"{EVALUATOR}/Values/Decimal.swift",
              "maximumDigits else { return nil }\n    self.isNegative = isNegative && !coefficient.isZero",
              "maximumDigits else { return nil }\n    self.isNegative = isNegative && (CANARY || !coefficient.isZero)")), None),
    Variant("runner: unsorted CBOR map",
            ((f"{EVALUATOR}/Canonical/CBOR.swift", "    let sorted = pairs.sorted {", "    let sorted = CANARY ? pairs : pairs.sorted {"),),
            None),
    Variant("runner: a tail call that costs",
            ((f"{EVALUATOR}/Evaluation/Evaluation+Calls.swift", "try charge(.tailCall)",
              "try charge(GasRow.tailCall.units + (CANARY ? 1 : 0))"),), None),
]

VARIANTS = RULES + ENGINE_AND_HOST + WRONG_RUNNERS
