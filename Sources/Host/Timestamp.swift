/// A point in time, in the form of RFC 3339.
struct Timestamp {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  let milliseconds: Int64

  /// UTC with milliseconds: `2026-01-31T23:59:59.999Z`.
  var text: String {
    let (days, time) = milliseconds.flooringDivision(by: 86_400_000)
    let (year, month, day) = Timestamp.date(daysSince1970: days)
    let seconds = time / 1000
    var text: [UInt8] = []
    text.reserveCapacity(24)
    func append(_ number: Int64, _ width: Int, _ end: Unicode.Scalar) {
      text += Timestamp.digits(number, width).utf8
      text.append(UInt8(ascii: end))
    }
    append(year, 4, "-")
    append(month, 2, "-")
    append(day, 2, "T")
    append(seconds / 3600, 2, ":")
    append(seconds / 60 % 60, 2, ":")
    append(seconds % 60, 2, ".")
    append(time % 1000, 3, "Z")
    return String(decoding: text, as: UTF8.self)
  }

  /// The date in the Gregorian calendar. Years are counted from 1 March, so that the leap day comes last; 400 years
  /// have 146,097 days.
  private static func date(daysSince1970: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, day) = (daysSince1970 + 719_468).flooringDivision(by: 146_097)
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    let isNextYear = month >= 10
    return (
      era * 400 + year + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3,
      dayOfYear - (153 * month + 2) / 5 + 1
    )
  }

  private static func digits(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return text.utf8.count < width ? String(repeating: "0", count: width - text.utf8.count) + text : text
  }
}

extension Int64 {
  /// Quotient and remainder; the remainder is never negative.
  fileprivate func flooringDivision(by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
