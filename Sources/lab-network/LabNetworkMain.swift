// SPDX-License-Identifier: Apache-2.0

import CSlirp
import CSystemCallFilter
import Glibc

/// The network of one run as a process of its own; see README.md beside this file.
@main
struct LabNetworkMain {
  /// The exit status for a wrong command line (EX_USAGE in <sysexits.h>).
  private static let usageStatus: Int32 = 64

  static func main() {
    do {
      let options = try Options(Array(CommandLine.arguments.dropFirst()))
      // Frames are paced in steps of 150 microseconds; the default slack of 50 would stretch them.
      _ = lab_set_timer_slack(5_000)
      let process = try NetworkProcess(options)
      // libslirp is old C code that reads what a guest sends: a fault in it is not worth more than the sockets that it needs.
      guard lab_filter_system_calls(LAB_FORBIDDEN_KILLS, false) == 0 else {
        throw SystemError("cannot set the system call filter")
      }
      process.run()
    } catch let error as Options.UsageError {
      complain("\(error.message)\n\(Options.usage)")
      exit(usageStatus)
    } catch {
      complain("\(error)")
      exit(1)
    }
  }

  private static func complain(_ message: String) {
    let line = Array("lab-network: \(message)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
  }
}
