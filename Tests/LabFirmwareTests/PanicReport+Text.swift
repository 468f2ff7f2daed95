// SPDX-License-Identifier: Apache-2.0

@testable import LabFirmware

extension PanicReport {
  /// The reports in what a device printed.
  static func all(in text: String) -> [PanicReport] {
    var parser = PanicParser()
    var reports = text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { parser.parse(String($0)) }
    if let last = parser.finish() { reports.append(last) }
    return reports
  }
}
