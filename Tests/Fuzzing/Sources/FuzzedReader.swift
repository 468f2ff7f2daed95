// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

@testable import LabEmulator
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
  /// The messages of a build that failed.
  case buildFailure = "build-failure"
  /// What Ninja and CMake print.
  case idfOutput = "idf-output"
  /// The names of functions and places, as tools print them.
  case names
  /// The `CMakeLists.txt` of a project's component.
  case cmake
  /// A project's `Kconfig.projbuild`.
  case kconfig
  /// A project's `sdkconfig.defaults`.
  case sdkconfig
  /// A project's `idf_component.yml`.
  case componentManifest = "component-manifest"
  /// A source.
  case source
  /// What a device sends and prints, as labs look for patterns in it.
  case labPatterns = "lab-patterns"
  /// What a device prints.
  case console
  /// The same, as a run records it.
  case record
  /// What QEMU says of itself.
  case qmp
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
  /// What a program, a compiler and a device said, as reports show it.
  case reports

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
    case .buildFailure: Self.readBuildFailure(bytes)
    case .idfOutput: Self.readIDFOutput(bytes)
    case .names: Self.readNames(bytes)
    case .cmake: Self.readProject("main/CMakeLists.txt", bytes)
    case .kconfig: Self.readProject("main/Kconfig.projbuild", bytes)
    case .sdkconfig: Self.readProject("sdkconfig.defaults", bytes)
    case .componentManifest: Self.readProject("main/idf_component.yml", bytes)
    case .source: Self.readSource(bytes)
    case .labPatterns: Self.readWithPatterns(bytes)
    case .console: Self.readConsole(bytes)
    case .record: Self.recordConsole(bytes)
    case .qmp: _ = try? JSONDecoder().decode(QMPMessage.self, from: Data(bytes))
    case .tar: Self.readTar(bytes)
    case .roster: Self.readRoster(bytes)
    case .capture: Self.readCapture(bytes)
    case .transcript: Self.readTranscript(bytes)
    case .reports: Self.readReports(bytes)
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
