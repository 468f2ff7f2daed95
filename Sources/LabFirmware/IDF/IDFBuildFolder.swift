// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// The folder below the lab's cache in which one project is built for one chip, again and again.
///
/// `project/` is what ``IDFProject`` says, `build/` is what ESP-IDF makes of it, and `state.json` tells with what it was configured.
struct IDFBuildFolder: Sendable {
  /// The folder, absolute.
  let path: String

  var project: String { path + "/project" }
  var build: String { path + "/build" }
  private var stateFile: String { path + "/state.json" }

  /// How many folders are kept; each takes about 80 MB.
  private static let capacity = 24

  /// With what a folder was configured; nil for what it was not yet.
  struct State: Codable, Equatable {
    /// ESP-IDF, its tools and the environment: when it changes, nothing that was built can be used.
    var tools: String?
    /// The project's options and CMake files: when it changes, CMake runs again.
    var configuration: String?
    /// Whether it has been built to the end: what takes long after that is the student's.
    var isComplete = false
    /// The configuration with which all of it was last built, bootloader included: until it changes, only the program does.
    var builtConfiguration: String?
  }

  /// - Parameters:
  ///   - cache: the lab's cache folder.
  ///   - key: stands for the project and the chip.
  init(cache: String, key: String) {
    path = "\(cache)/idf/\(key.prefix(32))"
  }

  var state: State {
    FileManager.default.contents(atPath: stateFile).flatMap { try? JSONDecoder().decode(State.self, from: $0) }
      ?? State()
  }

  func setState(_ state: State) throws {
    do {
      try JSONEncoder().encode(state).write(to: URL(fileURLWithPath: stateFile), options: .atomic)
    } catch {
      throw unwritable(error)
    }
  }

  /// Makes the project's files what they are to be. A file that is so already is not touched: the build goes by the times of files.
  ///
  /// Which source takes in which file only the compiler knows, and it does not tell of all: the assembler's `.include`, a `__has_include`,
  /// a header that hides another one, what a bridging header includes. So all sources count as changed when any other file is.
  /// - Parameters:
  ///   - files: what is in them, by path relative to the project's folder.
  ///   - sources: those of them that are compiled.
  func write(_ files: [String: [UInt8]], sources: [String]) throws {
    let manager = FileManager.default
    do {
      try manager.createDirectory(atPath: build, withIntermediateDirectories: true)
      try manager.createDirectory(atPath: project, withIntermediateDirectories: true)
      let names = (manager.enumerator(atPath: project)?.allObjects as? [String]) ?? []
      let gone = names.filter { name in files[name] == nil && !files.keys.contains { $0.hasPrefix(name + "/") } }
      let changed = files.filter { name, contents in
        manager.contents(atPath: "\(project)/\(name)").map { !$0.elementsEqual(contents) } ?? true
      }
      // First, since the lab may be killed in between.
      if !gone.isEmpty || changed.keys.contains(where: { !sources.contains($0) || !names.contains($0) }) {
        for source in sources { utimes("\(project)/\(source)", nil) }
      }
      for name in gone { try? manager.removeItem(atPath: "\(project)/\(name)") }
      for (name, contents) in changed {
        let file = URL(fileURLWithPath: "\(project)/\(name)")
        try manager.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(contents).write(to: file)
        chmod(file.path, 0o644)
      }
    } catch {
      throw unwritable(error)
    }
  }

  /// Removes what was built, all of it.
  func clean() { FolderRemoval.remove(build) }

  /// Removes what was built and what is known of it, so that the next build begins as in a new folder.
  func startAnew() throws {
    clean()
    try setState(State())
  }

  /// Removes the values that options have taken, so that the defaults are looked at again.
  func forgetConfiguration() { unlink(build + "/sdkconfig") }

  /// Waits until nobody else builds in the folder.
  /// - Parameter deadline: until when.
  /// - Returns: what keeps others out for as long as it is there.
  func lock(until deadline: ContinuousClock.Instant) async throws -> FolderLock {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw unwritable(error)
    }
    while true {
      if let lock = FolderLock(path + ".lock") { return lock }
      guard ContinuousClock.now < deadline else {
        throw LabError(
          code: "build.busy", message: "another run of the lab has been building the same project all the while",
          remedy: "wait for it to end, then try again")
      }
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  /// Removes the folders that were used longest ago, if there are too many. What is being built in is left alone.
  func prune() {
    let manager = FileManager.default
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
    let names = ((try? manager.contentsOfDirectory(atPath: parent)) ?? []).filter { !$0.hasSuffix(".lock") }
    guard names.count > Self.capacity else { return }
    let dated = names.map { name -> (String, Int) in
      var status = stat()
      return ("\(parent)/\(name)", lstat("\(parent)/\(name)/state.json", &status) == 0 ? status.st_mtim.tv_sec : 0)
    }
    for (old, _) in dated.sorted(by: { $0.1 > $1.1 }).dropFirst(Self.capacity) where old != path {
      guard let lock = FolderLock(old + ".lock") else { continue }
      withExtendedLifetime(lock) { FolderRemoval.remove(old) }
    }
  }

  private func unwritable(_ error: any Error) -> LabError {
    LabError(
      code: "cache.unwritable", message: "cannot write to \(path): \(error.localizedDescription)",
      remedy: "free some room on the disk, or set XDG_CACHE_HOME to a folder with room")
  }
}

/// Keeps other runs of the lab out of a folder. It ends with the process, whatever way that ends.
final class FolderLock: Sendable {
  private let descriptor: Int32

  /// - Parameter path: the file that is locked; it is made, and stays.
  /// - Returns: `nil` if another one has it.
  init?(_ path: String) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      if descriptor >= 0 { close(descriptor) }
      return nil
    }
  }

  deinit { close(descriptor) }
}
