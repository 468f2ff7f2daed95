// SPDX-License-Identifier: Apache-2.0
import LabBatch
import Testing

@Suite struct ClassSubmissionTests {
  @Test func submissionsWithTheSameContentsOfDifferentStudentsDiffer() {
    let one = ClassSubmission(student: "ann", path: "/c/ann.c", origin: "ann.c", form: .plain, digest: "00")
    var other = one
    other.student = "eve"
    #expect(Set([one, other]).count == 2)
  }
}
