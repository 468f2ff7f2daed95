// SPDX-License-Identifier: Apache-2.0
// Submission: a folder with two programs in it.
// verdict: fail
// build: link
// says: app_main is defined more than once

import ESP32

@_cdecl("app_main")
func app_main() {
  _ = WiFi.connect()
}
