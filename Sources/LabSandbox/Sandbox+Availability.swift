// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Why there can be no sandbox, and what to do about it.
public enum Unavailability: Error, Hashable, Sendable {
  /// bubblewrap is not installed.
  case notInstalled
  /// bubblewrap is too old: it says that it does not know an option.
  case tooOld(message: String)
  /// The system does not let users create namespaces.
  case namespacesForbidden(message: String)
  /// All namespaces that the system has to give are in use, or it has no memory for another one.
  case exhausted(message: String)
  /// A file or a folder is gone that the sandbox was to show.
  case gone(message: String)
  /// A file or a folder that the sandbox was to show may not be read.
  case unreadable(message: String)
  /// bubblewrap failed in another way.
  case failed(message: String)

  /// - Parameters:
  ///   - bubblewrapMessage: what was printed while the sandbox was set up, as it was printed.
  ///   - hasNamespaces: whether the system gives namespaces to anybody.
  init(bubblewrapMessage: [UInt8], hasNamespaces: Bool = Self.hasNamespaces) {
    let text = String(decoding: bubblewrapMessage.prefix(512), as: UTF8.self)
    let line = text.isEmpty ? "it says no more" : text.prefix { !$0.isNewline }.filter { $0 >= " " }
    let message = String(line.hasPrefix("bwrap: ") ? line.dropFirst(7) : line[...])
    let forbidden = [
      "No permissions to create", "Creating new namespace failed", "setting up uid map", "loopback: Failed",
      "user namespace", "unshare user ns",
    ]
    let exhausted = [
      "ENOSPC", "No space left", "exceeded", "Resource temporarily unavailable", "Cannot allocate memory",
      "Too many users",
    ]
    if forbidden.contains(where: message.contains) {
      let isExhausted = hasNamespaces && exhausted.contains(where: message.contains)
      self = isExhausted ? .exhausted(message: message) : .namespacesForbidden(message: message)
    } else if message.contains("Can't find source path") {
      self = message.contains("Permission denied") ? .unreadable(message: message) : .gone(message: message)
    } else if message.contains("Unknown option") {
      self = .tooOld(message: message)
    } else {
      self = .failed(message: message)
    }
  }

  /// The limit of namespaces is how some systems forbid them: by a limit of none.
  private static var hasNamespaces: Bool {
    let limit = FileManager.default.contents(atPath: "/proc/sys/user/max_user_namespaces")
    return limit.map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) } != "0"
  }

  /// Whether it may be over in a moment, so that it is worth another try. What is not there or not allowed stays so.
  var isPassing: Bool {
    let lasting = [
      "Operation not permitted", "Permission denied", "Invalid argument", "Function not implemented",
      "Read-only file system", "No such file or directory", "Not a directory",
    ]
    return switch self {
    case .notInstalled, .tooOld, .namespacesForbidden, .gone, .unreadable: false
    case .exhausted: true
    case .failed(let message): !lasting.contains(where: message.contains)
    }
  }

  /// The same as the person at the terminal reads it.
  public var labError: LabError {
    let unsafe = "pass --no-sandbox if you trust the submission"
    return switch self {
    case .notInstalled:
      LabError(
        code: "sandbox.missing",
        message: "bubblewrap (bwrap) is not installed, so there is no sandbox to run the submission in",
        remedy: "run ./setup, or install the package bubblewrap, or \(unsafe)")
    case .tooOld(let message):
      LabError(
        code: "sandbox.tooOld", message: "bubblewrap is older than 0.8 (\(message))",
        remedy: "install bubblewrap 0.8 or later, or \(unsafe)")
    case .namespacesForbidden(let message):
      LabError(
        code: "sandbox.forbidden", message: "this system does not let bubblewrap create a sandbox (\(message))",
        remedy:
          "allow user namespaces (sysctl kernel.unprivileged_userns_clone=1 and user.max_user_namespaces above 0; on Ubuntu an AppArmor profile for bwrap; "
          + "in a container --security-opt seccomp=unconfined), or \(unsafe)")
    case .exhausted(let message):
      LabError(
        code: "sandbox.exhausted", message: "this system has no namespace left for a sandbox (\(message))",
        remedy: "try again when other programs have ended, or raise the limit: sysctl user.max_user_namespaces")
    case .gone(let message):
      LabError(
        code: "sandbox.gone", message: "what the sandbox was to show is gone: \(message)",
        remedy: "run it again, and leave the lab's folders alone meanwhile: those in TMPDIR, and its cache")
    case .unreadable(let message):
      LabError(
        code: "sandbox.unreadable", message: "you may not read what the sandbox was to show: \(message)",
        remedy: "run ./setup as the user who runs the lab, or let that user read the folder and those that it is in")
    case .failed(let message):
      LabError(
        code: "sandbox.failed", message: "bubblewrap failed: \(message)", remedy: "see `lab doctor`, or \(unsafe)")
    }
  }
}

extension Sandbox {
  /// Whether a sandbox works here, found out by setting one up. What may be over in a moment is tried again for a minute; what stays is told at once.
  /// - Parameter waiting: called once, when it does not work yet.
  /// - Returns: `nil` if it does, else why not.
  /// - Throws: `LabError` if `lab-guard` is missing, `CancellationError` if the task was cancelled.
  public static func availability(waiting: (Unavailability) -> Void = { _ in }) async throws -> Unavailability? {
    guard HelperExecutable.search("bwrap") != nil else { return .notInstalled }
    return try await Sandbox().availability(
      pauses: [.milliseconds(500), .seconds(2), .seconds(5), .seconds(15), .seconds(30)], waiting: waiting)
  }

  /// Whether it works.
  /// - Parameters:
  ///   - pauses: how long is waited before each further try.
  ///   - waiting: called before the second wait: the first is too short to be told.
  func availability(
    pauses: [Duration], waiting: (Unavailability) -> Void = { _ in }
  ) async throws -> Unavailability? {
    for (index, pause) in pauses.enumerated() {
      let found = try await tried()
      guard let found, found.isPassing else { return found }
      if index == 1 { waiting(found) }
      try await Task.sleep(for: pause)
    }
    return try await tried()
  }

  private func tried() async throws -> Unavailability? {
    do {
      let result = try await runOnce(SandboxedCommand("/usr/bin/true"), timeout: .seconds(30))
      if result.isSuccess { return nil }
      let words = String(decoding: result.errors.prefix(512), as: UTF8.self)
      return .failed(message: words.isEmpty ? result.termination.description : words)
    } catch let unavailability as Unavailability {
      return unavailability
    } catch let error as LabError where Self.isPassing(error) {
      return .failed(message: error.message)
    }
  }
}
