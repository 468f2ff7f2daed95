// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A value that one side waits for and the other provides once.
public final class OneShot<Value: Sendable>: Sendable {
  private enum State {
    case open([CheckedContinuation<Value, any Error>])
    case resolved(Result<Value, any Error>)
  }

  private let state = Mutex(State.open([]))

  /// Creates one without a value.
  public init() {}

  /// Provides the value; only the first call counts.
  /// - Parameter result: the value, or why there is none.
  public func resolve(_ result: Result<Value, any Error>) {
    let waiting = state.withLock { state -> [CheckedContinuation<Value, any Error>] in
      guard case .open(let waiting) = state else { return [] }
      state = .resolved(result)
      return waiting
    }
    for continuation in waiting { continuation.resume(with: result) }
  }

  /// The value, if it has been provided.
  public var current: Result<Value, any Error>? {
    state.withLock { state in
      guard case .resolved(let result) = state else { return nil }
      return result
    }
  }

  /// The value; waits for it. Cancellation does not end the wait: the provider has to resolve it in any case.
  public var value: Value {
    get async throws {
      try await withCheckedThrowingContinuation { continuation in
        let result = state.withLock { state -> Result<Value, any Error>? in
          switch state {
          case .resolved(let result): return result
          case .open(let waiting):
            state = .open(waiting + [continuation])
            return nil
          }
        }
        if let result { continuation.resume(with: result) }
      }
    }
  }
}
