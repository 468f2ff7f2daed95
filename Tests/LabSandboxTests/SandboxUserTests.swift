// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabSandbox

/// Which user commands run as where the lab is root.
@Suite struct SandboxUserTests {
  @Test func isNobodyOnAnOrdinarySystem() {
    let all = "         0          0 4294967295\n"
    #expect(SandboxUser(users: all, groups: all)?.id == 65534)
  }

  @Test func isTheHighestThatANamespaceHas() {
    // As rootless containers have it: the user, and a range of others.
    let some = "         0       1000          1\n         1     100000      4096\n"
    #expect(SandboxUser(users: some, groups: some)?.id == 4096)
    #expect(SandboxUser(users: some, groups: "0 1000 1\n1 100000 4000\n") == nil)
  }

  @Test func isNobodyElseWhereThereIsOnlyRoot() {
    #expect(SandboxUser(users: "0 1000 1\n", groups: "0 1000 1\n") == nil)
    #expect(SandboxUser(users: "", groups: "") == nil)
  }
}
