// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// A private folder in which one build takes place: `source/` with a copy of the submission, `config/` with its options as a
/// header, `out/` with a folder for each tool's output, `objects/` with what is linked.
final class BuildWorkspace: Sendable {
  private let directory: PrivateDirectory
  private let configuration: [String: String]

  /// The copy of the submission.
  var source: String { directory.path + "/source" }
  /// The folder of the options' header, which the SDK's own `sdkconfig.h` includes.
  var config: String { directory.path + "/config" }
  /// The folder of the objects that are linked.
  var objects: String { directory.path + "/objects" }

  /// The name of the options' header.
  static let headerName = "sdkconfig_project.h"
  /// The time at which a program is built, as it sees it: seconds since 1970, the beginning of 2025.
  static let time = 1_735_689_600

  /// Copies a submission.
  init(submission: Submission) throws {
    directory = try PrivateDirectory()
    configuration = submission.configuration
    for file in submission.files {
      // A source can ask when a file was changed (`__TIMESTAMP__`).
      try write(file.contents, to: "\(source)/\(file.path)", time: Self.time)
    }
    try write(Array(header.utf8), to: "\(config)/\(Self.headerName)")
    if submission.language == .swift {
      let own = submission.bridgingHeader.map { "#include \"\(source)/\($0)\"\n" } ?? ""
      try write(Array(("#include \"sdkconfig.h\"\n" + own).utf8), to: bridgingHeader)
    }
    makeFolder(objects)
  }

  /// Writes a file, and makes the folders on its way.
  /// - Parameter time: when it was changed, as it seems: seconds since 1970.
  private func write(_ contents: [UInt8], to path: String, time: Int? = nil) throws {
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC
    var descriptor = open(path, flags, 0o644)
    if descriptor < 0, errno == ENOENT {
      let folder = String(path[..<(path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.endIndex)])
      makeFolder(folder)
      descriptor = open(path, flags, 0o644)
    }
    var failure = descriptor < 0 ? errno : WholeFile.append(contents, to: descriptor)
    // Whatever the caller's umask is: tools may run as another user, and the folder around is the lab's alone.
    if descriptor >= 0, fchmod(descriptor, 0o644) != 0 { failure = errno }
    if let time, failure == nil {
      let times = [timespec](repeating: timespec(tv_sec: time, tv_nsec: 0), count: 2)
      if futimens(descriptor, times) != 0 { failure = errno }
    }
    if descriptor >= 0, close(descriptor) != 0, failure == nil { failure = errno }
    guard let failure else { return }
    throw LabError(
      code: "output.unwritable", message: "cannot write to \(directory.path): \(String(cString: strerror(failure)))",
      remedy: "check that there is room in the folder for temporary files (TMPDIR)")
  }

  /// Makes a folder of the build, and those around it, that other users can look into.
  private func makeFolder(_ path: String) {
    guard path.hasPrefix(directory.path + "/") else { return }
    if mkdir(path, 0o755) != 0, errno == ENOENT {
      makeFolder(String(path[..<(path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.endIndex)]))
      mkdir(path, 0o755)
    }
    chmod(path, 0o755)
  }

  /// Makes a folder for one tool's output, and the files that it leaves.
  func makeOutput(_ name: String, files: [String]) throws -> ToolOutput {
    try ToolOutput("\(directory.path)/out/\(name)", files: files)
  }

  /// The path of a tool's output folder as seen from the submission's copy.
  func relativeOutput(_ name: String) -> String { "../out/\(name)" }

  /// The path of a source's object.
  /// - Parameter index: the source's place among the sources.
  func object(_ index: Int) -> String { "\(objects)/\(index).o" }

  /// Puts an object where it is linked: a copy of the build's own, of what has been looked at.
  func writeObject(_ object: [UInt8], _ index: Int) throws {
    try write(object, to: self.object(index))
  }

  /// Takes the path of the build's folder out of what a tool printed: it is another one each time.
  func withoutItsPath(_ output: [UInt8]) -> [UInt8] {
    guard !output.isEmpty else { return [] }
    let text = [source, config].reduce(String(decoding: output, as: UTF8.self)) { $0.replacing($1 + "/", with: "") }
    // The assembler's input has another name each time as well.
    return Array(Self.assemblerInput.replacing(in: text) { _ in "{standard input}" }.utf8)
  }

  /// What gcc calls the file between compiler and assembler.
  static let assemblerInput = Pattern(#"/tmp/cc[A-Za-z0-9]{6}\.s"#)

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
