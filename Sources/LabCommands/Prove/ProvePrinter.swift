// SPDX-License-Identifier: Apache-2.0
import LabReports
import Synchronization

/// Shows how far a proof is. Steps may come from any thread.
final class ProvePrinter: Sendable {
  private let output: TextOutput
  private let state: Mutex<(live: ProofLive, hasEnded: Bool)>

  init(console: Console, output: OutputOptions) {
    self.output = output.format == .json ? console.errors : console.output
    state = Mutex((ProofLive(style: console.style(output.color, of: self.output)), false))
  }

  /// Shows a line that stays.
  func note(_ text: Printout) { update { $0.note(text) } }

  /// Begins to count.
  func begin(_ what: String, total: Int, done: Int = 0) { update { $0.begin(what, total: total, done: done) } }

  /// Counts one more.
  func step() { update { $0.step() } }

  /// Takes the live line away; nothing is shown from here on.
  func end() {
    update { $0.end() }
    state.withLock { $0.hasEnded = true }
  }

  /// Writes within the lock, so that what is written is in the order of the events.
  private func update(_ change: (inout ProofLive) -> Printout) {
    state.withLock { state in
      if !state.hasEnded { output.write(change(&state.live)) }
    }
  }
}
