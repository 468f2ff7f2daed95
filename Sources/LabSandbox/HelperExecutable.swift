// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Finds programs: the package's own helpers, and the system's.
public enum HelperExecutable {
  /// The path of a program that is built with the lab, such as `lab-guard` or `lab-network`.
  /// - Parameter name: its file name.
  /// - Returns: its absolute path, beside the running program.
  /// - Throws: `LabError` if it is not there.
  public static func path(named name: String) throws -> String {
    let path = directory + "/" + name
    guard isExecutable(path) else {
      throw LabError(
        code: "lab.incomplete", message: "\(name) is not beside the lab (looked for \(path))",
        remedy: "build the whole package: swift build")
    }
    return path
  }

  /// Looks for a program in the folders of `PATH`.
  /// - Parameters:
  ///   - name: its file name.
  ///   - path: the folders, separated by colons; relative ones are not looked at.
  /// - Returns: the absolute path of the first that can be executed, or `nil`.
  public static func search(
    _ name: String, path: String? = ProcessInfo.processInfo.environment["PATH"]
  ) -> String? {
    for folder in (path ?? "/usr/bin:/bin").split(separator: ":") where folder.hasPrefix("/") {
      let candidate = "\(folder)/\(name)"
      if isExecutable(candidate) { return candidate }
    }
    return nil
  }

  /// The folder of the running program, links resolved.
  public static let directory: String = {
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath().path
    return String(program[..<(program.lastIndex(of: "/") ?? program.startIndex)])
  }()

  private static func isExecutable(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }
}
