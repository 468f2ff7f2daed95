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

  /// The columns of a terminal that does not tell.
  public static let usualWidth = 80

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
    self.init(color: color, live: canMove, width: isTerminal ? columns ?? Self.usualWidth : nil)
  }

  /// What a colour stands for.
  enum Tint {
    case pass, fail, error, faint, strong
  }

  /// The text in a colour, if colours are used.
  func paint(_ text: Printout, _ tint: Tint) -> Printout {
    guard color, !text.isEmpty else { return text }
    let code =
      switch tint {
      case .pass: Printout(code: "\u{1b}[32m")
      case .fail: Printout(code: "\u{1b}[31m")
      case .error: Printout(code: "\u{1b}[35m")
      case .faint: Printout(code: "\u{1b}[2m")
      case .strong: Printout(code: "\u{1b}[1m")
      }
    return code + text + Printout(code: "\u{1b}[0m")
  }

  /// The mark of a check's verdict: a sign on a terminal, a word elsewhere.
  func mark(_ status: CheckStatus) -> Printout {
    let word: Printout =
      switch status {
      case .pass: live ? "✓" : "PASS"
      case .fail: live ? "✗" : "FAIL"
      case .skipped: live ? "–" : "SKIP"
      case .error: live ? "!" : "ERROR"
      }
    return paint(word.padded(to: markWidth), tint(status))
  }

  /// The mark of a run's verdict.
  func mark(of verdict: RunResult.Verdict) -> Printout {
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
