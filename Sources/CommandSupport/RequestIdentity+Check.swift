public import Host

extension RequestIdentity {
  /// Checks that no part of the identity is empty. An unset shell variable gives an empty value, which would make many
  /// requests look like one.
  ///
  /// - Throws: a usage error.
  public func checkParts() throws(CommandError) {
    for (name, text) in [
      ("the request's id", requestID), ("--account-id", accountID), ("--function-version", functionVersion),
    ] where text.isEmpty {
      throw CommandError(
        "\(name) is empty", reason: "it says which request this is: two requests with the same value are one request",
        hint: "give it a value; an unset shell variable gives an empty one")
    }
  }
}
