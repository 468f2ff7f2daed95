// SPDX-License-Identifier: Apache-2.0

/// The command line of `lab-network`.
struct Options {
  /// Where QEMU's stream socket comes from.
  enum Guest: Equatable {
    /// The process listens on a unix socket that it makes here.
    case path(String)
    /// The process was given a socket: one that listens, or one that is already connected.
    case descriptor(Int32)
  }

  var guest: Guest
  /// The unix socket on which the lab listens; nil to take commands from standard input and report on standard output.
  var control: String?
  /// The unix socket on which the lab waits to be handed out sockets; nil if it wants none.
  var sockets: String?
  /// Where the capture is written; nil for none.
  var capture: String?
  /// Whether QEMU's Ethernet keeps step with the network.
  var lockstep = false
  /// The most bytes that the capture may grow to.
  var captureLimit = 256 << 20

  static let usage = """
    usage: lab-network (--qemu-socket PATH | --qemu-fd N) (--control PATH | --stdio) [--sockets PATH]
                       [--capture PATH [--capture-limit BYTES]] [--lockstep]

      --qemu-socket PATH     listen here for QEMU's -netdev stream
      --qemu-fd N            use this open socket for it
      --control PATH         connect to the lab here
      --stdio                take commands from standard input, report on standard output
      --sockets PATH         connect to the lab here, and hand out sockets of this process's network
      --capture PATH         write the frames as pcapng
      --capture-limit BYTES  stop writing at this size (268435456)
      --lockstep             QEMU's open_eth has its property lockstep on
    """

  private static let withValue = [
    "--qemu-socket", "--qemu-fd", "--control", "--sockets", "--capture", "--capture-limit",
  ]

  struct UsageError: Error {
    var message: String
  }

  init(_ arguments: [String]) throws(UsageError) {
    var guest: Guest?
    var control: String?
    var usesStandardStreams = false
    var rest = arguments[...]
    while let name = rest.popFirst() {
      if name == "--stdio" {
        usesStandardStreams = true
        continue
      }
      if name == "--lockstep" {
        lockstep = true
        continue
      }
      guard Options.withValue.contains(name) else {
        throw UsageError(message: "unknown option '\(name)'")
      }
      guard let value = rest.popFirst() else { throw UsageError(message: "\(name) needs a value") }
      switch name {
      case "--qemu-socket": guest = .path(value)
      case "--qemu-fd":
        guard let descriptor = Int32(value), descriptor >= 0 else {
          throw UsageError(message: "--qemu-fd needs a number, not '\(value)'")
        }
        guest = .descriptor(descriptor)
      case "--control": control = value
      case "--sockets": sockets = value
      case "--capture": capture = value
      default:
        guard let limit = Int(value), limit > 0 else {
          throw UsageError(message: "--capture-limit needs a number of bytes, not '\(value)'")
        }
        captureLimit = limit
      }
    }
    guard let guest else { throw UsageError(message: "--qemu-socket or --qemu-fd is missing") }
    guard usesStandardStreams != (control != nil) else {
      throw UsageError(message: "exactly one of --control and --stdio is needed")
    }
    self.guest = guest
    self.control = control
  }
}
