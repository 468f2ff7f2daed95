// SPDX-License-Identifier: Apache-2.0
@_exported import CESP32

#if ESP_IDF
  // Macros in ESP-IDF's C library, which Swift does not import; variables in the bundled SDK's, which it does.

  /// The console's input, for C's functions.
  public var stdin: UnsafeMutablePointer<FILE>? { esp32_swift_stdin() }
  /// The console's output, for C's functions.
  public var stdout: UnsafeMutablePointer<FILE>? { esp32_swift_stdout() }
  /// The console's output for complaints, for C's functions.
  public var stderr: UnsafeMutablePointer<FILE>? { esp32_swift_stderr() }
  /// The number of the error that the last call of C which failed told.
  public var errno: Int32 { esp32_swift_errno() }
#endif
