// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LabModel
import LabReports
import LabSandbox

/// Measures the lab on this machine.
struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure how fast the lab is on this machine.",
    discussion: """
      Prints medians: an edit of the command server to its verdict, the start of the board, an idle board's processor time and \
      memory, and the throughput of a TCP echo. Takes about a minute. Nothing else should run meanwhile.
      """)

  @Option(help: "How often each figure is measured.")
  var runs = 10

  @Option(help: "What the programs are built with: bundled, or idf.")
  var sdk = SDKKind.bundled

  func validate() throws {
    guard (1...1000).contains(runs) else { throw ValidationError("--runs has to be from 1 to 1000.") }
  }

  func run() async throws {
    let console = Console.current
    try InheritedLimits.ensureRoom(forRuns: 1)
    let bench = try await Bench(console: console, sdk: sdk)
    console.output.write(
      """
      machine: \(Machine.description)
      SDK: \(sdk.rawValue), emulator: \(bench.tools.emulator.kind.rawValue), \(runs) runs each


      """
    )
    // What is built once for a project is not measured.
    if sdk == .idf { _ = try await bench.editToVerdict(0) }
    var verdicts: [Double] = []
    var waits: [Double] = []
    for number in 1...runs {
      let result = try await bench.editToVerdict(number)
      guard result.verdict == .pass else {
        throw LabError(code: "bench.failed", message: "the reference did not pass: see \(result.runFolder)")
      }
      verdicts.append(result.seconds - result.scenarioWaitSeconds)
      waits.append(result.scenarioWaitSeconds)
    }
    console.output.write(line("edit to verdict of lab 3, beyond the scenario's own waits", median(verdicts), "s"))
    console.output.write(line("  the scenario's own waits", median(waits), "s"))
    var starts: [BoardFigures] = []
    for _ in 1...runs { starts.append(try await bench.board()) }
    console.output.write(line("launch to first UART byte", median(starts.map { $0.firstByte * 1000 }), "ms"))
    console.output.write(line("launch to address", median(starts.map { $0.address * 1000 }), "ms"))
    console.output.write(
      line(
        "idle board: processor time (emulator and network)", median(starts.map { $0.idleShare * 100 }), "% of a core"))
    console.output.write(
      line("memory of a run (emulator, network and lab)", median(starts.map(\.memory)) / 1_048_576, "MiB"))
    console.output.write(
      line("TCP echo through the forwarded port", median(starts.map { $0.echoRate / 1e6 }), "Mbit/s"))
  }

  private func line(_ what: Printout, _ value: Double, _ unit: String) -> Printout {
    let rounded = value < 10 ? (value * 1000).rounded() / 1000 : (value * 10).rounded() / 10
    return "\(what)\(blanks: max(2, 62 - what.columns))\(String(rounded)) \(unit)\n"
  }

  private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .nan }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
