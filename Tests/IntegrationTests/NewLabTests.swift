// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// A lab that has just been begun works.
@Suite struct NewLabTests {
  @Test func aNewLabValidatesAndRunsAtOnce() async throws {
    let checkout = try TestCheckout(labs: ["template"])
    #expect(try await checkout.lab("new-lab", "08-greeter").status == 0)
    let validation = try await checkout.lab("validate")
    #expect(validation.status == 0, "\(validation)")

    let solution = try await checkout.run("8").result
    #expect(solution.verdict == .pass, "\(solution.failures)")
    let folder = "labs/08-greeter"
    let starter = try await checkout.run("8", "\(folder)/starter").result
    #expect(starter.build?.succeeded == true && starter.ids(.fail) == ["listens"], "\(starter.failures)")
    let correct = try await checkout.run("8", "\(folder)/submissions/correct/line-at-a-time.c").result
    #expect(correct.verdict == .pass, "\(correct.failures)")
    let wrong = try await checkout.run("8", "\(folder)/submissions/wrong/no-answer.c").result
    #expect(wrong.ids(.fail) == ["greets"] && wrong.ids(.skipped) == ["next-client"], "\(wrong.failures)")
  }
}
