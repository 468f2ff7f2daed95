// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What a student's page is made of: the run that decided, and what it left in its folder.
public struct RunMaterial: Sendable {
  /// The whole of `result.json`.
  public var result: RunResult
  /// The text of `transcript.txt`; nil if there is none.
  public var transcript: String?
  /// The bytes of `capture.pcapng`; nil if there is none.
  public var capture: [UInt8]?

  /// - Parameters: as the properties of the same names.
  public init(result: RunResult, transcript: String? = nil, capture: [UInt8]? = nil) {
    self.result = result
    self.transcript = transcript
    self.capture = capture
  }
}
