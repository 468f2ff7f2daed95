// SPDX-License-Identifier: Apache-2.0
import LabModel

/// The page of a student of a class.
public enum StudentPage {
  /// The whole file.
  /// - Parameters:
  ///   - student: what the submission came to.
  ///   - result: the class's result.
  ///   - material: the run that decided, if there was one and its folder is still there.
  public static func render(_ student: StudentResult, of result: ClassResult, _ material: RunMaterial?) -> String {
    if var material {
      // Where it was unpacked is nobody's business.
      if let submission = student.submission { material.result.submission = submission }
      return RunPage(material, heading: student.label).render()
    }
    let explanation: Markup =
      switch student.verdict {
      case .missing: "<p>Nothing was handed in.</p>"
      case .error:
        "<p>The lab failed, and nothing can be said of the submission. It has to be graded again.</p>"
      case .pass, .fail:
        "<p>The record of the run is not there any more.</p>\(student.buildFailure.map { "<p>It did not build: \($0)</p>" as Markup })"
      }
    let content: Markup = """
      \(PageHeading(
        lab: result.lab, title: result.title, heading: student.label, verdict: student.verdict,
        points: student.hasPoints ? "\(student.points) of \(Quantity.count(student.maximum, "point"))" : nil))
      <section class="card">\(explanation)</section>
      """
    return PageShell(title: "Lab \(result.lab): \(student.label)", content: content).html
  }
}
