// SPDX-License-Identifier: Apache-2.0

/// Tasks of FreeRTOS, and time.
public enum RTOS {
  /// Starts a task: a function that runs beside all others, on a stack of its own. When the function returns, the task ends.
  /// - Parameters:
  ///   - name: for messages, at most 15 characters.
  ///   - stackSize: bytes. Texts with values in them, such as `"\(port)"`, take some hundreds.
  ///   - priority: 0 to 24; a higher one goes first. `app_main` has 1, the network 18.
  ///   - body: what the task does.
  /// - Returns: whether there was memory for it.
  @discardableResult
  public static func startTask(
    _ name: StaticString, stackSize: UInt32 = 4096, priority: UInt32 = 5, _ body: @escaping () -> Void
  ) -> Bool {
    let box = Unmanaged.passRetained(TaskBody(body))
    let function: @convention(c) (UnsafeMutableRawPointer?) -> Void = { argument in
      guard let argument else { return }
      // What the body holds on to has to be gone before the task is: nothing after vTaskDelete() runs.
      TaskBody.run(argument)
      vTaskDelete(nil)
    }
    guard xTaskCreate(function, name.text, stackSize, box.toOpaque(), priority, nil) == 1 else {
      box.release()
      return false
    }
    return true
  }

  /// Waits; other tasks run meanwhile.
  /// - Parameter milliseconds: in steps of a tick, which is 10 ms; less than that is one tick.
  public static func delay(milliseconds: UInt32) {
    vTaskDelay(max(pdMS_TO_TICKS(milliseconds), milliseconds > 0 ? 1 : 0))
  }

  /// Milliseconds since the device started.
  public static var milliseconds: Int64 { esp_timer_get_time() / 1000 }
}

/// A task's function, on its way to the task.
private final class TaskBody {
  private let body: () -> Void

  init(_ body: @escaping () -> Void) {
    self.body = body
  }

  @inline(never)
  static func run(_ argument: UnsafeMutableRawPointer) {
    Unmanaged<TaskBody>.fromOpaque(argument).takeRetainedValue().body()
  }
}
