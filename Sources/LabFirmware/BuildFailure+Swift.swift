// SPDX-License-Identifier: Apache-2.0
import LabModel

extension BuildFailure {
  /// Explains that a program is written for a computer, before a compiler that knows the modules of this one is asked.
  /// - Returns: `nil` if it imports nothing of the kind.
  static func hostedImports(in submission: Submission) -> BuildFailure? {
    var diagnostics: [Diagnostic] = []
    var modules: [String] = []
    for file in submission.files where submission.sources.contains(file.path) {
      let text = String(decoding: file.contents, as: UTF8.self)
      // A module that the file asks about first is not needed.
      var seen: Set<String> = []
      var line = (number: 1, start: text.startIndex)
      for match in importation.matches(in: text) {
        guard let name = match[1], HostedModules.names.contains(String(name)) else { continue }
        let module = String(name)
        guard seen.insert(module).inserted, !text.contains("canImport(\(module))") else { continue }
        line.number += text.utf8[line.start..<name.startIndex].count { $0 == UInt8(ascii: "\n") }
        line.start = name.startIndex
        modules.append(module)
        diagnostics.append(
          Diagnostic(
            file: file.path, line: line.number, severity: .error, message: "\(module) is not in Embedded Swift"))
      }
    }
    guard let first = diagnostics.first, let file = first.file, let line = first.line else { return nil }
    let names = unique(modules)
    return BuildFailure(
      .absentAPI(names: names),
      "\(list(names)) \(names.count == 1 ? "is" : "are") not in Embedded Swift (\(file):\(line)): a microcontroller has no "
        + "operating system that \(names.count == 1 ? "it" : "they") could stand on",
      hint: "import ESP32, which has sockets, tasks, a log and ESP-IDF's C functions", diagnostics: diagnostics)
  }

  private static let importation = Pattern(
    #"(?m)^[ \t]*(?:@\w+[ \t]+|\w+[ \t]+)?import[ \t]+(?:(?:struct|class|enum|func)[ \t]+)?(\w+)"#)

  /// Explains why Swift sources did not compile. That the SDK fits the compiler is known before: see ``SwiftModuleCache``.
  static func compilingSwift(_ log: BuildLog, submission: Submission) -> BuildFailure {
    let diagnostics = Diagnostic.all(in: log.plain)
    let errors = diagnostics.filter { $0.severity == .error }
    if let name = errors.lazy.compactMap({ unknownName.firstMatch(in: $0.message)?[1].map(String.init) })
      .first(where: HostedModules.concurrency.contains)
    {
      return concurrency([name], diagnostics: errors, log: log)
    }
    if errors.contains(where: { doubleAppMain.isFound(in: $0.message) }) {
      return BuildFailure(
        .link, "app_main is defined more than once",
        hint: "hand in one program: the files of a folder are built together",
        diagnostics: errors, log: log)
    }
    guard let first = errors.first else {
      return withoutError(log, diagnostics: diagnostics)
    }
    let place = [first.file, first.line.map(String.init)].compactMap { $0 }.joined(separator: ":")
    let count = errors.count == 1 ? "1 error" : "\(errors.count) errors"
    return BuildFailure(
      .compile, "the program does not compile: \(count), the first in \(place): \(first.message)",
      hint: swiftHint(for: first, submission: submission), diagnostics: errors, log: log)
  }

  private static let unknownName = Pattern("^cannot find (?:type )?'([^']+)' in scope")
  private static let doubleAppMain = Pattern("(redeclaration of|definitions of symbol) 'app_main")
  private static let importOfESP32 = Pattern(#"\bimport\s+C?ESP32\b"#)

  /// What a message of the compiler means for a microcontroller.
  private static func swiftHint(for error: Diagnostic, submission: Submission) -> String? {
    let file = submission.files.first { $0.path == error.file }
    let source = file.map { String(decoding: $0.contents, as: UTF8.self) } ?? ""
    if unknownName.isFound(in: error.message), !importOfESP32.isFound(in: source) {
      return "the file does not import ESP32, which has sockets, tasks, a log and ESP-IDF's C functions"
    }
    if error.message.contains("key path") { return "write a closure: { $0.name } instead of \\.name" }
    if error.message.contains("any Error") || error.message.contains("'any ") {
      return "Embedded Swift has no values of type any: say which error is thrown, as in throws(SocketError) and "
        + "do throws(SocketError) { … }"
    }
    if error.message.contains("no such module") {
      return "there are ESP32 (sockets, tasks, log), CESP32 (ESP-IDF's C functions) and the Swift standard library"
    }
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
      return concurrency(["async"], log: log)
    }
    return nil
  }

  /// The explanation for a program that is written for Swift's own tasks.
  private static func concurrency(
    _ names: [String], diagnostics: [Diagnostic] = [], log: BuildLog
  ) -> BuildFailure {
    BuildFailure(
      .absentAPI(names: names), "async, await, Task and actors are not available for this chip",
      hint: "use FreeRTOS: RTOS.startTask(…) { … } starts a function that runs beside all others",
      diagnostics: diagnostics, log: log)
  }
}

extension SwiftToolchain {
  private static let unfit = Pattern(
    "module compiled with Swift .* cannot be imported by|compiled module was created by")

  /// Tells a compiler that has changed since the set-up from sources that are wrong.
  /// - Throws: `LabError` if the SDK's module was made by another compiler.
  static func checkFit(_ log: BuildLog) throws {
    guard unfit.isFound(in: log.plain) else { return }
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

  /// What belongs to the module of Swift's own tasks.
  static let concurrency: Set = [
    "Task", "TaskGroup", "MainActor", "AsyncStream", "AsyncSequence", "withTaskGroup", "withCheckedContinuation",
    "CheckedContinuation", "Actor", "globalActor",
  ]
}
