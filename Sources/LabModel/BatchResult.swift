// SPDX-License-Identifier: Apache-2.0

/// The results of several runs that belong together.
public struct BatchResult: Codable, Equatable, Sendable {
  /// The version of this format.
  public var schema = 1
  /// The result of each run, in the order in which they were asked for.
  public var results: [RunResult]
  /// How they ended together: `error` if one could not be judged, else `fail` if one failed.
  public var verdict: RunResult.Verdict
  /// Wall time of them all, in seconds.
  public var seconds: Double

  /// - Parameters: as the properties of the same names.
  public init(results: [RunResult], seconds: Double) {
    self.results = results
    self.seconds = seconds
    verdict =
      if results.contains(where: { $0.verdict == .error }) {
        .error
      } else if results.contains(where: { $0.verdict == .fail }) {
        .fail
      } else {
        .pass
      }
  }

  /// The exit code that tells the verdict: 0, 10 or 11.
  public var exitCode: Int32 { verdict.exitCode }
}
