internal import Engine
internal import OperatingSystem

/// `Random.bytes(n)` and `Random.int(lo, hi)`: random data that follows from the request's seed alone.
public struct RandomEffect: Effect {
  /// The maximum number of bytes in one call.
  public static let byteLimit: Int64 = 4096

  /// `Random`.
  public let name = RandomOperation.capability.text
  /// All results follow from the seed.
  public let isRepeatable = true

  /// Creates the capability.
  public init() {}

  /// `bytes` returns two lowercase hexadecimal digits for each byte; `int` returns a number from `lo` to `hi`,
  /// inclusive.
  public func perform(_ call: HostCall, in request: RequestScope) -> EffectResult {
    let numbers = call.arguments.compactMap(\.number)
    switch RandomOperation(of: call) {
    case .bytes:
      guard numbers.count == 1 else { return .failure(.invalidArgument("bytes(count) takes an Int")) }
      guard (0...RandomEffect.byteLimit).contains(numbers[0]) else {
        return .failure(
          .invalidArgument("a call returns 0 to \(RandomEffect.byteLimit) bytes; \(numbers[0]) is not possible"))
      }
      return .success(.string(Hexadecimal.text(of: request.random.generate(Int(numbers[0])))))
    case .int:
      guard numbers.count == 2 else { return .failure(.invalidArgument("int(low, high) takes two Ints")) }
      guard numbers[0] <= numbers[1] else {
        return .failure(.invalidArgument("low is \(numbers[0]), which is more than high, \(numbers[1])"))
      }
      return .success(.integer(request.random.integer(in: numbers[0]...numbers[1])))
    case nil: return .failure(.unknownOperation(call.operation))
    }
  }
}

/// `Uuid.v4()`: a random UUID (RFC 9562, section 5.4) that follows from the request's seed alone.
public struct UuidEffect: Effect {
  /// `Uuid`.
  public let name = UuidOperation.capability.text
  /// All results follow from the seed.
  public let isRepeatable = true

  /// Creates the capability.
  public init() {}

  /// 16 bytes of the request's random stream with the bits of version 4 and of the variant, in lowercase.
  public func perform(_ call: HostCall, in request: RequestScope) -> EffectResult {
    switch UuidOperation(of: call) {
    case .v4:
      var bytes = request.random.generate(16)
      bytes[6] = bytes[6] & 0x0f | 0x40
      bytes[8] = bytes[8] & 0x3f | 0x80
      var text = Array(Hexadecimal.text(of: bytes).utf8)
      for place in [20, 16, 12, 8] { text.insert(UInt8(ascii: "-"), at: place) }
      return .success(.string(String(decoding: text, as: UTF8.self)))
    case nil: return .failure(.unknownOperation(call.operation))
    }
  }
}
