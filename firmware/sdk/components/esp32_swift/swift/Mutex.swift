// SPDX-License-Identifier: Apache-2.0

/// Lets one task at a time have something that several share.
public final class Mutex: Sendable {
  // The kernel's own, which a task may use from anywhere.
  private nonisolated(unsafe) let handle: SemaphoreHandle_t

  /// Makes one; without memory for it the program ends.
  public init() {
    guard let handle = xSemaphoreCreateMutex() else { fatalError("no memory for a mutex") }
    self.handle = handle
  }

  deinit {
    vSemaphoreDelete(handle)
  }

  /// Waits until no other task is in such a function, and calls it. The same task must not call it within itself.
  public func withLock<Result, Failure>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    _ = xSemaphoreTake(handle, TickType_t.max)
    defer { _ = xSemaphoreGive(handle) }
    return try body()
  }
}
