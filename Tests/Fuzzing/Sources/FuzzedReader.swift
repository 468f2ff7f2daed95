// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabEmulator
import LabModel

@testable import LabFirmware
@testable import LabNetwork

/// What reads bytes that a submission, a guest or a stranger's file decides. None may trap, hang, or pass on what it should not.
enum FuzzedReader: String, CaseIterable {
  /// One Ethernet frame.
  case frame
  /// A conversation of frames, from the device and from libslirp, each behind its length.
  case network
  /// The stream between QEMU and lab-network.
  case stream
  /// A query to the name server.
  case dns
  /// A DHCP message.
  case dhcp
  /// The lines between lab and lab-network.
  case control
  /// A lab's file.
  case lab
  /// A mistake's file.
  case mistake
  /// The UART's log, as panics are looked for in it.
  case panic
  /// A program with debug information.
  case elf
  /// The call frame information in it.
  case callFrames = "call-frames"
  /// A compiler's messages.
  case buildLog = "build-log"
  /// A project's `CMakeLists.txt` and `sdkconfig.defaults`.
  case project
  /// ESP-IDF's `flasher_args.json`.
  case flasherArguments = "flasher-arguments"
  /// The plain tar that an archive has been turned into.
  case tar
  /// A class's students.
  case roster
  /// What was on the wire, as a page draws it.
  case capture
  /// What was recorded of a run, as a page shows it.
  case transcript

  /// Reads an input.
  func read(_ bytes: [UInt8]) {
    switch self {
    case .frame: Self.readFrame(bytes)
    case .network: Self.readConversation(bytes)
    case .stream: Self.readStream(bytes)
    case .dns: Self.readQuery(bytes)
    case .dhcp: if let message = DHCPMessage(bytes, in: 0..<bytes.count) { precondition("\(message)".count > 0) }
    case .control:
      var decoder = ControlLineDecoder<NetworkReport>()
      _ = try? decoder.append(bytes)
    case .lab: Self.expectOnlyLabErrors { _ = try Lab(yaml: Self.text(bytes), file: "lab.yaml") }
    case .mistake: Self.expectOnlyLabErrors { _ = try Mistake(yaml: Self.text(bytes), file: "mistake.yaml") }
    case .panic: Self.readPanics(bytes)
    case .elf: Self.readProgram(bytes)
    case .callFrames: Self.readCallFrames(bytes)
    case .buildLog: Self.readBuildLog(bytes)
    case .project: Self.readProject(bytes)
    case .tar: Self.readTar(bytes)
    case .roster: Self.readRoster(bytes)
    case .capture: Self.readCapture(bytes)
    case .transcript: Self.readTranscript(bytes)
    case .flasherArguments: Self.expectOnlyLabErrors { _ = try FlasherArguments(json: Data(bytes)) }
    }
  }

  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// What is wrong with a file is told to whoever wrote it, as a sentence.
  private static func expectOnlyLabErrors(_ body: () throws -> Void) {
    do {
      try body()
    } catch let error as LabError {
      precondition(!error.message.isEmpty)
    } catch {
      fatalError("\(error)")
    }
  }
}
