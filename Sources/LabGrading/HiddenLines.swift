// SPDX-License-Identifier: Apache-2.0
import LabModel

/// The lines of a transcript that belong to checks which students do not see. A later check that they do see may look back at them, and tells nothing of them: the
/// device prints what such a check has sent it.
struct HiddenLines {
  private var ranges: [ClosedRange<Int>] = []

  /// Adds the lines of a check that students do not see.
  mutating func add(_ range: ClosedRange<Int>) { ranges.append(range) }

  /// Finds where what a reader may see begins before a line: behind the last hidden check. 0 if there was no hidden check.
  func end(before line: Int, to reader: Visibility) -> Int {
    guard reader == .student else { return 0 }
    return ranges.last { $0.upperBound < line }.map { $0.upperBound + 1 } ?? 0
  }

  /// Leaves out what a reader is not to see.
  /// - Parameters:
  ///   - elements: what was seen of the device.
  ///   - reader: who is to see it.
  ///   - line: the transcript line of an element.
  func shown<Element>(_ elements: [Element], to reader: Visibility, at line: (Element) -> Int) -> [Element] {
    guard reader == .student else { return elements }
    return elements.filter { element in !ranges.contains { $0.contains(line(element)) } }
  }
}
