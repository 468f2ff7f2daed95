// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabReports
import Synchronization

/// Shows a run on an output as it goes. Events may come from any thread.
final class ProgressPrinter: Sendable {
  private let output: TextOutput
  private let color: ColorChoice
  private let console: Console
  private let live: Mutex<LiveReport?>

  /// - Parameters:
  ///   - report: renders the lines that stay.
  ///   - output: where to show it.
  ///   - color: what the caller asked for.
  ///   - console: what surrounds the command.
  init(_ report: TerminalReport, output: TextOutput, color: ColorChoice, console: Console) {
    self.output = output
    self.color = color
    self.console = console
    live = Mutex(LiveReport(report: report))
  }

  /// Shows an event.
  func show(_ progress: RunProgress) {
    update { $0.handle(progress, at: MonotonicClock.now) }
  }

  /// Keeps the live line moving until the task is cancelled.
  func animate() async {
    guard console.style(color, of: output).live else { return }
    while !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(100))
      update { live in
        // The terminal may have another width by now.
        live.report.style = console.style(color, of: output)
        return live.tick(at: MonotonicClock.now)
      }
    }
  }

  /// Takes the live line away; nothing is shown from here on.
  func end() {
    update { $0.end() }
    live.withLock { $0 = nil }
  }

  /// Writes within the lock, so that what is written is in the order of the events.
  private func update(_ change: (inout LiveReport) -> Printout) {
    live.withLock { live in
      guard var current = live else { return }
      output.write(change(&current))
      live = current
    }
  }
}
