import CommandSupport
import FoundationEssentials

/// The date at which the validity of certificates is checked.
struct CheckDate {
  /// The date, in whole seconds if it was given.
  let date: Date
  /// Whether it is the system's date, because none was given.
  let isSystems: Bool

  /// The system's date.
  static var now: CheckDate { CheckDate(date: Date(), isSystems: true) }

  /// The date for messages, such as `2026-01-31T12:00:00Z`.
  var text: String { date.ISO8601Format() + (isSystems ? " (the system's date)" : "") }
}

extension CheckDate {
  /// Reads a date, or a date and time, as in RFC 3339, section 5.6. A date without a time is the start of that day in
  /// UTC. Fractions of a second are dropped, because certificates have none.
  ///
  /// - Throws: a usage error.
  init(_ text: String) throws {
    let pattern = /([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(.*))?/
    guard let fields = text.wholeMatch(of: pattern)?.output,
      let offset = fields.7.map(CheckDate.offset) ?? 0
    else {
      throw CheckDate.error(text, reason: "it must be an RFC 3339 date, year-month-day, with or without a time")
    }
    let components = DateComponents(
      timeZone: .gmt, year: Int(fields.1), month: Int(fields.2), day: Int(fields.3), hour: fields.4.flatMap { Int($0) },
      minute: fields.5.flatMap { Int($0) }, second: fields.6.flatMap { Int($0) })
    let calendar = Calendar(identifier: .gregorian)
    guard components.isValidDate(in: calendar), let date = calendar.date(from: components) else {
      throw CheckDate.error(text, reason: "there is no such date or time")
    }
    self.init(date: date - Double(offset), isSystems: false)
  }

  /// The offset of a time zone from UTC, in seconds. The text is `Z`, or hours and minutes.
  private static func offset(_ text: Substring) -> Int? {
    if text == "Z" || text == "z" { return 0 }
    guard let fields = text.wholeMatch(of: /([+-])([0-9]{2}):([0-9]{2})/)?.output, let hours = Int(fields.2),
      let minutes = Int(fields.3), hours < 24, minutes < 60
    else { return nil }
    return (fields.1 == "-" ? -1 : 1) * (hours * 60 + minutes) * 60
  }

  private static func error(_ text: String, reason: String) -> CommandError {
    CommandError(
      "--at \(text): is not a date", reason: reason, hint: "for example --at 2026-01-31, or --at 2026-01-31T12:00:00Z"
    )
  }
}
