// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Sandbox {
  /// The full command line that runs a command: guard, sandbox, command.
  /// - Parameter command: what to run.
  /// - Returns: the arguments, the guard's own path first.
  public func commandLine(for command: SandboxedCommand) -> [String] {
    var line = [guardPath]
    if isolation == .bubblewrap { line += ["--wrappers", "2", "--sandboxed"] }
    if let bytes = command.limits.memory { line += ["--memory", String(bytes)] }
    if isolation == .bubblewrap, let user = SandboxUser.current { line += ["--user", String(user.id)] }
    line += guardLimits(command.limits) + ["--"]
    switch isolation {
    case .bubblewrap: line += bubblewrapArguments(command) + ["--"] + confinement(command)
    // Only in the command: the guard itself does without.
    case .none: line += command.preload.map { [Self.env, "LD_PRELOAD=\($0)"] } ?? []
    }
    return line + [command.executable] + command.arguments
  }

  /// Where a command in the sandbox sees `lab-confine`.
  static let confinePathInside = "/lab-confine"

  /// What the command goes through inside of the sandbox. The number of processes is limited there: the kernel counts those of the sandbox, and
  /// outside it would count all of the user's.
  private func confinement(_ command: SandboxedCommand) -> [String] {
    var arguments = [Self.confinePathInside]
    if let user = SandboxUser.current { arguments += ["--user", String(user.id)] }
    if let count = command.limits.processes, Self.countsProcessesByNamespace {
      arguments += ["--processes", String(count)]
    }
    if let library = command.preload { arguments += ["--preload", library] }
    return arguments + ["--directory", command.workingDirectory, "--"]
  }

  private func guardLimits(_ limits: ResourceLimits) -> [String] {
    var arguments = ["--core", "0"]
    if let bytes = limits.addressSpace { arguments += ["--address-space", String(bytes)] }
    if let seconds = limits.cpuSeconds { arguments += ["--cpu-seconds", String(seconds)] }
    if let bytes = limits.fileSize { arguments += ["--file-size", String(bytes)] }
    return arguments
  }

  private func bubblewrapArguments(_ command: SandboxedCommand) -> [String] {
    var arguments = [bubblewrapPath] + Self.namespaces + (SandboxUser.current == nil ? Self.ownUser : Self.givenUsers)
    if command.network == .none { arguments.append("--unshare-net") }
    arguments += ["--hostname", "lab"] + Self.system + (command.seesProcesses ? ["--proc", "/proc"] : [])
    arguments += [
      "--perms", "1777", "--size", String(command.limits.temporaryStorage), "--tmpfs", "/tmp", "--dir", "/var",
      "--symlink", "/tmp", "/var/tmp",
    ]
    var binds = command.binds
    arguments += ["--ro-bind", confinePath, Self.confinePathInside]
    if let library = command.preload { binds.append(.readOnly(library)) }
    // What lies in a folder that is shown anyway may be a link, and nothing can be put over a link.
    let isShown = binds.contains { command.executable.hasPrefix($0.path + "/") }
    if !isShown, !Self.isSystemPath(command.executable) { binds.append(.readOnly(command.executable)) }
    // bubblewrap would make the folders above a bind for their maker alone.
    for folder in Self.foldersAbove(binds) { arguments += ["--dir", folder] }
    // A folder comes before what lies in it, or it would cover that.
    for bind in binds.sorted(by: { $0.path.utf8.count < $1.path.utf8.count }) {
      arguments += [bind.isWritable ? "--bind" : "--ro-bind", bind.path, bind.path]
    }
    // Last, since mount points are made on the way: no room is left to write in but /tmp and the writable binds.
    return arguments + (command.seesProcesses ? ["--remount-ro", "/proc"] : [])
      + ["--remount-ro", "/"]
  }

  /// All folders in which binds lie, from the root down.
  private static func foldersAbove(_ binds: [SandboxedCommand.Bind]) -> [String] {
    var folders: Set<String> = []
    for bind in binds {
      var path = bind.path[...]
      while let slash = path.lastIndex(of: "/"), slash > path.startIndex {
        path = path[..<slash]
        if !isSystemPath(path + "/") { folders.insert(String(path)) }
      }
    }
    return folders.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
  }

  private static let namespaces = [
    "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--cap-drop", "ALL", "--die-with-parent",
    "--new-session", "--json-status-fd", "3",
  ]

  /// A namespace in which the lab's user is the only one there is.
  private static let ownUser = ["--unshare-user", "--disable-userns"]

  /// The guard has made the namespace of users. `lab-confine` gives these capabilities up along with being root.
  private static let givenUsers = ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]

  /// The system as a program needs it: `/usr`, the links into it, the dynamic linker's cache, four devices.
  private static let system: [String] = {
    var arguments = ["--ro-bind", "/usr", "/usr"]
    for name in ["bin", "sbin", "lib", "lib32", "lib64", "libx32"] {
      if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/" + name) {
        arguments += ["--symlink", target, "/" + name]
      } else if FileManager.default.fileExists(atPath: "/" + name) {
        arguments += ["--ro-bind", "/" + name, "/" + name]
      }
    }
    arguments += ["--dir", "/etc"]
    for path in ["/etc/ld.so.cache", "/etc/alternatives"] { arguments += ["--ro-bind-try", path, path] }
    // Not bubblewrap's own, which has terminals: whoever reads one of them waits for ever.
    arguments += ["--dir", "/dev"]
    for device in ["null", "zero", "random", "urandom"] {
      arguments += ["--dev-bind", "/dev/" + device, "/dev/" + device]
    }
    return arguments
  }()

  private static let env = "/usr/bin/env"

  /// Whether the kernel counts processes by user namespace (Linux 5.14).
  private static let countsProcessesByNamespace: Bool = {
    let version = ProcessInfo.processInfo.operatingSystemVersion
    return (version.majorVersion, version.minorVersion) >= (5, 14)
  }()

  private static func isSystemPath(_ path: some StringProtocol) -> Bool {
    ["/usr/", "/bin/", "/sbin/", "/lib/", "/lib64/"].contains { path.hasPrefix($0) }
  }
}
