// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabSandbox

@Suite struct RootWarningTests {
  private func isDue(
    _ user: UInt32 = 0, _ environment: [String: String] = [:], isContainer: Bool = false, allowsNamespaces: Bool = true
  ) -> Bool {
    RootWarning.isDue(
      user: user, environment: environment, isContainer: isContainer, allowsNamespaces: allowsNamespaces)
  }

  @Test func rootIsWarned() { #expect(isDue()) }

  @Test func whoeverIsNotRootOrHasToBeIsNot() {
    #expect(!isDue(1000))
    #expect(!isDue(0, ["CI": "true"]))
    #expect(!isDue(0, ["container": "podman"]))
    #expect(!isDue(isContainer: true))
    #expect(!isDue(allowsNamespaces: false))
  }
}
