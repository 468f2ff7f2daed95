// SPDX-License-Identifier: Apache-2.0
import ESP32

@_cdecl("app_main")
func app_main() {
  _ = WiFi.connect()
}
