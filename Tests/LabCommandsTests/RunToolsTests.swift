// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabFirmware
import LabModel
import LabSandbox
import Testing

@testable import LabCommands

@Suite struct RunToolsTests {
  private func bundled(_ problem: LabError?) throws -> RunTools {
    RunTools(
      sdk: .bundled, builder: FirmwareBuilder(sdk: "/sdk", sandbox: try Sandbox(isolation: .none)),
      emulator: EmulatorInstallation(kind: .bundled, executable: "/qemu"), idfProblem: problem)
  }

  @Test func saysWhyTheUsersESPIDFIsNotTaken() throws {
    let problem = LabError(code: "idf.wrong", message: "IDF_PATH names /x, which is not ESP-IDF")
    #expect(
      try bundled(problem).remark(on: "main.c")
        == "the bundled SDK, since IDF_PATH names /x, which is not ESP-IDF; see lab doctor")
  }

  @Test func hasNothingToSayOfTheBundledSDKAlone() throws {
    #expect(try bundled(nil).remark(on: "main.c") == nil)
  }
}
