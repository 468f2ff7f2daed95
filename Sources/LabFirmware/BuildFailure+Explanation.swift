// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

extension BuildFailure {
  /// Explains why sources did not compile.
  /// - Parameters:
  ///   - log: what the compiler printed.
  ///   - submission: what was compiled.
  ///   - sdk: the SDK's name, for people.
  static func compiling(
    _ log: BuildLog, submission: Submission, sdk: String = SDKKind.bundled.title
  ) -> BuildFailure {
    let diagnostics = Diagnostic.all(in: log.plain)
    let errors = diagnostics.filter { $0.severity == .error }
    let absent = unique(
      errors.compactMap { $0.message.firstMatch(of: /"?(\S+) is not in the bundled SDK/) }.map { String($0.1) })
    if !absent.isEmpty {
      return BuildFailure(
        .absentAPI(names: absent), "\(list(absent)) \(absent.count == 1 ? "is" : "are") not in the bundled SDK",
        hint: "use --sdk idf, or do without",
        diagnostics: errors.filter { $0.message.contains("is not in the bundled SDK") }, log: log.absentHeadersOnly())
    }
    guard let first = errors.first else {
      return withoutError(log, diagnostics: diagnostics)
    }
    let place = [first.file, first.line.map(String.init)].compactMap { $0 }.joined(separator: ":")
    let count = errors.count == 1 ? "1 error" : "\(errors.count) errors"
    var hint: String?
    if let match = first.message.firstMatch(of: /(\S+): No such file or directory/) {
      let wanted = unique(submission.extras.registry.map { "\($0.file) asks for \($0.name)" })
      let name = String(match.1)
      hint =
        "\(name) is neither in the submission nor in \(sdk)"
        + (headersElsewhere[name].map { ": there it is \($0)" } ?? "")
        + (wanted.isEmpty
          ? "" : "; \(list(wanted)), which the lab does not download: hand in its sources, in components/")
    } else if first.message.contains("[-Werror=") {
      hint = "the compiler is told to take this warning for an error, as `idf.py build` does"
    }
    return BuildFailure(
      .compile, "the program does not compile: \(count), the first in \(place): \(first.message)", hint: hint,
      diagnostics: errors, log: log)
  }

  /// Headers of other systems that ESP-IDF has by another name.
  private static let headersElsewhere = ["poll.h": "sys/poll.h"]

  /// What a student looks for whose program keeps the compiler busy until it is stopped.
  static let endlessHint = "look for macros or includes that expand without end"

  /// Explains a compiler that failed without naming an error: it was stopped by a limit, or by a fault of its own.
  static func withoutError(_ log: BuildLog, diagnostics: [Diagnostic]) -> BuildFailure {
    if log.plain.contains(/virtual memory exhausted|[Oo]ut of memory|Cannot allocate memory/) {
      return BuildFailure(
        .compile, "the compiler ran out of memory", hint: endlessHint, diagnostics: diagnostics, log: log)
    }
    if log.plain.contains("File size limit exceeded") {
      return BuildFailure(
        .tooBig, "the program is too big for any board: the compiler was stopped while it wrote it",
        hint: "look for an array of many megabytes", diagnostics: diagnostics, log: log)
    }
    return BuildFailure(.compile, "the compiler failed", diagnostics: diagnostics, log: log)
  }

  /// Explains why a program did not link.
  /// - Parameters:
  ///   - log: what the linker printed.
  ///   - sdk: the SDK's folder, whose headers tell an absent function from a misspelt one.
  ///   - language: the program's language.
  static func linking(_ log: BuildLog, sdk: String, language: FirmwareLanguage) -> BuildFailure {
    let undefined = unique(log.plain.matches(of: /undefined reference to `([^']+)'/).map { String($0.1) })
    var failure =
      (language == .swift ? linkingSwift(undefined: undefined, log: log) : nil)
      ?? explanation(of: log, undefined: undefined, sdk: sdk)
    failure.diagnostics = Diagnostic.linker(log.plain)
    return failure
  }

  /// Explains why a program in C did not link.
  /// - Parameter sdk: the bundled SDK's folder; nil if another one was used, which lacks nothing by intention.
  static func explanation(of log: BuildLog, undefined: [String], sdk: String?) -> BuildFailure {
    if let match = log.plain.firstMatch(of: /region `(\w+)' overflowed by (\d+) bytes/) {
      let isFlash = ["flash", "irom", "drom"].contains { match.1.hasPrefix($0) }
      return BuildFailure(
        .tooBig, "the program does not fit: \(match.2) bytes too many for the board's \(isFlash ? "flash" : "memory")",
        hint: isFlash ? nil : "make static arrays smaller, or allocate what is not needed all the time", log: log)
    }
    if undefined.contains("app_main") {
      return BuildFailure(
        .noAppMain, "there is no app_main: an ESP-IDF program begins with void app_main(void)",
        hint: "define it in one of the files; main() is not called", log: log)
    }
    let double = unique(log.plain.matches(of: /multiple definition of `([^']+)'/).map { String($0.1) })
    if let name = double.first {
      let files = unique(
        log.plain.matches(of: /([^\s:]+\.c):\d+: (?:multiple definition|first defined)/).map { String($0.1) })
      let both = double.contains("app_main") ? "app_main" : name
      return BuildFailure(
        .link, "\(both) is defined more than once" + (files.isEmpty ? "" : ": in \(list(files))"),
        hint: both == "app_main"
          ? "hand in one program: the files of a folder are built together" : "make it static, or keep one of them",
        log: log)
    }
    return unresolved(undefined, log: log, sdk: sdk)
  }

  private static func unresolved(_ names: [String], log: BuildLog, sdk: String?) -> BuildFailure {
    guard !names.isEmpty else { return BuildFailure(.link, "the program does not link", log: log) }
    let absent =
      sdk.map { sdk in names.filter { AbsentAPI.component(of: $0) != nil || AbsentAPI.isDeclared($0, sdk: sdk) } } ?? []
    guard absent.isEmpty else {
      let described = absent.prefix(6).map { name in
        AbsentAPI.component(of: name).map { "\(name) (\($0))" } ?? name
      }
      return BuildFailure(
        .absentAPI(names: absent), "\(list(described)) \(absent.count == 1 ? "is" : "are") not in the bundled SDK",
        hint: "use --sdk idf, or do without", log: log)
    }
    return BuildFailure(
      .link, "\(list(Array(names.prefix(6)))) \(names.count == 1 ? "is" : "are") called but not defined anywhere",
      hint: "check the spelling, and that the file which defines it is part of the submission", log: log)
  }

  static func list(_ names: [String]) -> String {
    names.count < 2 ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }

  static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

/// Tells functions of ESP-IDF that the bundled SDK lacks from those that nobody has.
enum AbsentAPI {
  /// The beginnings of ESP-IDF's function names and the components to which they belong.
  private static let components: [(String, String)] = [
    ("esp_http_client_", "esp_http_client"), ("httpd_", "esp_http_server"), ("esp_https_ota", "esp_https_ota"),
    ("esp_ota_", "app_update"), ("esp_tls_", "esp-tls"), ("mbedtls_", "mbedtls"), ("esp_mqtt_", "mqtt"),
    ("esp_websocket_", "esp_websocket_client"), ("cJSON_", "json"), ("mdns_", "mdns"),
    ("esp_partition_", "esp_partition"),
    ("esp_spiffs_", "spiffs"), ("esp_vfs_fat_", "fatfs"), ("esp_bt_", "bt"), ("esp_ble_", "bt"), ("nimble_", "bt"),
    ("spi_", "driver"), ("i2c_", "driver"), ("i2s_", "driver"), ("ledc_", "driver"), ("adc_", "esp_adc"),
    ("rmt_", "driver"), ("gptimer_", "driver"), ("temperature_sensor_", "driver"), ("twai_", "driver"),
    ("esp_sleep_", "esp_hw_support"), ("esp_pm_", "esp_pm"), ("esp_console_", "console"), ("linenoise", "console"),
    ("esp_sntp_", "lwip (SNTP)"), ("sntp_", "lwip (SNTP)"), ("esp_ping_", "lwip (ping)"), ("esp_now_", "esp_wifi"),
    ("protocomm_", "protocomm"), ("wifi_prov_", "wifi_provisioning"), ("esp_smartconfig_", "esp_wifi"),
    ("esp_flash_", "spi_flash"), ("wl_", "wear_levelling"), ("esp_crt_bundle_", "mbedtls"),
  ]

  /// The component of ESP-IDF to which a function belongs by its name.
  static func component(of name: String) -> String? {
    components.first { name.hasPrefix($0.0) }?.1
  }

  /// Whether a header of the SDK declares a function.
  static func isDeclared(_ name: String, sdk: String) -> Bool {
    let root = "\(sdk)/include"
    let call = Array((name + "(").utf8)
    let names = (FileManager.default.enumerator(atPath: root)?.allObjects as? [String]) ?? []
    return names.contains { header in
      header.hasSuffix(".h") && FileManager.default.contents(atPath: "\(root)/\(header)")?.firstRange(of: call) != nil
    }
  }
}
