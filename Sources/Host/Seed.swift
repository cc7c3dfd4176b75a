public import OperatingSystem

/// The identity of a request. All three strings enter the seed. So with the same snapshot and gas limit, a request with
/// the same identity has the same seed.
public struct RequestIdentity: Equatable, Sendable {
  /// On AWS Lambda, the request id of the runtime interface.
  public var requestID: String
  /// On AWS Lambda, the account id in the function's ARN.
  public var accountID: String
  /// On AWS Lambda, `AWS_LAMBDA_FUNCTION_VERSION`.
  public var functionVersion: String

  /// An identity from its three strings.
  public init(requestID: String, accountID: String, functionVersion: String) {
    self.requestID = requestID
    self.accountID = accountID
    self.functionVersion = functionVersion
  }

  /// The identity of a request of which at most the id is known. If the id is not known, it is 128 random bits as
  /// hexadecimal digits, since two requests must not have the same seed.
  public static func standard(requestID: String? = nil) -> RequestIdentity {
    RequestIdentity(
      requestID: requestID ?? randomID(), accountID: standardAccountID, functionVersion: standardFunctionVersion)
  }

  /// The default account id.
  public static let standardAccountID = "000000000000"

  /// The default function version, named as on AWS Lambda.
  public static let standardFunctionVersion = "$LATEST"

  /// 32 random hexadecimal digits.
  private static func randomID() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<32).map { _ in String(generator.next(upperBound: 16 as UInt8), radix: 16) }.joined()
  }

  /// The seed of the request: SHA-256 of request id, account id, function version, `mtpscript-v5.1`, the 32 bytes of
  /// the snapshot's content hash, and the gas limit's decimal digits, joined without separators. Strings are in UTF-8.
  public func seed(contentHash: Hash256, gasLimit: GasLimit) -> Hash256 {
    Hash256(
      of: Array(requestID.utf8) + Array(accountID.utf8) + Array(functionVersion.utf8) + Array("mtpscript-v5.1".utf8)
        + contentHash.bytes + gasLimit.ascii)
  }
}
