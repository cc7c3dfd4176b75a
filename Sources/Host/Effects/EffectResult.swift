public import OperatingSystem

/// The result of a call: a value, which the program sees as `{Ok: value}`, or an error, which it sees as `{Err: {code,
/// message}}`.
public struct EffectResult: Equatable, Sendable {
  private enum Content: Equatable {
    case value(CBORValue)
    case encoded(SecretBytes)
    case error(EffectError)
  }

  private let content: Content
  /// Whether the result is classified data (PCI). Then all of the request's memory is protected before the result is
  /// written to it.
  public let isClassified: Bool

  /// A value. Neither it nor the data it was made from is wiped. For a secret, use `success(encoded:)`.
  public static func success(_ value: CBORValue, isClassified: Bool = false) -> EffectResult {
    EffectResult(content: .value(value), isClassified: isClassified)
  }

  /// A value as bytes. The host wipes every copy that it makes of them.
  ///
  /// - Parameter value: canonical CBOR of one value. For other bytes, the program ends in `NotSerializable`. If the
  ///   data is classified, the effect must have put it into classified memory.
  public static func success(encoded value: SecretBytes, isClassified: Bool = false) -> EffectResult {
    EffectResult(content: .encoded(value), isClassified: isClassified)
  }

  /// An error. Its message is for people to read, so it must hold no secret.
  public static func failure(_ error: EffectError) -> EffectResult {
    EffectResult(content: .error(error), isClassified: false)
  }

  /// The error; nil for a value.
  public var error: EffectError? {
    if case .error(let error) = content { error } else { nil }
  }

  /// The value.
  ///
  /// - Throws: the error, if the result is one; a `CBORDefect` for bytes that are not canonical CBOR.
  public func get() throws -> CBORValue {
    switch content {
    case .value(let value): value
    case .encoded(let bytes): try CBORValue(canonical: bytes)
    case .error(let error): throw error
    }
  }

  /// The canonical CBOR of the Record that the program sees.
  ///
  /// - Throws: `.noMemory`, `.notLocked`; never for `.standard`.
  func record(_ protection: MemoryProtection) throws(SystemError) -> SecretBytes {
    switch content {
    case .value(let value):
      try SecretBytes(copying: CBORValue.record([.init("Ok", value)]).encoded.span, protection: protection)
    case .encoded(let value): try SecretBytes(joining: EffectResult.okHead, value, protection: protection)
    case .error(let error): try SecretBytes(copying: error.encoded.span, protection: protection)
    }
  }

  /// The canonical CBOR of a Record with the single field `Ok`, up to the field's value.
  static let okHead: [UInt8] = [0xa1, 0x62, 0x4f, 0x6b]
}

extension EffectError {
  /// The canonical CBOR of the Record that the program sees.
  var encoded: [UInt8] {
    let record: CBORValue = ["Err": ["code": .string(code), "message": .string(message)]]
    return record.encoded
  }

  /// The same, in memory that is wiped.
  var record: SecretBytes { SecretBytes(copying: encoded) }
}

extension SecretBytes {
  /// The error code in a recorded result; nil for a value. A value is not decoded, since that would leave copies of it.
  var errorCode: String? {
    starts(with: EffectResult.okHead) ? nil : (try? CBORValue(canonical: self))?["Err"]?["code"]?.text
  }
}
