import Foundation

/// Python with the packages that results are compared with.
public enum PythonOracle {
  /// The interpreter in the virtual environment that `Scripts/python-oracles.sh` creates.
  public static let path = Repository.url(".build/oracles/bin/python").path
}
