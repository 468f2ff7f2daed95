// SPDX-License-Identifier: Apache-2.0

/// A command and everything that it may see and use. What is not named here is not there.
public struct SandboxedCommand: Hashable, Sendable {
  /// A host file or folder that the command sees, at the same path as on the host.
  public struct Bind: Hashable, Sendable {
    /// The absolute path.
    public var path: String
    /// Whether the command may change it.
    public var isWritable: Bool

    /// A file or folder to read.
    /// - Parameter path: its absolute path.
    public static func readOnly(_ path: String) -> Bind { Bind(path: path, isWritable: false) }

    /// A file or folder to read and change.
    /// - Parameter path: its absolute path.
    public static func readWrite(_ path: String) -> Bind { Bind(path: path, isWritable: true) }
  }

  /// What of the network the command has.
  public enum Network: Hashable, Sendable {
    /// A network namespace of its own with nothing in it. Unix sockets that are bound in by path still work.
    case none
    /// The host's network.
    case host
  }

  /// The absolute path of the program. It is bound in, if it does not lie in the system's own folders.
  public var executable: String
  /// Its arguments.
  public var arguments: [String]
  /// Its whole environment; nothing is inherited.
  public var environment: [String: String]
  /// The files and folders it sees beside the system's own programs and libraries.
  public var binds: [Bind]
  /// The absolute path of a library that is loaded into it before its own (`LD_PRELOAD` of ld.so(8)); it is bound in.
  public var preload: String?
  /// Whether it has a `/proc`, which shows the processes of its sandbox, and cannot be written to. Without one there is nothing there to read from.
  public var seesProcesses: Bool
  /// What of the network it has.
  public var network: Network
  /// What it may use up.
  public var limits: ResourceLimits
  /// The absolute path of the folder it starts in.
  public var workingDirectory: String

  /// Creates a command. Without an environment it gets a `PATH`, the C locale and `/tmp` for temporary files.
  public init(
    _ executable: String, _ arguments: [String] = [],
    environment: [String: String] = SandboxedCommand.minimalEnvironment,
    binds: [Bind] = [], seesProcesses: Bool = true, network: Network = .none, limits: ResourceLimits = .standard,
    workingDirectory: String = "/tmp"
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.binds = binds
    self.seesProcesses = seesProcesses
    self.network = network
    self.limits = limits
    self.workingDirectory = workingDirectory
  }

  /// What a program needs to find others, to print in a known language and to place temporary files.
  public static let minimalEnvironment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TMPDIR": "/tmp"]
}

/// What a command may use up before the kernel stops it. `nil` is no limit but the caller's own.
public struct ResourceLimits: Hashable, Sendable {
  /// Bytes of address space a process (`RLIMIT_AS`).
  public var addressSpace: UInt64?
  /// Bytes that all its processes together have in memory for themselves. They are added up every fifth of a second: what has more is
  /// killed, ends as ``Termination/outOfMemory``, and standard error ends in a line that says so.
  public var memory: UInt64?
  /// Seconds of processor time a process (`RLIMIT_CPU`). SIGXCPU ends one that uses up more.
  public var cpuSeconds: UInt64?
  /// Bytes in a file that it writes (`RLIMIT_FSIZE`).
  public var fileSize: UInt64?
  /// Processes and threads at a time, in a sandbox only (`RLIMIT_NPROC`).
  public var processes: UInt64?
  /// Bytes in the sandbox's private `/tmp`.
  public var temporaryStorage: UInt64

  /// - Parameters: as the properties of the same names.
  public init(
    addressSpace: UInt64? = nil, memory: UInt64? = nil, cpuSeconds: UInt64? = nil, fileSize: UInt64? = nil,
    processes: UInt64? = nil, temporaryStorage: UInt64 = 256 << 20
  ) {
    self.addressSpace = addressSpace
    self.memory = memory
    self.cpuSeconds = cpuSeconds
    self.fileSize = fileSize
    self.processes = processes
    self.temporaryStorage = temporaryStorage
  }

  /// Room for a compiler or an emulator, and an end for one that runs wild: 4 GiB each and in all, an hour, files of 256 MiB, 128 processes.
  public static let standard = ResourceLimits(
    addressSpace: 4 << 30, memory: 4 << 30, cpuSeconds: 3600, fileSize: 256 << 20, processes: 128)
}
