// SPDX-License-Identifier: Apache-2.0
import LabModel

/// All that is rendered of a class's result, file by file.
public enum ClassReports {
  /// Renders the files of a class's results folder but for `class.json`: for each student `students/NAME.html`, and
  /// `gradescope/NAME.json` where there is a verdict; then `grades.csv`, `errors.csv`, `junit.xml`, `summary.md` and, last,
  /// `index.html`. One file at a time is in memory, with what it is made of.
  /// - Parameters:
  ///   - result: what grading the class came to.
  ///   - material: the run that decided about a student; nil if there was none. Called once for each student.
  ///   - write: takes a file, by its path relative to the folder.
  /// - Throws: what the two throw.
  public static func render(
    _ result: ClassResult, material: (StudentResult) throws -> RunMaterial?,
    write: (_ path: String, _ text: String) throws -> Void
  ) throws {
    for student in result.students {
      let material = student.attempts.isEmpty ? nil : try material(student)
      try write(ClassTable.path(of: student), StudentPage.render(student, of: result, material))
      if let run = material?.result, let results = try GradescopeReport.render(run) {
        try write("gradescope/\(student.fileName).json", results)
      }
    }
    try write("grades.csv", GradebookCSV.render(result))
    try write("errors.csv", ErrorsCSV.render(result))
    try write("junit.xml", ClassJUnit.render(result))
    try write("summary.md", ClassMarkdown.render(result))
    try write("index.html", ClassPage(result).render())
  }
}
