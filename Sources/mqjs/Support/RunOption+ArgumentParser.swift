import ArgumentParser
import CommandSupport

extension Option where Value == String? {
  /// An option from the table, with its name and help.
  init(_ option: RunOption) {
    self.init(name: option.nameSpecification, help: option.argumentHelp, completion: option.completion)
  }
}

extension Option where Value == [String] {
  /// A repeatable option from the table, with its name and help.
  init(wrappedValue: [String], _ option: RunOption) {
    self.init(
      wrappedValue: wrappedValue, name: option.nameSpecification, help: option.argumentHelp,
      completion: option.completion)
  }
}

extension Flag where Value == Bool {
  /// A flag from the table, with its name and help.
  init(wrappedValue: Bool, _ option: RunOption) {
    self.init(wrappedValue: wrappedValue, name: option.nameSpecification, help: option.argumentHelp)
  }
}

extension RunSettings {
  /// Applies an option if it was given.
  mutating func apply(_ option: RunOption, _ value: String?) {
    if let value { apply(option, value) }
  }

  /// Applies an option once for each value.
  mutating func apply(_ option: RunOption, _ values: [String]) {
    for value in values { apply(option, value) }
  }

  /// Applies a flag if it was given.
  mutating func apply(_ option: RunOption, _ isGiven: Bool) {
    if isGiven { apply(option) }
  }
}

extension RunOption {
  fileprivate var nameSpecification: NameSpecification { .customLong(row.name) }

  fileprivate var argumentHelp: ArgumentHelp {
    ArgumentHelp(row.help, discussion: row.details, valueName: value?.name)
  }

  fileprivate var completion: CompletionKind? {
    switch value {
    case nil, .text: nil
    case .file(_, let suffix): .file(extensions: suffix.map { [$0] } ?? [])
    }
  }
}
