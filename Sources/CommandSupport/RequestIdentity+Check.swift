public import Host

extension RequestIdentity {
  /// Makes sure that no part of the identity is empty: an unset shell variable gives an empty value, and would make one request
  /// of many.
  ///
  /// - Throws: an error of usage.
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
