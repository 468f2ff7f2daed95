// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

extension BuildFailure {
  /// Explains why sources did not compile.
  /// - Parameters:
  ///   - log: what the compiler printed.
  ///   - submission: what was compiled.
  ///   - sdk: the SDK's name, for people.
  ///   - folder: the bundled SDK's folder; nil if another one was used, which lacks nothing by intention.
  static func compiling(
    _ log: BuildLog, submission: Submission, sdk: String = SDKKind.bundled.title, folder: String? = nil
  ) -> BuildFailure {
    let diagnostics = Diagnostic.all(in: log.plain)
    let errors = diagnostics.filter { $0.severity == .error }
    let absent = unique(errors.compactMap { absence.firstMatch(in: $0.message)?[1].map(String.init) })
    if !absent.isEmpty {
      return BuildFailure(
        .absentAPI(names: absent), "\(list(absent)) \(absent.count == 1 ? "is" : "are") not in the bundled SDK",
        hint: "use --sdk idf, or do without",
        diagnostics: errors.filter { $0.message.contains("is not in the bundled SDK") }, log: log.absentHeadersOnly())
    }
    guard let first = errors.first else {
      return withoutError(log, diagnostics: diagnostics)
    }
    if let failure = otherLanguage(errors, submission: submission) ?? typography(errors, submission: submission)
      ?? outdated(errors) ?? format(errors) ?? unknownNames(errors, submission: submission, sdk: folder)
    {
      var failure = failure
      failure.diagnostics = errors
      failure.log = log.firstError()
      return failure
    }
    let isCut = log.plain.contains("compilation terminated due to -fmax-errors=")
    let count = errors.count == 1 ? "1 error" : "\(isCut ? "more than " : "")\(errors.count) errors"
    var hint: String?
    if let name = missingFile.firstMatch(in: first.message)?[1].map(String.init) {
      let wanted = unique(submission.extras.registry.map { "\($0.file) asks for \($0.name)" })
      hint =
        "\(name) is neither in the submission nor in \(sdk)"
        + (headersElsewhere[name].map { ": there it is \($0)" } ?? "")
        + (wanted.isEmpty
          ? "" : "; \(list(wanted)), which the lab does not download: hand in its sources, in components/")
    } else if first.message.contains("[-Werror=") {
      hint = "the compiler is told to take this warning for an error, as `idf.py build` does"
    }
    return BuildFailure(
      .compile, "the program does not compile: \(count), the first in \(first.place): \(first.message)", hint: hint,
      diagnostics: errors, log: log)
  }

  private static let absence = Pattern(#"#error "?(.+) is not in the bundled SDK"#)
  private static let missingFile = Pattern(#"(\S+): No such file or directory"#)

  /// Headers of other systems that ESP-IDF has by another name.
  private static let headersElsewhere = ["poll.h": "sys/poll.h"]

  /// What a student looks for whose program keeps the compiler busy until it is stopped.
  static let endlessHint = "look for macros or includes that expand without end"

  private static let outOfMemory = Pattern("virtual memory exhausted|[Oo]ut of memory|Cannot allocate memory")

  /// Explains a compiler that failed without naming an error: it was stopped by a limit, or by a fault of its own.
  static func withoutError(_ log: BuildLog, diagnostics: [Diagnostic]) -> BuildFailure {
    if outOfMemory.isFound(in: log.plain) {
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
    let undefined = undefinedReferences(in: log)
    var failure =
      (language == .swift ? linkingSwift(undefined: undefined, log: log) : nil)
      ?? explanation(of: log, undefined: undefined, sdk: sdk)
    failure.diagnostics = Diagnostic.linker(log.plain)
    return failure
  }

  /// What a linker says of a name that nobody defines.
  static let undefinedReference = Pattern(#"undefined reference to `([^'\n]+)'"#)

  /// The names that nobody defines, each once.
  static func undefinedReferences(in log: BuildLog) -> [String] {
    unique(undefinedReference.matches(in: log.plain).compactMap { $0[1].map(String.init) })
  }

  /// Explains why a program in C did not link.
  /// - Parameter sdk: the bundled SDK's folder; nil if another one was used, which lacks nothing by intention.
  static func explanation(of log: BuildLog, undefined: [String], sdk: String?) -> BuildFailure {
    if let match = overflow.firstMatch(in: log.plain), let region = match[1], let excess = match[2] {
      let isFlash = ["flash", "irom", "drom"].contains { region.hasPrefix($0) }
      return BuildFailure(
        .tooBig, "the program does not fit: \(excess) bytes too many for the board's \(isFlash ? "flash" : "memory")",
        hint: isFlash ? nil : "make static arrays smaller, or allocate what is not needed all the time", log: log)
    }
    if undefined.contains("app_main") {
      return BuildFailure(
        .noAppMain, "there is no app_main: an ESP-IDF program begins with void app_main(void)",
        hint: "define it in one of the files; main() is not called", log: log)
    }
    let double = unique(doubleDefinition.matches(in: log.plain).compactMap { $0[1].map(String.init) })
    if let name = double.first {
      let files = unique(definingFile.matches(in: log.plain).compactMap { $0[1].map(String.init) })
      let both = double.contains("app_main") ? "app_main" : name
      return BuildFailure(
        .link, "\(both) is defined more than once" + (files.isEmpty ? "" : ": in \(list(files))"),
        hint: both == "app_main"
          ? "hand in one program: the files of a folder are built together" : "make it static, or keep one of them",
        log: log)
    }
    return unresolved(undefined, log: log, sdk: sdk)
  }

  private static let overflow = Pattern(#"region `(\w+)' overflowed by (\d+) bytes"#)
  private static let doubleDefinition = Pattern(#"multiple definition of `([^'\n]+)'"#)
  private static let definingFile = Pattern(#"([^\s:]+\.c):\d+: (?:multiple definition|first defined)"#)

  private static func unresolved(_ names: [String], log: BuildLog, sdk: String?) -> BuildFailure {
    guard !names.isEmpty else { return BuildFailure(.link, "the program does not link", log: log) }
    if let sdk {
      let known = ESPIDFNames(sdk: sdk)
      let declared = SDKHeaders(sdk).declarations(of: names)
      let absent = names.filter { known.component(of: $0) != nil || declared[$0] != nil }
      if let failure = absence(of: absent, known: known) { return failure.with(log: log) }
    }
    return BuildFailure(
      .link, "\(list(names)) \(names.count == 1 ? "is" : "are") called but not defined anywhere",
      hint:
        "define \(names.count == 1 ? "it" : "them") in a file of the submission, or hand in the file that does; if there "
        + "is such a function, compare its name letter by letter", log: log)
  }

  /// The explanation for functions and headers of ESP-IDF that are not here; nil if there are none.
  static func absence(of names: [String], known: ESPIDFNames) -> BuildFailure? {
    guard !names.isEmpty else { return nil }
    let described = names.map { name in known.component(of: name).map { "\(name) (\($0))" } ?? name }
    return BuildFailure(
      .absentAPI(names: names), "\(list(described)) \(names.count == 1 ? "is" : "are") not in the bundled SDK",
      hint: "use --sdk idf, or do without")
  }

  /// The same failure with what the tools printed.
  func with(log: BuildLog) -> BuildFailure {
    var failure = self
    failure.log = log
    return failure
  }

  /// Names as a part of a sentence: the first ones, if there are many.
  static func list(_ names: [String]) -> String {
    let longest = 6
    let first = names.count > longest ? names.prefix(longest) + ["\(names.count - longest) more"] : names[...]
    return first.count < 2 ? first.joined() : first.dropLast().joined(separator: ", ") + " and " + (first.last ?? "")
  }

  static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
