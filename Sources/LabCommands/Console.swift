// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabReports

/// What surrounds a command: where its output goes and what it may look at. A test brings its own.
public struct Console: Sendable {
  /// Results.
  public var output: TextOutput
  /// Messages, and progress beside a result that is not for people.
  public var errors: TextOutput
  /// The environment's variables.
  public var environment: [String: String]
  /// The folder that relative paths start from.
  public var directory: URL

  /// The console of the running command.
  @TaskLocal static var current = Console.process

  /// This process's own.
  public static let process = Console(
    output: .descriptor(STDOUT_FILENO), errors: .descriptor(STDERR_FILENO),
    environment: ProcessInfo.processInfo.environment,
    directory: URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true))

  /// The style for results.
  /// - Parameter color: what the caller asked for.
  func style(_ color: ColorChoice) -> TerminalStyle { style(color, of: output) }

  /// The style for an output.
  func style(_ color: ColorChoice, of output: TextOutput) -> TerminalStyle {
    TerminalStyle(
      choice: color, isTerminal: output.isTerminal, columns: output.columns, environment: environment)
  }

  /// A path as the caller knows it: relative where it lies in the caller's folder.
  func shown(_ url: URL) -> String {
    let path = url.standardizedFileURL.path
    let prefix = directory.standardizedFileURL.path
    if path.hasPrefix(prefix + "/") { return String(path.dropFirst(prefix.count + 1)) }
    return path
  }

  /// A path that the caller wrote, relative to the caller's folder.
  func resolve(_ path: String) -> URL {
    (path.hasPrefix("/") ? URL(fileURLWithPath: path) : directory.appending(path: path)).standardizedFileURL
  }
}
