// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// What `./setup` has built and downloaded: the emulators and the SDK.
public struct LabSetup: Codable, Hashable, Sendable {
  /// The folder of the bundled emulator; nil where the set-up was told to do without it.
  public var qemu: String?
  /// The folder of the bundled SDK.
  public var sdk: String
  /// The folder with Espressif's emulators; nil where the set-up could not download them, or was not asked to.
  public var espressifQEMU: String?

  /// - Parameters: as the properties of the same names.
  public init(qemu: String?, sdk: String, espressifQEMU: String? = nil) {
    self.qemu = qemu
    self.sdk = sdk
    self.espressifQEMU = espressifQEMU
  }

  /// The folder of the toolchain that built the SDK's Swift module; nil where firmware in Swift cannot be built.
  public var swiftToolchain: String? {
    FileManager.default.contents(atPath: sdk + "/swift/toolchain.txt").map {
      String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  /// What the set-up has made, of which a run may take some and leave the rest.
  public enum Part: CaseIterable, Sendable {
    /// The bundled emulator, built from `qemu/`.
    case qemu
    /// The bundled SDK, built from `firmware/sdk/`.
    case sdk
    /// Espressif's emulators, downloaded.
    case espressifQEMU
  }

  /// Reads what the set-up has left in a checkout, all of which has to be fit for use.
  /// - Parameter root: the checkout; see ``checkoutRoot(environment:)``.
  /// - Throws: `LabError` if there has been no set-up, if what it built is gone, or if its inputs have changed since.
  public static func load(root: String) throws -> LabSetup {
    guard let setup = try record(root: root) else { throw missing(root: root) }
    try setup.verify(Part.allCases, root: root)
    return setup
  }

  /// Reads what the set-up has left in a checkout, be it fit for use or not.
  /// - Parameter root: the checkout.
  /// - Returns: nil if there has been no set-up.
  /// - Throws: `LabError` if the record cannot be read.
  public static func record(root: String) throws -> LabSetup? {
    let path = recordPath(root)
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    guard let setup = try? JSONDecoder().decode(LabSetup.self, from: data) else {
      throw LabError(code: "setup.damaged", message: "\(path) cannot be read", remedy: remedy(root))
    }
    return setup
  }

  /// Looks whether parts of it are fit for use. A part that the set-up was told to do without is not looked for.
  /// - Parameters:
  ///   - parts: the parts.
  ///   - root: the checkout.
  /// - Throws: `LabError` if what the set-up built is gone or may not be read, or if its inputs have changed since.
  public func verify(_ parts: [Part], root: String) throws {
    for folder in parts.compactMap(folder(of:)) where access(folder, R_OK | X_OK) != 0 {
      throw Self.lost(folder, reason: errno, root: root)
    }
    let inputs = parts.filter { folder(of: $0) != nil }.compactMap(\.input)
    if let changed = try Self.inputChanged(since: Self.recordPath(root), root: root, in: inputs) {
      throw LabError(
        code: "setup.stale", message: "\(changed) has changed since the set-up", remedy: Self.remedy(root))
    }
  }

  /// That what the set-up built cannot be used.
  /// - Parameter reason: the `errno` of a look at it.
  static func lost(_ folder: String, reason: Int32, root: String) -> LabError {
    guard reason == EACCES else {
      return LabError(code: "setup.gone", message: "what the set-up built is gone: \(folder)", remedy: remedy(root))
    }
    return LabError(
      code: "setup.unreadable", message: "you may not read what the set-up built: \(folder)",
      remedy: "run ./setup as the user who runs the lab, or let that user read the folder and those that it is in")
  }

  /// That there has been no set-up.
  public static func missing(root: String) -> LabError {
    LabError(code: "setup.missing", message: "the lab is not set up yet", remedy: remedy(root))
  }

  private static func remedy(_ root: String) -> String { "run ./setup in \(root)" }

  private static func recordPath(_ root: String) -> String { root + "/.lab/setup.json" }

  private func folder(of part: Part) -> String? {
    switch part {
    case .qemu: qemu
    case .sdk: sdk
    case .espressifQEMU: espressifQEMU
    }
  }

  /// Finds the checkout: `LAB_ROOT`, else the folder above the running program's `.build`, else the current folder or one above it.
  /// - Parameter environment: the variables to look at.
  /// - Throws: `LabError` if there is none.
  public static func checkoutRoot(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> String {
    if let wish = environment["LAB_ROOT"], !wish.isEmpty {
      let path = URL(fileURLWithPath: wish).standardizedFileURL.path
      guard isCheckout(path) else {
        throw LabError(
          code: "setup.root", message: "LAB_ROOT names \(path), which is not a checkout of the lab",
          remedy: "set it to the folder with Package.swift and labs/", isUsage: true)
      }
      return path
    }
    for start in [HelperExecutable.directory, FileManager.default.currentDirectoryPath] {
      if let path = ancestors(of: start).first(where: isCheckout) { return path }
    }
    throw LabError(
      code: "setup.root", message: "cannot tell where the checkout of the lab is",
      remedy: "run the command there, or set LAB_ROOT to it", isUsage: true)
  }

  private static func isCheckout(_ path: String) -> Bool {
    ["Package.swift", "labs"].allSatisfy { FileManager.default.fileExists(atPath: "\(path)/\($0)") }
  }

  private static func ancestors(of path: String) -> [String] {
    var paths: [String] = []
    var url = URL(fileURLWithPath: path).standardizedFileURL
    while url.path != "/" {
      paths.append(url.path)
      url.deleteLastPathComponent()
    }
    return paths
  }

  /// The first input of the set-up that is newer than its record, relative to the checkout.
  private static func inputChanged(since record: String, root: String, in folders: [String]) throws -> String? {
    guard let recorded = modificationTime(record) else { return nil }
    // A file from the future is one whose time was set by a clock that was wrong, and no set-up would make it older.
    let now = Int64(time(nil) + 60) * 1_000_000_000
    for folder in folders {
      let names = FileManager.default.enumerator(atPath: "\(root)/\(folder)")
      while let name = names?.nextObject() as? String {
        // Documents, tests and what is downloaded decide nothing about what is built.
        if name.hasSuffix(".md") || name.hasPrefix("tests/") || name.hasPrefix("espressif/") { continue }
        // A folder's own time changes with every editor's swap file; a file that was removed is the set-up's to notice.
        guard let time = modificationTime("\(root)/\(folder)/\(name)"), time > recorded, time < now else {
          continue
        }
        return "\(folder)/\(name)"
      }
    }
    return nil
  }

  /// The time at which a regular file was last written, in nanoseconds; `nil` for anything else.
  private static func modificationTime(_ path: String) -> Int64? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
  }
}

extension LabSetup.Part {
  /// The folder of the checkout that it is built from; nil for what is not built.
  fileprivate var input: String? {
    switch self {
    case .qemu: "qemu"
    case .sdk: "firmware/sdk"
    case .espressifQEMU: nil
    }
  }
}
