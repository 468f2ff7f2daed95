// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// A private folder in which one build takes place: `source/` with a copy of the submission, `config/` with its options as a
/// header, `out/` with a folder for each tool's output.
final class BuildWorkspace: Sendable {
  private let directory: PrivateDirectory
  private let configuration: [String: String]

  /// The copy of the submission.
  var source: String { directory.path + "/source" }
  /// The folder of `sdkconfig_project.h`, which the SDK's own `sdkconfig.h` includes.
  var config: String { directory.path + "/config" }

  /// Copies a submission.
  init(submission: Submission) throws {
    directory = try PrivateDirectory()
    configuration = submission.configuration
    do {
      for file in submission.files {
        let path = "\(source)/\(file.path)"
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(file.contents).write(to: URL(fileURLWithPath: path))
      }
      try FileManager.default.createDirectory(atPath: config, withIntermediateDirectories: true)
      try Data(header.utf8).write(to: URL(fileURLWithPath: config + "/sdkconfig_project.h"))
      if submission.language == .swift {
        let own = submission.bridgingHeader.map { "#include \"\(source)/\($0)\"\n" } ?? ""
        try Data(("#include \"sdkconfig.h\"\n" + own).utf8).write(to: URL(fileURLWithPath: bridgingHeader))
      }
    } catch {
      throw LabError(
        code: "output.unwritable",
        message: "cannot copy the submission to \(directory.path): \(error.localizedDescription)",
        remedy: "check that there is room in the folder for temporary files (TMPDIR)")
    }
  }

  /// Makes a folder for one tool's output.
  /// - Returns: its absolute path.
  func makeOutput(_ name: String) throws -> String {
    let path = "\(directory.path)/out/\(name)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  /// Tells a full disk, which is not the student's fault, from a program that does not build.
  /// - Parameter errors: what the tool that failed printed. A source may make it print anything, so the disk is asked as well.
  /// - Throws: `LabError` if there is no room left.
  func checkRoom(_ errors: [UInt8]) throws {
    var status = statvfs()
    guard errors.firstRange(of: Array("No space left on device".utf8)) != nil, statvfs(directory.path, &status) == 0,
      UInt64(status.f_bavail) * UInt64(status.f_frsize) < 4 << 20
    else { return }
    throw LabError(
      code: "disk.full", message: "there is no room left in \(directory.path)",
      remedy: "free some room, or set TMPDIR to a folder with room")
  }

  /// The submission's options as a header. One that the SDK defines itself keeps the SDK's value.
  var header: String {
    configuration.sorted { $0.key < $1.key }
      .map { "#ifndef \($0.key)\n#define \($0.key) \($0.value)\n#endif\n" }.joined()
  }

  /// The header through which a Swift program sees C: first its options, which modules of headers know nothing of, then its own.
  var bridgingHeader: String { config + "/bridging.h" }

  private static let definition = Pattern(#"^#define (CONFIG_\w+)\s+(.*)$"#)

  /// Says which options have no effect, since the SDK has been built with another value.
  func notes(sdk: String) -> [String] {
    guard !configuration.isEmpty, let data = FileManager.default.contents(atPath: "\(sdk)/include/sdkconfig.h") else {
      return []
    }
    var fixed: [String: String] = [:]
    for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
      guard let match = Self.definition.firstMatch(in: line), let name = match[1], let value = match[2] else {
        continue
      }
      fixed[String(name)] = String(value)
    }
    return configuration.sorted { $0.key < $1.key }.compactMap { name, value in
      guard let built = fixed[name], built != value else { return nil }
      return "\(name)=\(value) has no effect: the bundled SDK is built with \(built)"
    }
  }
}
