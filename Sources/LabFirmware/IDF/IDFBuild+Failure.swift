// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

extension IDFBuild {
  /// Explains why there is no program.
  /// - Parameters:
  ///   - origin: what failed.
  ///   - log: what was said of the program.
  ///   - whole: all that Ninja printed.
  func failure(_ origin: IDFOutput.Origin?, _ log: BuildLog, _ whole: BuildLog) throws -> BuildFailure {
    let sdk = "ESP-IDF \(installation.version)"
    switch origin {
    case .program where log.plain.contains("CPU time limit exceeded"):
      return BuildFailure(
        .timeout, "the compiler did not come to an end", hint: BuildFailure.endlessHint, log: log)
    case .program where project.submission.language == .swift:
      return BuildFailure.compilingSwift(log, submission: project.submission)
    case .program:
      return BuildFailure.compiling(log, submission: project.submission, sdk: sdk)
    case .link:
      if let message = Self.smallPartition.firstMatch(in: log.plain)?[0] {
        return BuildFailure(
          .tooBig, "the program does not fit into the flash's partition for programs (\(message))",
          hint: "leave out what the program does not use", log: log)
      }
      let undefined = BuildFailure.undefinedReferences(in: log)
      let isSwift = project.submission.language == .swift
      var failure =
        (isSwift ? BuildFailure.linkingSwift(undefined: undefined, log: log) : nil)
        ?? BuildFailure.explanation(of: log, undefined: undefined, sdk: nil)
      failure.diagnostics = Diagnostic.linker(log.plain)
      return failure
    case .sdk, nil:
      if let failure = partitionFailure(whole) { return failure }
      throw LabError(
        code: "idf.build",
        message: "\(sdk) itself does not build for the \(chip.title): \(Self.reason(in: whole.plain))",
        remedy: "see that `idf.py build` works in a project of yours")
    }
  }

  private static let smallPartition = Pattern(#"app partition is too small|partition\S* .*is too small"#)

  /// Explains why there is no partition table; nil if there is one, or it is not the student's.
  private func partitionFailure(_ log: BuildLog) -> BuildFailure? {
    guard let table = project.submission.extras.partitionTable, log.plain.contains("gen_esp32part.py") else {
      return nil
    }
    let telling = ["Error at line", "CSV Error", "Partition", "partition", "does not fit", "Field ", "Size field"]
    let reason = log.plain.split(whereSeparator: \.isNewline).last { line in
      !line.contains("gen_esp32part.py") && !line.hasPrefix("[") && telling.contains(where: line.contains)
    }
    return BuildFailure(
      .link, "\(table) cannot be used" + (reason.map { ": \($0)" } ?? ""),
      hint: "mend it; the flash has 4 MB unless sdkconfig.defaults sets CONFIG_ESPTOOLPY_FLASHSIZE_8MB=y, say", log: log
    )
  }

  /// A build that ran out of time did not get on: compilers have a limit of their own, of processor time.
  var timeout: LabError {
    LabError(
      code: "idf.timeout", message: "building this project with ESP-IDF took too long and was stopped",
      remedy: "run the lab again: what has been built is kept, and the build goes on from there")
  }

  /// Tells a full disk from a program that does not build.
  func checkRoom(_ log: BuildLog) throws {
    var status = statvfs()
    guard log.plain.contains("No space left on device"), statvfs(folder.path, &status) == 0,
      UInt64(status.f_bavail) * UInt64(status.f_frsize) < 16 << 20
    else { return }
    throw LabError(
      code: "disk.full", message: "there is no room left in \(folder.path)",
      remedy: "free some room, or set XDG_CACHE_HOME to a folder with room")
  }

  private static let failing = Pattern("error:|CMake Error|ERROR|fatal:|not satisfied|No module named")

  /// The first line that looks like an error, with what follows, else the last ones.
  static func reason(in log: String) -> String {
    // By bytes: there may be half a million lines.
    let lines = log.utf8.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map { Substring($0) }
      .filter { !$0.utf8.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") } }
    let text = { (lines: [Substring]) in lines.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ") }
    let isTelling = { (line: Substring) in
      failing.isFound(in: line)
        // ESP-IDF asks git for its version, which it does not need.
        && !line.contains("not a git repository")
    }
    if let index = lines.firstIndex(where: isTelling) {
      let block = [lines[index]] + lines[(index + 1)...].prefix { $0.first == " " }
      // CMake tells what it tried before it tells how that failed: the compiler's own words come last.
      guard lines[index].contains("CMake Error"), let cause = block.dropFirst(4).first(where: isTelling) else {
        return text(Array(lines[index...].prefix(3)))
      }
      return text(block.prefix(4) + ["…", cause])
    }
    return lines.suffix(3).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " / ")
  }
}
