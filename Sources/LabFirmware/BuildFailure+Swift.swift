// SPDX-License-Identifier: Apache-2.0
import LabModel

extension BuildFailure {
  /// Explains why Swift sources did not compile.
  /// - Throws: `LabError` if the SDK does not fit the compiler.
  static func compilingSwift(_ log: BuildLog, submission: Submission) throws -> BuildFailure {
    try SwiftToolchain.checkFit(log)
    let diagnostics = Diagnostic.all(in: log.plain)
    let errors = diagnostics.filter { $0.severity == .error }
    let modules = unique(
      errors.compactMap { $0.message.firstMatch(of: /no such module '([^']+)'/).map { String($0.1) } })
    let hosted = modules.filter(HostedModules.names.contains)
    if !hosted.isEmpty {
      return BuildFailure(
        .absentAPI(names: hosted),
        "\(list(hosted)) \(hosted.count == 1 ? "is" : "are") not in Embedded Swift: a microcontroller has no operating system "
          + "that \(hosted.count == 1 ? "it" : "they") could stand on",
        hint: "import ESP32, which has sockets, tasks, a log and ESP-IDF's C functions", diagnostics: errors,
        log: log)
    }
    if errors.contains(where: { $0.message.contains(/(redeclaration of|definitions of symbol) 'app_main/) }) {
      return BuildFailure(
        .link, "app_main is defined more than once",
        hint: "hand in one program: the files of a folder are built together",
        diagnostics: errors, log: log)
    }
    guard let first = errors.first else {
      return BuildFailure(.compile, "the compiler failed", diagnostics: diagnostics, log: log)
    }
    let place = [first.file, first.line.map(String.init)].compactMap { $0 }.joined(separator: ":")
    let count = errors.count == 1 ? "1 error" : "\(errors.count) errors"
    return BuildFailure(
      .compile, "the program does not compile: \(count), the first in \(place): \(first.message)",
      hint: swiftHint(for: first, submission: submission), diagnostics: errors, log: log)
  }

  /// What a message of the compiler means for a microcontroller.
  private static func swiftHint(for error: Diagnostic, submission: Submission) -> String? {
    let file = submission.files.first { $0.path == error.file }
    let source = file.map { String(decoding: $0.contents, as: UTF8.self) } ?? ""
    if error.message.contains(/^cannot find (type )?'\w+' in scope/), !source.contains(/\bimport\s+C?ESP32\b/) {
      return "the file does not import ESP32, which has sockets, tasks, a log and ESP-IDF's C functions"
    }
    if error.message.contains("any Error") || error.message.contains("'any ") {
      return "Embedded Swift has no values of type any: say which error is thrown, as in throws(SocketError) and "
        + "do throws(SocketError) { … }"
    }
    if error.message.contains("no such module") {
      return "there are ESP32 (sockets, tasks, log), CESP32 (ESP-IDF's C functions) and the Swift standard library"
    }
    if error.message.contains(/no '?async'? |_Concurrency|'async'|Concurrency/) { return HostedModules.concurrencyHint }
    return nil
  }

  /// Explains why a Swift program did not link, where that differs from C.
  /// - Parameter undefined: the names that nobody defines.
  static func linkingSwift(undefined: [String], log: BuildLog) -> BuildFailure? {
    if undefined.contains("app_main") {
      return BuildFailure(
        .noAppMain, "there is no app_main: a program begins with @_cdecl(\"app_main\") func app_main()",
        hint: "write @_cdecl(\"app_main\") before the function; @main and code outside of functions are not run",
        log: log)
    }
    if undefined.contains(where: { $0.hasPrefix("swift_task") || $0.hasPrefix("swift_continuation") }) {
      return BuildFailure(
        .absentAPI(names: ["Swift concurrency"]), "async, await, Task and actors are not available on this chip",
        hint: HostedModules.concurrencyHint, log: log)
    }
    return nil
  }
}

extension SwiftToolchain {
  /// Tells a compiler that has changed since the set-up from sources that are wrong.
  /// - Throws: `LabError` if the SDK's module was made by another compiler.
  static func checkFit(_ log: BuildLog) throws {
    guard log.plain.contains(/module compiled with Swift .* cannot be imported by|compiled module was created by/)
    else {
      return
    }
    throw LabError(
      code: "sdk.stale", message: "the Swift compiler has changed since the set-up", remedy: "run ./setup")
  }
}

/// Modules that need an operating system.
enum HostedModules {
  static let names: Set = [
    "Foundation", "FoundationEssentials", "FoundationNetworking", "Glibc", "Musl", "Darwin", "Android", "Dispatch",
    "Network", "NIO", "NIOCore", "NIOPosix", "System", "SystemPackage", "Observation", "RegexBuilder", "Combine",
    "SwiftUI", "UIKit", "os", "OSLog", "Logging", "XCTest", "Testing", "Distributed", "WinSDK", "CRT",
  ]

  static let concurrencyHint = "use FreeRTOS: RTOS.startTask(…) { … } starts a function that runs beside all others"
}
