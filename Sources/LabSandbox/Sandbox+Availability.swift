// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Why there can be no sandbox, and what to do about it.
public enum Unavailability: Hashable, Sendable {
  /// bubblewrap is not installed.
  case notInstalled
  /// bubblewrap is too old: it says that it does not know an option.
  case tooOld(message: String)
  /// The system does not let users create namespaces.
  case namespacesForbidden(message: String)
  /// bubblewrap failed in another way.
  case failed(message: String)

  /// - Parameter bubblewrapMessage: what was printed while the sandbox was set up, as it was printed.
  init(bubblewrapMessage: [UInt8]) {
    let text = String(decoding: bubblewrapMessage.prefix(512), as: UTF8.self)
    let line = text.isEmpty ? "it says no more" : text.prefix { !$0.isNewline }.filter { $0 >= " " }
    let message = String(line.hasPrefix("bwrap: ") ? line.dropFirst(7) : line[...])
    let forbidden = [
      "No permissions to create", "Creating new namespace failed", "setting up uid map", "loopback: Failed",
      "user namespace",
    ]
    if forbidden.contains(where: message.contains) {
      self = .namespacesForbidden(message: message)
    } else if message.contains("Unknown option") {
      self = .tooOld(message: message)
    } else {
      self = .failed(message: message)
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
          "allow user namespaces (sysctl kernel.unprivileged_userns_clone=1; on Ubuntu an AppArmor profile for bwrap; "
          + "in a container --security-opt seccomp=unconfined), or \(unsafe)")
    case .failed(let message):
      LabError(
        code: "sandbox.failed", message: "bubblewrap failed: \(message)", remedy: "see `lab doctor`, or \(unsafe)")
    }
  }
}

extension Sandbox {
  /// Whether a sandbox works here, found out by setting one up.
  /// - Returns: `nil` if it does, else why not.
  /// - Throws: `LabError` if `lab-guard` is missing.
  public static func availability() async throws -> Unavailability? {
    guard HelperExecutable.search("bwrap") != nil else { return .notInstalled }
    do {
      let result = try await Sandbox().run(SandboxedCommand("/usr/bin/true"), timeout: .seconds(10))
      if result.isSuccess { return nil }
      return .failed(
        message: result.errors.isEmpty ? "\(result.termination)" : String(decoding: result.errors, as: UTF8.self))
    } catch let error as LabError {
      let known: [Unavailability] = [.notInstalled]
      if let match = known.first(where: { $0.labError.code == error.code }) { return match }
      switch error.code {
      case "sandbox.tooOld": return .tooOld(message: error.message)
      case "sandbox.forbidden": return .namespacesForbidden(message: error.message)
      case "sandbox.failed": return .failed(message: error.message)
      default: throw error
      }
    }
  }
}
