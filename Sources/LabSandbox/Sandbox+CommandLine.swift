// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Sandbox {
  /// The full command line that runs a command: guard, sandbox, command.
  /// - Parameter command: what to run.
  /// - Returns: the arguments, the guard's own path first.
  public func commandLine(for command: SandboxedCommand) -> [String] {
    var line = [guardPath]
    if isolation == .bubblewrap { line += ["--wrappers", "2"] }
    if let bytes = command.limits.memory { line += ["--memory", String(bytes)] }
    line += guardLimits(command.limits) + ["--"]
    if isolation == .bubblewrap {
      line += bubblewrapArguments(command) + ["--"]
      // Set inside: there the kernel counts the sandbox's processes, outside it would count all of the user's.
      if let count = command.limits.processes, Self.countsProcessesByNamespace {
        line += [Self.prlimit, "--nproc=\(count)", "--"]
      }
    }
    // Only in the command: the sandbox itself does without.
    if let library = command.preload { line += [Self.env, "LD_PRELOAD=\(library)"] }
    return line + [command.executable] + command.arguments
  }

  private func guardLimits(_ limits: ResourceLimits) -> [String] {
    var arguments = ["--core", "0"]
    if let bytes = limits.addressSpace { arguments += ["--address-space", String(bytes)] }
    if let seconds = limits.cpuSeconds { arguments += ["--cpu-seconds", String(seconds)] }
    if let bytes = limits.fileSize { arguments += ["--file-size", String(bytes)] }
    return arguments
  }

  private func bubblewrapArguments(_ command: SandboxedCommand) -> [String] {
    var arguments = [bubblewrapPath] + Self.namespaces
    if command.network == .none { arguments.append("--unshare-net") }
    arguments += ["--hostname", "lab"] + Self.system
    arguments += [
      "--size", String(command.limits.temporaryStorage), "--tmpfs", "/tmp", "--symlink", "/tmp", "/var/tmp",
    ]
    var binds = command.binds
    if let library = command.preload { binds.append(.readOnly(library)) }
    // What lies in a folder that is shown anyway may be a link, and nothing can be put over a link.
    let isShown = binds.contains { command.executable.hasPrefix($0.path + "/") }
    if !isShown, !Self.isSystemPath(command.executable) { binds.append(.readOnly(command.executable)) }
    // A folder comes before what lies in it, or it would cover that.
    for bind in binds.sorted(by: { $0.path.utf8.count < $1.path.utf8.count }) {
      arguments += [bind.isWritable ? "--bind" : "--ro-bind", bind.path, bind.path]
    }
    // Last, since mount points are made on the way: no room is left to write in but /tmp and the writable binds.
    return arguments + ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", command.workingDirectory]
  }

  private static let namespaces = [
    "--unshare-user", "--disable-userns", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
    "--cap-drop", "ALL", "--die-with-parent", "--new-session",
  ]

  /// The system as a program needs it: `/usr`, the links into it, the dynamic linker's cache, `/proc`, a bare `/dev`.
  private static let system: [String] = {
    var arguments = ["--ro-bind", "/usr", "/usr"]
    for name in ["bin", "sbin", "lib", "lib32", "lib64", "libx32"] {
      if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/" + name) {
        arguments += ["--symlink", target, "/" + name]
      } else if FileManager.default.fileExists(atPath: "/" + name) {
        arguments += ["--ro-bind", "/" + name, "/" + name]
      }
    }
    for path in ["/etc/ld.so.cache", "/etc/alternatives"] { arguments += ["--ro-bind-try", path, path] }
    return arguments + ["--proc", "/proc", "--dev", "/dev"]
  }()

  private static let env = "/usr/bin/env"
  private static let prlimit = "/usr/bin/prlimit"

  /// Whether the kernel counts processes by user namespace (Linux 5.14), and there is a tool to set the limit.
  private static let countsProcessesByNamespace: Bool = {
    let version = ProcessInfo.processInfo.operatingSystemVersion
    return (version.majorVersion, version.minorVersion) >= (5, 14)
      && FileManager.default.isExecutableFile(atPath: prlimit)
  }()

  private static func isSystemPath(_ path: String) -> Bool {
    ["/usr/", "/bin/", "/sbin/", "/lib/", "/lib64/"].contains { path.hasPrefix($0) }
  }
}
