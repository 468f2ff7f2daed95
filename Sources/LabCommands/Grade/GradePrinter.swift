// SPDX-License-Identifier: Apache-2.0
import LabBatch
import LabModel
import LabReports
import Synchronization

/// Shows a grading on an output as it goes. Events may come from any thread.
final class GradePrinter: Sendable {
  private struct State {
    var report: GradingReport
    var live: GradingLive
    var hasEnded = false
  }

  private let output: TextOutput
  private let color: ColorChoice
  private let console: Console
  private let state: Mutex<State>

  /// - Parameters:
  ///   - report: renders the lines that stay.
  ///   - live: renders the line that is drawn over.
  ///   - output: where to show it.
  ///   - color: what the caller asked for.
  ///   - console: what surrounds the command.
  init(_ report: GradingReport, _ live: GradingLive, output: TextOutput, color: ColorChoice, console: Console) {
    self.output = output
    self.color = color
    self.console = console
    state = Mutex(State(report: report, live: live))
  }

  /// Shows what happened.
  func show(_ event: GradingEvent) {
    update { state in
      switch event {
      case .started:
        state.live.started()
        return ""
      case .retrying(let student, let error):
        state.live.retrying()
        return state.live.write(state.report.retry(student, error))
      case .graded(let graded, let former, let seconds):
        state.live.graded(seconds: seconds)
        return state.live.write(
          state.report.line(graded.result, former: former, done: state.live.count, seconds: seconds))
      case .limited(let change):
        state.live.limited(to: change.limit)
        guard change.isFirst, let strain = change.strain else { return "" }
        return state.live.write(state.report.limited(to: change.limit, since: strain.description))
      }
    }
  }

  /// Shows a line that stays; one that comes after the end goes to the messages.
  func note(_ text: Printout) {
    state.withLock { state in
      if state.hasEnded {
        console.errors.write("lab: \(text)\n")
      } else {
        output.write(state.live.write("\(text)\n"))
      }
    }
  }

  /// Keeps the live line moving until the task is cancelled.
  func animate() async {
    guard console.style(color, of: output).live else { return }
    while !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(100))
      update { state in
        // The terminal may have another width by now.
        state.live.style = console.style(color, of: output)
        return state.live.tick()
      }
    }
  }

  /// Takes the live line away; nothing is shown from here on.
  func end() {
    update { $0.live.end() }
    state.withLock { $0.hasEnded = true }
  }

  /// Writes within the lock, so that what is written is in the order of the events.
  private func update(_ change: (inout State) -> Printout) {
    state.withLock { state in
      if !state.hasEnded { output.write(change(&state)) }
    }
  }
}
