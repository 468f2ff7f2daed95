// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LabModel

/// What to build with.
enum SDKChoice: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// ESP-IDF where it can be used, else the bundled SDK.
  case auto
  /// ESP-IDF.
  case idf
  /// The SDK that comes with the lab.
  case bundled

  /// The only one to use.
  var kind: SDKKind? {
    switch self {
    case .auto: nil
    case .idf: .idf
    case .bundled: .bundled
    }
  }
}
