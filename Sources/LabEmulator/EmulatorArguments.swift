// SPDX-License-Identifier: Apache-2.0
import LabSandbox

/// The command line of an emulated board; the same for both emulators, but for the folder of the bundled one's ROM.
public struct EmulatorArguments: Hashable, Sendable {
  /// The emulator.
  public var installation: EmulatorInstallation
  /// The absolute path of the flash image: 2, 4, 8 or 16 MB.
  public var flashImage: String
  /// The sockets to which the emulator connects.
  public var sockets: SocketPaths

  /// - Parameters: as the properties of the same names.
  public init(installation: EmulatorInstallation, flashImage: String, sockets: SocketPaths) {
    self.installation = installation
    self.flashImage = flashImage
    self.sockets = sockets
  }

  /// The arguments, without the program's own name.
  ///
  /// `-icount 3`: the guest's clock counts instructions of 8 ns each, so that a stall of the host is not guest time.
  /// `snapshot=on`: what the guest writes to its flash is gone when the emulator ends.
  /// `-S`: the guest waits until the lab has all connections and lets it go.
  public var arguments: [String] {
    var arguments = ["-M", "esp32c3", "-icount", "3", "-display", "none", "-nodefaults"]
    if let directory = installation.dataDirectory { arguments += ["-L", directory] }
    return arguments + [
      "-drive", "file=\(escaped(flashImage)),if=mtd,format=raw,snapshot=on",
      "-chardev", "socket,id=uart0,path=\(escaped(sockets.uart))", "-serial", "chardev:uart0",
      "-netdev", "stream,id=lab,server=off,addr.type=unix,addr.path=\(escaped(sockets.network))",
      "-net", "nic,model=open_eth,netdev=lab",
      "-qmp", "unix:\(escaped(sockets.qmp))", "-S",
    ]
  }

  /// The emulator as a command for the sandbox: no network, a read-only view of its own files, the image and the sockets.
  public var command: SandboxedCommand {
    SandboxedCommand(
      installation.executable, arguments,
      binds: (installation.folders + [flashImage, sockets.directory]).map { .readOnly($0) },
      limits: ResourceLimits(
        addressSpace: 4 << 30, cpuSeconds: 4 * 3600, fileSize: 64 << 20, processes: 64, temporaryStorage: 64 << 20))
  }

  /// In QEMU's option syntax a comma ends a value and two stand for one.
  private func escaped(_ path: String) -> String {
    path.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ",,")
  }
}

/// The paths of a run's Unix sockets, all in one folder. The lab listens on each before the emulator starts.
public struct SocketPaths: Hashable, Sendable {
  /// The folder, absolute.
  public var directory: String

  /// - Parameter directory: the folder, absolute; at most 90 bytes long, since a socket's path ends at 107.
  public init(directory: String) {
    self.directory = directory
  }

  /// UART0.
  public var uart: String { directory + "/uart.sock" }
  /// QEMU's machine protocol.
  public var qmp: String { directory + "/qmp.sock" }
  /// The NIC: Ethernet frames, each after its length in 4 bytes, big-endian. `lab-network` listens on it.
  public var network: String { directory + "/net.sock" }
  /// The control connection of `lab-network`.
  public var control: String { directory + "/control.sock" }
}
