// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// The command line of an emulated board: what `idf.py qemu` gives Espressif's machines, but for four things. Watchdogs stay on, since a
/// real board has them; no port is fixed, since another run would meet it; the network is the lab's; and the guest's clock counts
/// instructions. The bundled machine gets the same, but for its ROM's folder and the eFuses, which it has by itself.
public struct EmulatorArguments: Hashable, Sendable {
  /// The emulator.
  public var installation: EmulatorInstallation
  /// The absolute path of the flash image: 2, 4, 8 or 16 MB.
  public var flashImage: String
  /// The sockets to which the emulator connects.
  public var sockets: SocketPaths
  /// The board.
  public var chip: Chip
  /// Whether the bundled machine's Ethernet tells the guest's time with each frame, and the guest waits for what comes of it: `lab-network` with
  /// `--lockstep` answers. Espressif's cannot.
  public var keepsStep = false
  /// The absolute path of the eFuses' image (``EFuseImage``); without one, ``Emulator/launch(_:sandbox:)`` makes it. The bundled machine
  /// has no use for it.
  public var eFuseImage: String?
  /// The absolute path of the library that stands between Espressif's emulator and the computer's clock (``EmulatorClock``); without one,
  /// ``Emulator/launch(_:sandbox:)`` takes the lab's. The bundled machine has no use for it.
  var clockLibrary: String?

  /// - Parameters: as the properties of the same names; without a chip, the installation's.
  public init(
    installation: EmulatorInstallation, flashImage: String, sockets: SocketPaths, chip: Chip? = nil,
    eFuseImage: String? = nil
  ) {
    self.installation = installation
    self.flashImage = flashImage
    self.sockets = sockets
    self.chip = chip ?? installation.chip
    self.eFuseImage = eFuseImage
  }

  /// How much of the guest's code is kept translated, in MiB. A program that rewrites itself fills what there is; QEMU's own choice is as much as its
  /// memory limit.
  private static let translationCache = 64

  /// The arguments, without the program's own name.
  ///
  /// `-icount 3`: the guest's clock counts instructions of 8 ns each, so that a stall of the host is not guest time.
  /// `snapshot=on`: what the guest writes to its flash is gone when the emulator ends.
  /// `-S`: the guest waits until the lab has all connections and lets it go.
  /// `-sandbox`: a filter of system calls; whether Espressif's builds have it is not known.
  public var arguments: [String] {
    var arguments = ["-M", chip.rawValue] + chip.memoryArguments
    arguments += ["-icount", "3", "-accel", "tcg,tb-size=\(Self.translationCache)", "-display", "none", "-nodefaults"]
    if let directory = installation.dataDirectory { arguments += ["-L", directory] }
    if installation.kind == .bundled {
      arguments += ["-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"]
    }
    arguments += ["-drive", "file=\(escaped(flashImage)),if=mtd,format=raw,snapshot=on"]
    if let eFuseImage = usedEFuseImage {
      arguments += [
        "-drive", "file=\(escaped(eFuseImage)),if=none,format=raw,id=efuse,snapshot=on",
        "-global", "driver=nvram.\(chip.rawValue).efuse,property=drive,value=efuse",
      ]
    }
    if installation.kind == .bundled, keepsStep { arguments += ["-global", "open_eth.lockstep=on"] }
    return arguments + [
      "-chardev", "socket,id=uart0,path=\(escaped(sockets.uart))", "-serial", "chardev:uart0",
      "-netdev", "stream,id=lab,server=off,addr.type=unix,addr.path=\(escaped(sockets.network))",
      "-net", "nic,model=open_eth,netdev=lab",
      "-qmp", "unix:\(escaped(sockets.qmp))", "-S",
    ]
  }

  /// The emulator as a command for the sandbox: no network, a read-only view of its own files, the image and the sockets.
  public var command: SandboxedCommand {
    var command = SandboxedCommand(
      installation.executable, arguments,
      binds: (installation.folders + [flashImage, usedEFuseImage, sockets.directory].compactMap { $0 })
        .map { .readOnly($0) },
      limits: ResourceLimits(
        addressSpace: 4 << 30, memory: 1 << 30, cpuSeconds: 4 * 3600, fileSize: 64 << 20, processes: 64,
        temporaryStorage: 64 << 20))
    if installation.kind == .espressif, let clockLibrary {
      command.preload = clockLibrary
      command.environment[EmulatorClock.variable] = sockets.clock
      command.binds.append(.readWrite(sockets.clock))
    }
    return command
  }

  /// The same, with what Espressif's emulator wants and was not given: an image of the chip's eFuses, beside the sockets, and the clock's library.
  /// - Throws: `LabError` if the image cannot be written, or the library is not there.
  func completed() throws -> EmulatorArguments {
    guard installation.kind == .espressif else { return self }
    var arguments = self
    if clockLibrary == nil { arguments.clockLibrary = try HelperExecutable.path(named: "emulator-clock") }
    guard eFuseImage == nil else { return arguments }
    let path = sockets.directory + "/efuse.bin"
    let contents = Data(EFuseImage(chip: chip).bytes)
    guard FileManager.default.createFile(atPath: path, contents: contents, attributes: [.posixPermissions: 0o644])
    else {
      throw LabError(code: "run.folder", message: "\(path) cannot be written", remedy: "Is the disk full?")
    }
    arguments.eFuseImage = path
    return arguments
  }

  private var usedEFuseImage: String? { installation.kind == .espressif ? eFuseImage : nil }

  /// In QEMU's option syntax a comma ends a value and two stand for one.
  private func escaped(_ path: String) -> String {
    path.split(separator: ",", omittingEmptySubsequences: false).joined(separator: ",,")
  }
}

extension Chip {
  /// The file name of the emulators that have this chip's board.
  public var emulatorProgram: String { isRISCV ? "qemu-system-riscv32" : "qemu-system-xtensa" }

  /// The external RAM that Espressif's machine is given, as `idf.py qemu` does (`tools/idf_py_actions/qemu_ext.py`).
  fileprivate var memoryArguments: [String] {
    switch self {
    case .esp32: ["-m", "4M"]
    case .esp32c3: []
    case .esp32s3: ["-m", "32M"]
    }
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
  /// Where `lab-network` hands out sockets.
  public var sockets: String { directory + "/sockets.sock" }
  /// The clock of Espressif's emulator: a file.
  var clock: String { directory + "/clock" }
}
