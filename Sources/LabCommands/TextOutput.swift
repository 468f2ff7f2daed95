// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabReports
import Synchronization

/// A place that text goes to: standard output, standard error, or a test's memory. Writes do not mix, whoever makes them.
///
/// What goes there is a ``Printout``, in which no line begins with what somebody else has written, or JSON.
public final class TextOutput: Sendable {
  /// Whether it is a terminal.
  public let isTerminal: Bool
  private let measure: @Sendable () -> Int?
  private let put: @Sendable (ArraySlice<UInt8>) -> Result<Int, Errno>
  private let state = Mutex<Errno?>(nil)

  /// - Parameters:
  ///   - isTerminal: whether it is a terminal.
  ///   - columns: the terminal's width, if it tells it.
  ///   - put: writes some of the bytes and returns how many.
  init(
    isTerminal: Bool, columns: @escaping @Sendable () -> Int?,
    put: @escaping @Sendable (ArraySlice<UInt8>) -> Result<Int, Errno>
  ) {
    self.isTerminal = isTerminal
    measure = columns
    self.put = put
  }

  /// The terminal's width now, if it is a terminal that tells it.
  public var columns: Int? { measure() }

  /// The first write that failed, unless it was that the reader has gone: who runs `lab 3 | head` wants no more, and the run goes
  /// on to its result.
  var failure: LabError? {
    guard let error = state.withLock({ $0 }), error.code != EPIPE else { return nil }
    return LabError(systemCall: "write the output", code: error.code)
  }

  /// Writes text for people. After a failure nothing more is written; see ``failure``.
  func write(_ printout: Printout) {
    write(printout.rendered(width: isTerminal ? columns ?? TerminalStyle.usualWidth : nil))
  }

  /// Writes a value for programs. After a failure nothing more is written; see ``failure``.
  func write(json value: some Encodable) throws { write(try JSONReport.render(value: value)) }

  /// Writes all of a text.
  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    state.withLock { failed in
      var rest = bytes[...]
      while !rest.isEmpty, failed == nil {
        switch put(rest) {
        case .success(let count): rest = rest.dropFirst(count)
        case .failure(let error) where error.code == EINTR: continue
        case .failure(let error): failed = error
        }
      }
    }
  }

  /// An output on an open file.
  /// - Parameter descriptor: the file's descriptor; it stays the caller's.
  static func descriptor(_ descriptor: Int32) -> TextOutput {
    TextOutput(
      isTerminal: isatty(descriptor) == 1,
      columns: {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
      },
      put: { bytes in
        let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        if count >= 0 { return .success(count) }
        guard errno == EAGAIN else { return .failure(Errno(code: errno)) }
        // A terminal that another program left non-blocking: wait until it takes more.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
        return .success(0)
      })
  }
}

/// A system call's error number.
struct Errno: Error, Equatable, Sendable {
  var code: Int32
}
