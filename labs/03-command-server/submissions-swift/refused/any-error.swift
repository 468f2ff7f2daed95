// SPDX-License-Identifier: Apache-2.0
// Submission: has a function that throws without saying what.
// verdict: fail
// build: compile
// says: throws(SocketError)

import ESP32

func serve() throws {
  let listener = try Listener(port: 3333)
  _ = try listener.accept()
}

@_cdecl("app_main")
func app_main() {
  do {
    try serve()
  } catch {
    print("failed")
  }
}
