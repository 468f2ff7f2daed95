// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabFirmware
import LabModel

/// A pattern that no line matched: from which line on, and whose lines were looked at.
struct LineMiss: Equatable {
  var pattern: String
  var first: Int
  var origins: Set<LineOrigin>
}

/// What the device prints.
extension RunRecord {
  /// Takes up what the device printed, byte for byte.
  func device(printed bytes: [UInt8]) {
    console.append(bytes)
    changed()
  }

  /// Takes up that so many further bytes of the console have been dealt with, bytes and lines.
  func took(_ bytes: Int) { heardBytes += bytes }

  /// Whether so many bytes of the console, in all, have been dealt with.
  func hasHeard(_ bytes: Int) -> Bool { heardBytes >= bytes }

  /// Begins to look for data among what the device printed after its first so many bytes.
  func look(for data: LabData, after first: Int) {
    console.look(for: data, after: first)
  }

  /// Takes up lines that the device printed; they have been made displayable.
  func device(printed lines: [UARTLog.Line]) {
    for line in lines {
      let entry = entry(.uart, line.text, at: line.time)
      // A device that prints without end is not to push everything else out of the transcript.
      let evidence = device.lines < Self.uartLines ? transcript.add(entry) : transcript.leaveOut(entry)
      device.note(line: evidence, began: min(clock.guestTime(at: line.began), entry.time), host: line.time)
      panics.note(line: evidence)
      if let mishap = DeviceFacts.mishap(in: line.text) { device.note(mishap, evidence) }
    }
    if !lines.isEmpty { changed() }
  }

  /// The first panic that the device reported from a transcript line on.
  func panic(from line: Int) -> PanicReport? {
    panics.first(from: line)
  }

  /// How many lines of the UART go to the transcript; the UART log has more.
  private static let uartLines = 20_000

  /// The first line that matches among those after the first so many: its number from 0 over the run, and where it stands.
  /// - Parameters:
  ///   - pattern: the expression; lines that it did not match are not looked at again.
  ///   - origins: whose lines are looked at.
  func deviceLine(
    matching pattern: Pattern, after first: Int, of origins: Set<LineOrigin>
  ) -> (number: Int, evidence: Evidence)? {
    let miss = LineMiss(pattern: pattern.description, first: first, origins: origins)
    let start = lastLineMiss?.miss == miss ? lastLineMiss?.lines ?? first : first
    let lines = device.lines(after: start)
    let match = lines.firstIndex { origins.contains($0.origin) && pattern.isFound(in: $0.evidence.entry.text) }
    guard let index = match else {
      lastLineMiss = (miss, device.lines)
      return nil
    }
    return (device.lines - lines.endIndex + index, lines[index].evidence)
  }
}
