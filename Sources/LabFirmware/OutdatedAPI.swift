// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Names that ESP-IDF had before v5, and what stands in their place: books and pages about the ESP32 are full of them.
enum OutdatedAPI {
  /// The beginnings of names, or whole ones, and what is written now.
  private static let replacements: [(name: String, isPrefix: Bool, now: String)] = [
    ("tcpip_adapter.h", false, "include esp_netif.h"),
    ("esp_event_legacy.h", false, "include esp_event.h"),
    (
      "tcpip_adapter_init", false,
      "call esp_netif_init(), and esp_netif_create_default_wifi_sta() before esp_wifi_init()"
    ),
    ("tcpip_adapter_", true, "esp_netif.h has its successors, esp_netif_…()"),
    ("TCPIP_ADAPTER_", true, "esp_netif_create_default_wifi_sta() returns what stands for the station's interface"),
    (
      "esp_event_loop_init", false,
      "call esp_event_loop_create_default(), and esp_event_handler_instance_register() for each kind of event"
    ),
    ("esp_event_loop_set_cb", false, "call esp_event_handler_instance_register() for each kind of event"),
    (
      "system_event_", true,
      "a handler is now void handler(void *arg, esp_event_base_t base, int32_t id, void *data), registered with "
        + "esp_event_handler_instance_register()"
    ),
    (
      "SYSTEM_EVENT_", true,
      "the events are now WIFI_EVENT_STA_START, WIFI_EVENT_STA_DISCONNECTED, IP_EVENT_STA_GOT_IP, …"
    ),
    ("portTICK_RATE_MS", false, "write portTICK_PERIOD_MS, or pdMS_TO_TICKS(…)"),
    ("portTickType", false, "write TickType_t"), ("xTaskHandle", false, "write TaskHandle_t"),
    ("xQueueHandle", false, "write QueueHandle_t"), ("xSemaphoreHandle", false, "write SemaphoreHandle_t"),
    ("xTimerHandle", false, "write TimerHandle_t"), ("pdTASK_CODE", false, "write TaskFunction_t"),
    ("gpio_pad_select_gpio", false, "call gpio_reset_pin(), or esp_rom_gpio_pad_select_gpio()"),
    ("esp_vfs_dev_uart_register", false, "leave it out: the console is there"),
    ("esp_base_mac_addr_get_default", false, "call esp_efuse_mac_get_default()"),
    ("IP_EVENT_STA_GOT_IP6", false, "write IP_EVENT_GOT_IP6"),
  ]

  /// What to write now in the place of a name; nil if it is not one of the past.
  static func replacement(for name: String) -> String? {
    replacements.first { $0.isPrefix ? name.hasPrefix($0.name) : name == $0.name }?.now
  }
}
