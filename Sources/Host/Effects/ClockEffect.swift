internal import Engine
internal import OperatingSystem

/// The clock of a host. Tests supply their own.
public struct HostClock: Sendable {
  private let read: @Sendable () -> Int64

  /// A clock that calls a function.
  ///
  /// - Parameter milliseconds: returns milliseconds since 1970-01-01T00:00:00Z.
  public init(milliseconds: @escaping @Sendable () -> Int64) {
    read = milliseconds
  }

  /// The system's clock.
  public static let system = HostClock { SystemClock.milliseconds }

  /// Milliseconds since 1970-01-01T00:00:00Z.
  public var milliseconds: Int64 { read() }
}

/// `Clock.now()`: the host's time. It comes from outside, so a run that asks for it can only be repeated with the
/// journal.
public struct ClockEffect: Effect {
  /// `Clock`.
  public let name = ClockOperation.capability.text
  private let clock: HostClock

  /// Creates the capability.
  public init(_ clock: HostClock = .system) {
    self.clock = clock
  }

  /// Milliseconds since 1970-01-01T00:00:00Z.
  public func perform(_ call: HostCall, in request: RequestScope) -> EffectResult {
    switch ClockOperation(of: call) {
    case .now: .success(.integer(clock.milliseconds))
    case nil: .failure(.unknownOperation(call.operation))
    }
  }
}
