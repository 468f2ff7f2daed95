// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// What beginners hand in that does not build, with the real compiler and the SDK that the set-up has built: the sentence on top says what was
/// seen and what to do, and little of the compiler's words stays below.
@Suite(.enabled(if: RealSDK.path != nil, "needs ./setup"), .timeLimit(.minutes(120)))
struct BeginnersBuildTests {
  private func failure(_ files: [String: String]) async throws -> BuildFailure {
    let (fixture, cache) = (try Fixture(files), try Fixture())
    let builder = FirmwareBuilder(sdk: try #require(RealSDK.path), cache: cache.path, sandbox: try Sandbox())
    let failure = await #expect(throws: BuildFailure.self) { try await builder.build(fixture.path, into: cache.path) }
    return try #require(failure)
  }

  private func expect(
    _ source: String, says message: String, hint: String, lines: Int = 4, kind: BuildFailure.Kind = .compile
  ) async throws {
    let failure = try await failure(["main.c": source])
    #expect(failure.kind == kind)
    #expect(failure.message == message)
    #expect(failure.hint?.contains(hint) == true, "\(failure.hint ?? "no hint")")
    #expect(!failure.log.plain.contains("in expansion of macro"))
    #expect(failure.log.plain.split(separator: "\n").count <= lines, "\(failure.log.plain)")
  }

  @Test func typographicQuotes() async throws {
    try await expect(
      "#include <stdio.h>\nvoid app_main(void)\n{\n    printf(“hello\\n”);\n}\n",
      says: "main.c:4 has characters of typeset text (“ ”), which C does not know", hint: "type \" in their place")
    try await expect(
      "#include <stdio.h>\nvoid app_main(void)\n{\n    putchar(‘a’);\n}\n",
      says: "main.c:4 has characters of typeset text (‘ ’), which C does not know", hint: "type ' in their place")
    try await expect(
      "void app_main(void)\n{\n    int a\u{a0}= 1;\n    a++;\n}\n",
      says: "main.c:3 has characters of typeset text (no-break space), which C does not know", hint: "an ordinary space"
    )
  }

  @Test func aMissingHeaderForNames() async throws {
    let source = """
      #include <string.h>
      #include "esp_log.h"
      #include "lwip/sockets.h"

      void app_main(void)
      {
          struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
          struct addrinfo *found = NULL;
          if (getaddrinfo("example.com", "80", &hints, &found) != 0 || found == NULL) {
              ESP_LOGE("main", "no address for %s", found->ai_canonname);
          }
          freeaddrinfo(found);
      }

      """
    try await expect(
      source,
      says: "main.c:7 uses addrinfo, getaddrinfo and freeaddrinfo, and no header that the file includes declares them",
      hint: "add #include \"lwip/netdb.h\" at the top of main.c")
  }

  @Test(arguments: [
    ("int s = socket(AF_INET, SOCK_STREAM, 0); close(s);", "lwip/sockets.h"), ("ESP_LOGI(\"a\", \"b\");", "esp_log.h"),
    ("vTaskDelay(100);", "freertos/task.h"), ("vTaskDelay(pdMS_TO_TICKS(100));", "freertos/task.h"),
    ("nvs_flash_init();", "nvs_flash.h"), ("QueueHandle_t q = 0; (void)q;", "freertos/queue.h"),
    ("esp_timer_get_time();", "esp_timer.h"), ("uart_driver_delete(UART_NUM_0);", "driver/uart.h"),
    ("esp_netif_init();", "esp_netif.h"), ("esp_event_loop_create_default();", "esp_event.h"),
    ("xSemaphoreCreateMutex();", "freertos/semphr.h"), ("struct sockaddr_in a; (void)a;", "lwip/sockets.h"),
    ("esp_err_t e = 0; (void)e;", "esp_err.h"), ("esp_restart();", "esp_system.h"),
  ]) func theHeaderToInclude(call: String, header: String) async throws {
    let failure = try await failure(["main.c": "void app_main(void)\n{\n    \(call)\n}\n"])
    #expect(failure.message.hasPrefix("main.c:3 uses "), "\(failure.message)")
    #expect(failure.hint?.contains("#include \"\(header)\" at the top of main.c") == true, "\(failure.hint ?? "")")
  }

  @Test func pythonInAFileOfC() async throws {
    try await expect(
      "import socket\n\ndef main():\n    s = socket.socket()\n    print(\"hello\")\n\nmain()\n",
      says: "main.c is Python by its contents, whatever its name says", hint: "C or in Embedded Swift")
  }

  @Test(arguments: [
    "void setup() {\n  pinMode(2, OUTPUT);\n}\nvoid loop() {\n  delay(100);\n}\n",
    "#include <WiFi.h>\nWiFiServer server(3333);\nvoid setup() { Serial.begin(115200); }\nvoid loop() {}\n",
  ]) func anArduinoSketchInAFileOfC(source: String) async throws {
    try await expect(
      source, says: "main.c is an Arduino sketch: Arduino's library is not part of ESP-IDF", hint: "void app_main(void)"
    )
  }

  @Test func aProgramInCxx() async throws {
    try await expect(
      "#include <iostream>\nusing namespace std;\nint main() { cout << \"hello\"; }\n",
      says: "main.c is C++ by its contents, whatever its name says", hint: "write it in C")
  }

  @Test func codeForESPIDFBeforeVersion5() async throws {
    try await expect(
      "#include \"esp_wifi.h\"\n#include \"tcpip_adapter.h\"\nvoid app_main(void) { tcpip_adapter_init(); }\n",
      says: "main.c:2 uses tcpip_adapter.h, which is of ESP-IDF before v5 and no longer there",
      hint: "include esp_netif.h")
    try await expect(
      "#include \"esp_wifi.h\"\n#include \"esp_event_loop.h\"\nvoid app_main(void) { tcpip_adapter_init(); }\n",
      says: "main.c:3 uses tcpip_adapter_init, which is of ESP-IDF before v5 and no longer there",
      hint: "esp_netif_init()")
    try await expect(
      """
      #include "esp_event_loop.h"
      static esp_err_t handler(void *context, system_event_t *event) { return ESP_OK; }
      void app_main(void) { esp_event_loop_init(handler, 0); }

      """, says: "main.c:2 uses system_event_t, which is of ESP-IDF before v5 and no longer there",
      hint: "esp_event_handler_instance_register()")
    try await expect(
      "#include \"freertos/FreeRTOS.h\"\n#include \"freertos/task.h\"\n"
        + "void app_main(void)\n{\n    vTaskDelay(1000 / portTICK_RATE_MS);\n}\n",
      says: "main.c:5 uses portTICK_RATE_MS, which is of ESP-IDF before v5 and no longer there",
      hint: "portTICK_PERIOD_MS")
  }

  @Test func aFunctionOfTheStudentsOwnIsNotTheSDKs() async throws {
    try await expect(
      "void app_main(void)\n{\n    tcp_server();\n}\n",
      says: "main.c:3 calls tcp_server(), which is neither declared nor defined anywhere in the submission",
      hint: "define it above its first call")
    try await expect(
      "void app_main(void)\n{\n    i2c_scan(3);\n}\nvoid i2c_scan(int x)\n{\n    (void)x;\n}\n",
      says: "main.c:3 calls i2c_scan() before it is declared: it is defined in main.c:5", hint: "above its first call")
    for name in ["tcp_server", "spi_setup", "wl_go", "httpd_main", "adc_loop"] {
      let failure = try await failure(["main.c": "void \(name)(void);\nvoid app_main(void)\n{\n    \(name)();\n}\n"])
      #expect(failure.kind == .link)
      #expect(failure.message == "\(name) is called but not defined anywhere")
      #expect(failure.hint?.contains("spelling") == false)
    }
  }

  @Test(arguments: [
    ("driver/ledc.h", "driver (LEDC)"), ("driver/temperature_sensor.h", "driver (temperature sensor)"),
    ("mqtt_client.h", "mqtt"), ("mdns.h", "mdns (component registry)"), ("esp_http_client.h", "esp_http_client"),
    ("rom/gpio.h", "esp_rom (use esp_rom_gpio.h)"), ("freertos/croutine.h", "freertos"),
  ]) func aHeaderThatIsAbsentIsNamedInFull(header: String, name: String) async throws {
    let failure = try await failure(["main.c": "#include \"\(header)\"\nvoid app_main(void) {}\n"])
    #expect(failure.kind == .absentAPI(names: [name]))
    #expect(failure.message == "\(name) is not in the bundled SDK")
  }

  @Test(arguments: [
    ("gptimer_new_timer", "driver/gptimer"), ("mbedtls_ssl_init", "mbedtls"), ("cJSON_Parse", "json"),
    ("esp_http_client_init", "esp_http_client"), ("sntp_setservername", "lwip"),
  ]) func aFunctionOfESPIDFThatIsAbsent(name: String, component: String) async throws {
    for source in ["", "void \(name)(void);\n"] {
      let failure = try await failure(["main.c": "\(source)void app_main(void)\n{\n    \(name)();\n}\n"])
      #expect(failure.kind == .absentAPI(names: [name]))
      #expect(failure.message == "\(name) (\(component)) is not in the bundled SDK")
    }
  }

  @Test(arguments: [
    ("uint32_t", "%d", "write %lu, or \"%\" PRIu32"), ("int64_t", "%d", "write %lld"),
    ("double", "%d", "write %f"), ("char *", "%d", "write %s"), ("int32_t", "%i", "write %ld, or \"%\" PRId32"),
  ]) func aConversionThatDoesNotFit(type: String, conversion: String, hint: String) async throws {
    for call in ["printf(", "ESP_LOGI(\"main\", "] {
      try await expect(
        """
        #include <stdint.h>
        #include <stdio.h>
        #include "esp_log.h"
        void app_main(void)
        {
            \(type) value = 0;
            \(call)"value \(conversion)\\n", value);
        }

        """, says: "main.c:7 prints a value of type \(type) with \(conversion)", hint: hint, lines: 8)
    }
  }

  @Test func whatIsWrongWithinAMacroIsWhereItIsCalled() async throws {
    let failure = try await failure([
      "main.c":
        "#include \"esp_log.h\"\nvoid app_main(void)\n{\n    int a = 1;\n    ESP_LOGI(\"a\", \"%d\", a)\n    ESP_LOGI(\"a\", 5);\n}\n"
    ])
    #expect(failure.diagnostics.allSatisfy { $0.file == "main.c" }, "\(failure.diagnostics)")
    let brief = failure.log.withoutExpansions().plain
    #expect(brief.contains("main.c:"))
    #expect(!brief.contains("sdk/"), "\(brief)")
  }

  @Test func aFileOfCBesideSwift() async throws {
    let failure = try await failure(["main.swift": "import ESP32\n", "helper.c": "int helper(void) { return 1; }\n"])
    #expect(failure.message == "it has sources in two languages: helper.c is C, and main.swift is Swift")
    #expect(failure.hint?.contains("BridgingHeader.h") == true)
  }
}
