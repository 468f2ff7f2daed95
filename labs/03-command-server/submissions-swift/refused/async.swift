// SPDX-License-Identifier: Apache-2.0
// Submission: waits for its network in an asynchronous function.
// verdict: fail
// build: absentAPI
// says: async, await, Task and actors are not available for this chip
// says: RTOS.startTask

import ESP32

func serve() async {
  print("serving")
}

@_cdecl("app_main")
func app_main() {
  Task { await serve() }
}
