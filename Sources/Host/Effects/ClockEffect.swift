internal import Engine
internal import System

/// Where the host takes the time from; a test gives its own.
public struct HostClock: Sendable {
  private let read: @Sendable () -> Int64

  /// A clock that asks a function.
  ///
  /// - Parameter milliseconds: milliseconds since 1970-01-01T00:00:00Z.
  public init(milliseconds: @escaping @Sendable () -> Int64) {
    read = milliseconds
  }

  /// The system's clock.
  public static let system = HostClock { SystemClock.milliseconds }

  /// Milliseconds since 1970-01-01T00:00:00Z.
  public var milliseconds: Int64 { read() }
}

/// `Clock.now()`: the host's time. It comes from outside, so a program that asks for it can be run again only with the
/// journal.
public struct ClockEffect: Effect {
  /// `Clock`.
  public let name = ClockOperation.capability.text
  private let clock: HostClock

  /// The capability.
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
