// SPDX-License-Identifier: Apache-2.0
// Submission: imports Foundation, as on a computer.
// verdict: fail
// build: absentAPI
// says: Foundation is not in Embedded Swift
// says: import ESP32

import Foundation

@_cdecl("app_main")
func app_main() {
  let port: UInt16 = 3333
  print("listening on \(port) since \(Date())")
}
