// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// A Slurm cluster of one node, this computer, that belongs to a test: munged, slurmctld and slurmd with a key, sockets, ports and
/// folders of their own. It ends with the value, whatever else happens.
final class SlurmCluster: Sendable {
  /// Why a test of it is skipped where it is.
  static let reason = "Slurm is not installed; ./setup --with-slurm does that"

  private static let daemons = ["munged", "slurmctld", "slurmd"]

  /// Whether everything that it takes is installed.
  static let isInstalled = (daemons + ["sbatch", "squeue", "scancel", "scontrol"]).allSatisfy { path(of: $0) != nil }

  /// The cluster's folder. Its path is short: there is a socket in it.
  let folder: URL
  private let processes: Mutex<[DaemonProcess]>

  /// What a process has to have in its environment to use this cluster.
  var environment: [String: String] { ["SLURM_CONF": folder.path + "/slurm.conf"] }

  /// Starts a cluster and waits until its node takes jobs.
  init() async throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "slurm-\(UUID().uuidString.prefix(8))")
    var processes: [DaemonProcess] = []
    do {
      try Self.make(folder)
      // A port that was free may be taken by the time it is used: then the daemons do not come up, and get others.
      for attempt in 1... {
        try Self.configure(folder)
        processes = try Self.start(folder)
        if try await Self.isUp(folder, processes) { break }
        processes = []
        if attempt == 3 { throw Failure(log: Self.logs(folder)) }
      }
    } catch {
      processes = []
      try? FileManager.default.removeItem(at: folder)
      throw error
    }
    self.processes = Mutex(processes)
  }

  deinit {
    processes.withLock { $0 = [] }
    try? FileManager.default.removeItem(at: folder)
  }

  /// Runs one of Slurm's commands.
  @discardableResult func run(_ program: String, _ arguments: String...) throws -> String {
    try Self.run(program, arguments, folder)
  }

  /// A cluster that does not come up.
  private struct Failure: Error { var log: String }

  private static func make(_ folder: URL) throws {
    for name in ["", "state", "spool"] {
      try FileManager.default.createDirectory(
        at: folder.appending(path: name), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o755])
    }
    let key = folder.appending(path: "munge.key")
    try Data((0..<128).map { _ in UInt8.random(in: 0...255) }).write(to: key)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
  }

  private static func configure(_ folder: URL) throws {
    let host = try String(contentsOfFile: "/proc/sys/kernel/hostname", encoding: .utf8)
      .prefix { $0 != "." && $0 != "\n" }
    let ports = try FreePorts(2)
    let text = """
      ClusterName=lab
      SlurmctldHost=\(host)(127.0.0.1)
      SlurmctldPort=\(ports.numbers[0])
      SlurmdPort=\(ports.numbers[1])
      SlurmUser=\(NSUserName())
      SlurmdUser=\(NSUserName())
      AuthType=auth/munge
      AuthInfo=socket=\(folder.path)/munge.socket
      CredType=cred/munge
      StateSaveLocation=\(folder.path)/state
      SlurmdSpoolDir=\(folder.path)/spool
      SlurmctldPidFile=\(folder.path)/slurmctld.pid
      SlurmdPidFile=\(folder.path)/slurmd.pid
      ProctrackType=proctrack/linuxproc
      TaskPlugin=task/none
      JobAcctGatherType=jobacct_gather/none
      AccountingStorageType=accounting_storage/none
      SelectType=select/cons_tres
      SelectTypeParameters=CR_CPU
      SchedulerType=sched/builtin
      SwitchType=switch/none
      MpiDefault=none
      ReturnToService=2
      SlurmdParameters=config_overrides
      KillWait=5
      NodeName=lab NodeHostname=\(host) NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
      PartitionName=lab Nodes=lab Default=YES MaxTime=INFINITE State=UP

      """
    try Data(text.utf8).write(to: folder.appending(path: "slurm.conf"))
    // No control groups: neither are they always there, nor does the cluster need any.
    try Data("CgroupPlugin=cgroup/v1\nCgroupAutomount=no\n".utf8).write(to: folder.appending(path: "cgroup.conf"))
  }

  private static func start(_ folder: URL) throws -> [DaemonProcess] {
    let path = folder.path
    let arguments = [
      "munged": [
        "--foreground", "--force", "--key-file=\(path)/munge.key", "--socket=\(path)/munge.socket",
        "--pid-file=\(path)/munged.pid", "--log-file=\(path)/munged.log", "--seed-file=\(path)/munge.seed",
      ],
      "slurmctld": ["-D", "-c", "-f", "\(path)/slurm.conf"],
      "slurmd": ["-D", "-N", "lab", "-f", "\(path)/slurm.conf"],
    ]
    return try daemons.map { name in
      let process = try DaemonProcess(
        Self.path(of: name) ?? name, arguments[name] ?? [], log: folder.appending(path: "\(name).out"))
      // The others do not come up without its socket.
      if name == "munged" { process.wait(for: "\(path)/munge.socket") }
      return process
    }
  }

  /// Waits until the node takes jobs.
  /// - Returns: whether it does; a daemon that has ended is one that cannot.
  private static func isUp(_ folder: URL, _ processes: [DaemonProcess]) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(600)
    while ContinuousClock.now < deadline, processes.allSatisfy(\.isRunning) {
      if (try? run("sinfo", ["--noheader", "--format=%T"], folder))?.hasPrefix("idle") == true { return true }
      try await Task.sleep(for: .milliseconds(100))
    }
    return false
  }

  private static func logs(_ folder: URL) -> String {
    daemons.map { (try? String(contentsOf: folder.appending(path: "\($0).out"), encoding: .utf8)) ?? "" }
      .joined(separator: "\n")
  }

  private static func run(_ program: String, _ arguments: [String], _ folder: URL) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: path(of: program) ?? program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(["SLURM_CONF": folder.path + "/slurm.conf"]) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  private static func path(of program: String) -> String? {
    ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"].map { "\($0)/\(program)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}

/// A daemon that stays in the foreground. `lab-guard` ends it, and every job that it has begun, with this value or with the tests.
private final class DaemonProcess: Sendable {
  private let process = Process()
  private let control = Pipe()

  init(_ path: String, _ arguments: [String], log: URL) throws {
    _ = FileManager.default.createFile(atPath: log.path, contents: nil)
    let handle = try FileHandle(forWritingTo: log)
    process.executableURL = LabProcess.binaries.appending(path: "lab-guard")
    process.arguments = ["--", path] + arguments
    process.standardInput = control
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
  }

  deinit {
    try? control.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  var isRunning: Bool { process.isRunning }

  /// Waits until there is a file, for a while.
  func wait(for path: String) {
    let deadline = ContinuousClock.now + .seconds(600)
    while isRunning, !FileManager.default.fileExists(atPath: path), ContinuousClock.now < deadline { usleep(10_000) }
  }
}

/// TCP ports of 127.0.0.1 that the kernel has chosen, and that were free until now.
private struct FreePorts {
  let numbers: [UInt16]

  init(_ count: Int) throws {
    var sockets: [Int32] = []
    defer { sockets.forEach { close($0) } }
    numbers = try (0..<count).map { _ in
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      sockets.append(descriptor)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let status = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
        }
      }
      guard status == 0 else { throw CocoaError(.fileReadUnknown) }
      return UInt16(bigEndian: address.sin_port)
    }
  }
}
