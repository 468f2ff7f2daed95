// SPDX-License-Identifier: Apache-2.0
// Submission: begins in an @main type, as on a computer.
// verdict: fail
// build: noAppMain
// says: there is no app_main
// says: @_cdecl("app_main")

import ESP32

@main
struct Server {
  static func main() {
    _ = WiFi.connect()
  }
}
