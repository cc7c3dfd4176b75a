import Engine

/// All diagnostics of the front end, in the order of the table (`DiagnosticDefinition.all`) and of the docs.
public enum DiagnosticCode: UInt8, CaseIterable, Sendable {
  // The text of a file.
  case fileTooLarge, invalidUTF8, unexpectedCharacter, nonASCIIName
  case unterminatedString, unterminatedTemplate, unterminatedComment
  case invalidEscape, legacyOctalEscape, loneSurrogate
  case fractionalLiteral, bigIntLiteral, integerOutOfRange, legacyOctalLiteral, misplacedSeparator, malformedNumber
  case regularExpression, escapedKeyword, privateName

  // The grammar.
  case unexpectedToken, expectedToken, missingSemicolon, unclosedBracket, tooDeep, tooManyErrors
  case newlineBeforeArrow, newlineAfterThrow, declarationNeedsBlock, arrowNeedsParentheses, recordNeedsParentheses
  case returnOutsideFunction, restNotLast, missingInitializer, letWithoutInitializer
  case reservedWord, strictDirective, secondDefaultClause
  case duplicateDeclaration, duplicateParameter

  // Statements that the language leaves out.
  case classSyntax, forLoop, forOfLoop, forInLoop, whileLoop, doWhileLoop, varDeclaration, tryStatement
  case withStatement, label, debuggerStatement, continueStatement, misplacedBreak, switchFallsThrough
  case generator, asyncFunction

  // Expressions that the language leaves out.
  case thisExpression, superExpression, newExpression, newTarget
  case assignment, compoundAssignment, increment, decrement
  case deleteOperator, typeofOperator, voidOperator, instanceofOperator, inOperator
  case nullLiteral, undefinedName, looseEquality, looseInequality, nullishCoalescing, optionalChaining
  case exponentiation, unaryPlus, bitwiseOperator, commaOperator, taggedTemplate
  case arrayHole, duplicateKey, protoKey, getter, setter, method
  case yieldExpression, awaitExpression, argumentsObject, importMeta, dynamicImport, evalName, inheritedDefault

  // Names that are not defined.
  case unknownName, functionConstructor, dateName, mathRandom, timer, promiseName, proxyName, reflectName, symbolName
  case globalObject, processName, commonJS, fetchName, consoleName, numberName, bigIntName, booleanName, setName
  case regExpName, errorName, binaryData, intlName, cryptoName, performanceName, textCodec, structuredCloneName
  case unknownMember, objectMutation, namespaceAsValue, effectAsValue

  // Files and modules.
  case defaultImport, bareImport, exportDefaultNotFunction, reExport, nestedModuleDeclaration, importAttributes
  case stringExportName, notRelativePath, pathLeavesRoot, moduleNotFound, missingExport, importCycle
  case duplicateExport, exportOfUndeclared, unknownModuleMember, moduleAsValue, scriptWithoutValue
  case moduleUnusable, handlerArity, handlerWithoutValue

  // Limits of the image format.
  case literalTooLarge, tooManyArguments, functionTooLarge, programTooLarge, namesCollide

  // Warnings.
  case mutatingMethod, readBeforeInitialization

  /// The row of this diagnostic in the table.
  public var definition: DiagnosticDefinition { DiagnosticDefinition.all[Int(rawValue)] }

  /// The code with this id (`MQ1001`), in upper or lower case.
  public init?(id: [UInt8]) {
    for code in DiagnosticCode.allCases where isEqualIgnoringCase(code.definition.id.bytes, id) {
      self = code
      return
    }
    return nil
  }
}

/// Compares ASCII text, ignoring case.
private func isEqualIgnoringCase(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  guard left.count == right.count else { return false }
  return left.indices.allSatisfy { lowercased(left[$0]) == lowercased(right[$0]) }
}

private func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 0x20 : byte }
