// SPDX-License-Identifier: Apache-2.0
import LabModel

/// A name that the device asked for.
struct NameQuery: Equatable, Sendable {
  /// The name in lower case.
  var name: String
  /// The transcript line that shows it.
  var evidence: Evidence
}
