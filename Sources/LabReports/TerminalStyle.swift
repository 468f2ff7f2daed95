// SPDX-License-Identifier: Apache-2.0
import LabModel

/// When to use colours, as `--color` takes it.
public enum ColorChoice: String, CaseIterable, Sendable {
  /// On a terminal that can show them, unless the environment has `NO_COLOR`.
  case auto
  /// Always, even on a pipe.
  case always
  /// Never.
  case never
}

/// What the place that text goes to can show.
public struct TerminalStyle: Equatable, Sendable {
  /// Whether colours are used.
  public var color: Bool
  /// Whether a line can be drawn over; without it there are no moving parts, and marks are words.
  public var live: Bool
  /// The columns to fit into, at least 40; nil on a pipe, where lines are as long as they are.
  public var width: Int?

  /// Text for a pipe or a file.
  public static let plain = TerminalStyle(color: false, live: false, width: nil)

  /// - Parameters: as the properties of the same names.
  public init(color: Bool, live: Bool, width: Int?) {
    self.color = color
    self.live = live
    self.width = width.map { max(40, $0) }
  }

  /// The style for a file descriptor.
  /// - Parameters:
  ///   - choice: what the caller asked for; anything but `auto` overrides the environment.
  ///   - isTerminal: whether it is a terminal.
  ///   - columns: the terminal's width, if it tells it; 80 is assumed otherwise.
  ///   - environment: the process's environment, of which `TERM` and `NO_COLOR` (https://no-color.org) count.
  public init(choice: ColorChoice, isTerminal: Bool, columns: Int?, environment: [String: String]) {
    let canMove = isTerminal && !["", "dumb"].contains(environment["TERM"] ?? "")
    let color =
      switch choice {
      case .auto: canMove && (environment["NO_COLOR"] ?? "").isEmpty
      case .always: true
      case .never: false
      }
    self.init(color: color, live: canMove, width: isTerminal ? columns ?? 80 : nil)
  }

  /// What a colour stands for.
  enum Tint: String {
    case pass = "32"
    case fail = "31"
    case error = "35"
    case faint = "2"
    case strong = "1"
  }

  /// The text in a colour, if colours are used.
  func paint(_ text: String, _ tint: Tint) -> String {
    color && !text.isEmpty ? "\u{1b}[\(tint.rawValue)m\(text)\u{1b}[0m" : text
  }

  /// The mark of a check's verdict: a sign on a terminal, a word elsewhere.
  func mark(_ status: CheckStatus) -> String {
    let word =
      switch status {
      case .pass: live ? "✓" : "PASS"
      case .fail: live ? "✗" : "FAIL"
      case .skipped: live ? "–" : "SKIP"
      case .error: live ? "!" : "ERROR"
      }
    return paint(word.padded(to: markWidth), tint(status))
  }

  /// The mark of a run's verdict.
  func mark(of verdict: RunResult.Verdict) -> String {
    switch verdict {
    case .pass: mark(CheckStatus.pass)
    case .fail: mark(CheckStatus.fail)
    case .error: mark(CheckStatus.error)
    }
  }

  /// The columns that a mark takes.
  var markWidth: Int { live ? 1 : 5 }

  /// The colour of a check's verdict.
  func tint(_ status: CheckStatus) -> Tint {
    switch status {
    case .pass: .pass
    case .fail: .fail
    case .skipped: .faint
    case .error: .error
    }
  }
}
