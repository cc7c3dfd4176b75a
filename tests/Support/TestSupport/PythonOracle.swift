import Foundation

/// Python with the packages that results are held against.
public enum PythonOracle {
  /// The interpreter of the virtual environment that `Scripts/python-oracles.sh` makes.
  public static let path = Repository.url(".build/oracles/bin/python").path
}
