// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabCommands

@main struct Lab {
  static func main() async {
    exit(await LabMain.run(Array(CommandLine.arguments.dropFirst())))
  }
}
