/// The rules that the machine relies on and does not check. Builds with assertions check them: after each collection,
/// after the request has been parsed, after the static initialisers and the handler have returned, and when the
/// response is complete.
///
/// Each rule is checked in the file of the type that it is about: `HeapInvariants.swift`, `ObjectInvariants.swift`,
/// `MapInvariants.swift`, `FrameInvariants.swift`, `ImageInvariants.swift`.
enum Invariant: Equatable, CaseIterable {
  // The heap
  case semispacesAreApart, topIsInSpace, limitIsInSpace, usedBytesAreInBudget, marksAreInSpace, heapLiesWhereLayoutSays
  case heapHoldsLiveObjectsOnly, keptWordsAreCleared, stackWordsAreInBudget, unwrittenMemoryIsZero
  // Objects
  case referenceIsInBounds, referenceLeadsToObject, objectFitsSpace, objectsAreApart, kindFitsPlace, wordIsValue
  case unusedBitsAreZero, paddingIsZero
  case boxedIntegerNeedsBox, decimalIsCanonical, textIsUTF8, textLengthIsCounted, cachedHashIsRight
  case functionIsKnown, captureCountIsThatOfFunction, builtinIsKnown
  // Records
  case shapeIsInOrder, shapeKeyIsInterned, fieldCountIsThatOfShape
  // Maps
  case emptyMapHoldsNothing, mapCountIsThatOfRoot, nodeBranches, nodeSlotsAreApart, nodeDigitIsBelowParent
  case nodeCountIsThatOfBranches, keyIsInSlotOfDigit, nodeDigitIsFirstDifference, nodeBelowHashHasEqualHashes
  case mapKeyIsComposite, mapKeyHashIsThatOfBytes
  // Frames
  case frameIsInStack, chainEndsAtFirstFrame, frameDistanceFitsCall, returnAddressIsBehindCall, calleeFitsCode
  case registerHoldsValue
  // Images
  case sectionsAreInOrder, entryPointsExist, codeBeginsWithHaltAndResume, functionsCoverCode, constantsAreValues
  case chargesAreSorted, internedStringsAreStrings

  /// The rule, as a sentence.
  var rule: StaticString {
    switch self {
    case .semispacesAreApart: "the two semispaces do not overlap"
    case .topIsInSpace: "the next object goes into the current semispace"
    case .limitIsInSpace: "words are reserved within the current semispace only"
    case .usedBytesAreInBudget: "no more bytes are in use than the budget has"
    case .marksAreInSpace: "how far a semispace was filled is a place in it"
    case .heapLiesWhereLayoutSays: "the semispaces lie where the layout says"
    case .heapHoldsLiveObjectsOnly: "after a collection the objects that can be reached take up all words in use"
    case .keptWordsAreCleared: "the two words that keep values across a reservation are zero otherwise"
    case .stackWordsAreInBudget: "the stack words left are within the budget, and never fewer than the fewest"
    case .unwrittenMemoryIsZero: "the heap is zero behind the mark of what was written"
    case .referenceIsInBounds: "a reference leads into the heap or to the image's objects"
    case .referenceLeadsToObject: "a reference leads to the header of an object"
    case .objectFitsSpace: "an object ends before what is in use ends"
    case .objectsAreApart: "objects do not overlap"
    case .kindFitsPlace: "a reference leads to an object of a kind that belongs in its place"
    case .wordIsValue: "a word in the place of a value is one"
    case .unusedBitsAreZero: "the numbers of a header that its kind does not use are zero"
    case .paddingIsZero: "the bytes between a text and the end of its last word are zero"
    case .boxedIntegerNeedsBox: "an Int that fits 63 bits is not boxed"
    case .decimalIsCanonical: "a Decimal is in canonical form"
    case .textIsUTF8: "the bytes of a String are UTF-8"
    case .textLengthIsCounted: "the length of a String in code units is that of its bytes"
    case .cachedHashIsRight: "the hash that a String keeps is that of its CBOR, or zero if it is not a key"
    case .functionIsKnown: "a closure is of a function of the image"
    case .captureCountIsThatOfFunction: "a closure has as many captures as its function"
    case .builtinIsKnown: "a function of the library has a number of the table"
    case .shapeIsInOrder: "the keys of a shape are in canonical order, each once"
    case .shapeKeyIsInterned: "a key that the image has is the image's own String"
    case .fieldCountIsThatOfShape: "a Record has as many values as its shape has keys"
    case .emptyMapHoldsNothing: "the words of a Map that it does not use are undefined"
    case .mapCountIsThatOfRoot: "a Map has as many pairs as its root counts"
    case .nodeBranches: "a node of a trie has at least two branches"
    case .nodeSlotsAreApart: "a slot of a node holds a pair or a node, and there are 16 of them"
    case .nodeDigitIsBelowParent: "a node branches on a later digit than the node above"
    case .nodeCountIsThatOfBranches: "a node counts the pairs below it"
    case .keyIsInSlotOfDigit: "a key is in the slot of its digit"
    case .nodeDigitIsFirstDifference: "a node branches on the first digit in which keys below it differ, in order"
    case .nodeBelowHashHasEqualHashes: "a node branches on a digit of the CBOR only where kinds and hashes are equal"
    case .mapKeyIsComposite: "only keys that are Decimals, Arrays, Records or Maps have objects of their own"
    case .mapKeyHashIsThatOfBytes: "the hash of a key is that of its CBOR"
    case .frameIsInStack: "a frame lies in the stack"
    case .chainEndsAtFirstFrame: "the chain of callers ends at the first frame"
    case .frameDistanceFitsCall: "a frame begins at the arguments of the call that made it"
    case .returnAddressIsBehindCall: "a frame returns behind a call instruction, or to the built-in that called it"
    case .calleeFitsCode: "a frame runs the code of its callee"
    case .registerHoldsValue: "a register that may be read holds a value, a cell or a method"
    case .sectionsAreInOrder: "the sections of an image follow each other"
    case .entryPointsExist: "initialisers and handler are functions of the image"
    case .codeBeginsWithHaltAndResume: "code begins with halt and resume"
    case .functionsCoverCode: "functions cover the code, one after the other"
    case .constantsAreValues: "a constant is a value, or refers to an object of the image"
    case .chargesAreSorted: "the charge table is sorted by instruction"
    case .internedStringsAreStrings: "the table of interned Strings has a power of two of slots, and Strings in them"
    }
  }
}

/// A violation of a rule, and where it occurs.
struct InvariantViolation: Error, Equatable {
  /// The rule.
  let invariant: Invariant
  /// The object, frame or word that breaks it, in bytes from the start of the region.
  let offset: HeapOffset

  init(_ invariant: Invariant, at offset: HeapOffset) {
    self.invariant = invariant
    self.offset = offset
  }
}
