// SPDX-License-Identifier: Apache-2.0

/// The network connection of the course.
public enum WiFi {
  /// Connects to the access point that the project's options name, and waits for an address: `nvs_flash_init()`,
  /// `connect_wifi_sta()` and the wait for `WIFI_CONNECTED_BIT`. To be called once.
  /// - Returns: whether the device has an address.
  public static func connect() -> Bool {
    guard nvs_flash_init() == ESP_OK else { return false }
    connect_wifi_sta()
    let bits = xEventGroupWaitBits(
      s_wifi_event_group, EventBits_t(WIFI_CONNECTED_BIT | WIFI_FAIL_BIT), 0, 0, TickType_t.max)
    return bits & EventBits_t(WIFI_CONNECTED_BIT) != 0
  }
}
