// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// Every kind of step on a real guest, with a lab and a firmware of the tests' own.
@Suite struct StepTests {
  @Test func everyStepDoesWhatItSays() async throws {
    let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/steps")
    let (result, transcript) = try await TestCheckout(contents: fixture).run("steps")
    let expected = Set(result.checks.map(\.id).filter { $0.hasSuffix("-fails") })
    #expect(result.ids(.fail) == expected, "\(result.failures)")
    #expect(result.ids(.pass) == Set(result.checks.map(\.id)).subtracting(expected))

    let checks = Dictionary(uniqueKeysWithValues: result.checks.map { ($0.id, $0) })
    #expect(checks["constant-fails"]?.hints == ["late as expected"])
    #expect(checks["echo-fails"]?.hints == ["told by its port"])
    #expect(checks["elsewhere-fails"]?.seen == "it dialled 10.0.2.2:5000 instead")
    #expect(checks["blocked-fails"]?.seen?.contains("1 attempt within 3 s") == true)
    #expect(checks["busy-fails"]?.seen?.hasPrefix("it computed for ") == true)
    #expect(checks["quiet-fails"]?.evidence.first?.entry.text.contains("SYN") == true)
    #expect(checks["more-fails"]?.seen == "\" and two\"")
    #expect(checks["conversations"]?.conversation == nil)
    let conversation = try #require(checks["conversations-fails"]?.conversation)
    #expect(conversation.first?.contains(" of 18, seed 1") == true)
    #expect(conversation.contains { $0.contains("connect: 3333") } && conversation.count <= 6, "\(conversation)")
    #expect(checks["data-fails"]?.seen?.contains("instead of") == true)
    #expect(transcript.contains("network: 10 of 100 frames are lost (seed 7)"))
    // A check with a restart has its one attempt.
    #expect(!transcript.contains("it runs again on a fresh one"))
  }
}
