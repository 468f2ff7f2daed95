// SPDX-License-Identifier: Apache-2.0

/// What a process does for a run of the lab.
enum ChaosRole: String, CaseIterable {
  case lab, sandbox, network, emulator, tool
  case guardian = "guard"

  /// - Parameter executable: the file name of the program that the process runs.
  init(executable: String) {
    self =
      switch executable {
      case "lab": .lab
      case "lab-guard": .guardian
      case "bwrap": .sandbox
      case "lab-network": .network
      case _ where executable.hasPrefix("qemu-system-"): .emulator
      // What is left: compilers, linkers and what unpacks archives.
      default: .tool
      }
  }
}
