// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LabEmulator

/// Which emulator to use.
enum EmulatorChoice: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// Espressif's where it is found, else the bundled one.
  case auto
  /// Espressif's QEMU.
  case espressif
  /// The machine that comes with the lab.
  case bundled

  /// The only kind to look for.
  var kind: EmulatorKind? {
    switch self {
    case .auto: nil
    case .espressif: .espressif
    case .bundled: .bundled
    }
  }
}
