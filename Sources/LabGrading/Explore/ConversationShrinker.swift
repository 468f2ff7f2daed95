// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Cuts a conversation that fails down to a short one that still does.
struct ConversationShrinker {
  /// How many times a conversation may be tried.
  private(set) var trials: Int
  /// Whether nothing more can be left out of what was found: no trial was wanting.
  private(set) var isDone = false

  /// - Parameter trials: how many times a conversation may be tried.
  init(trials: Int) {
    self.trials = trials
  }

  /// Leaves out more and more, as long as it still fails.
  /// - Parameters:
  ///   - conversation: one that fails.
  ///   - failure: tries a conversation on a device that has just been started, and tells how it failed, if it did.
  /// - Returns: the shortest that was found, and how it failed; nil if no shorter one does.
  mutating func shortest<Failure>(
    of conversation: Conversation, failure: (Conversation) async throws -> Failure?
  ) async throws -> (conversation: Conversation, failure: Failure)? {
    var best: (conversation: Conversation, failure: Failure)?
    var current = conversation
    var size = max(1, current.moves.count / 2)
    while true {
      var isShorter = false
      var start = 0
      while start < current.moves.count {
        var candidate = current
        candidate.moves.removeSubrange(start..<min(start + size, current.moves.count))
        guard !candidate.moves.isEmpty else { break }
        guard trials > 0 else { return best }
        trials -= 1
        if let failure = try await failure(candidate) {
          (best, current, isShorter) = ((candidate, failure), candidate, true)
        } else {
          start += size
        }
      }
      if size == 1 {
        guard isShorter else { break }
      } else {
        size /= 2
      }
    }
    isDone = true
    for index in current.moves.indices {
      while let simpler = current.moves[index].simpler, trials > 0 {
        trials -= 1
        var candidate = current
        candidate.moves[index] = simpler
        guard let failure = try await failure(candidate) else { break }
        (best, current) = ((candidate, failure), candidate)
      }
    }
    return best
  }
}

extension Conversation.Move {
  /// The same with half as much; nil where there is nothing to halve.
  fileprivate var simpler: Conversation.Move? {
    switch self {
    case .send(let name, let message): message.half.map { .send(name, $0) }
    case .tell(let message, let cuts, let pause):
      pause.nanoseconds > 0
        ? .tell(message, cuts: cuts, pause: .milliseconds(0))
        : cuts.isEmpty ? message.half.map { .tell($0, cuts: [], pause: pause) } : .tell(message, cuts: [], pause: pause)
    case .type(let line, let pause):
      pause.nanoseconds > 0 ? .type(line, pause: .milliseconds(0)) : line.half.map { .type($0, pause: pause) }
    case .refuse(let count): count > 1 ? .refuse(count / 2) : nil
    default: nil
    }
  }
}
