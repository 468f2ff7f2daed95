// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Names that the compiler does not know, and why.
extension BuildFailure {
  /// Explains names and headers that ESP-IDF has no longer.
  static func outdated(_ errors: [Diagnostic]) -> BuildFailure? {
    for error in errors {
      guard let name = missingHeader.firstMatch(in: error.message)?[1].map(String.init) ?? unknownName(in: error),
        let now = OutdatedAPI.replacement(for: name)
      else { continue }
      return BuildFailure(
        .compile, "\(error.place) uses \(name), which is of ESP-IDF before v5 and no longer there", hint: now)
    }
    return nil
  }

  private static let missingHeader = Pattern(#"(\S+): No such file or directory"#)

  /// Explains names that are used before anything declares them: a missing `#include`, a function of ESP-IDF that is not here, a
  /// function of the student's own.
  /// - Parameter sdk: the bundled SDK's folder; nil if another one was used.
  static func unknownNames(_ errors: [Diagnostic], submission: Submission, sdk: String?) -> BuildFailure? {
    let unknown = errors.compactMap { error in
      (unknownName(in: error) ?? incompleteType(in: error, submission: submission)).map { (error: error, name: $0) }
    }
    // The first error may be one of the others' consequences, but not of those in another file.
    guard let first = unknown.first, first.error.file == errors.first?.file else { return nil }
    let names = unique(unknown.filter { $0.error.file == first.error.file }.map(\.name))
    if let sdk {
      let headers = SDKHeaders(sdk).declarations(of: Array(names.prefix(32)))
      if let (error, name) = unknown.first(where: { headers[$0.name] != nil && $0.error.file == first.error.file }),
        let header = headers[name], name == first.name || !isFunction(first.error)
      {
        let others = names.filter { headers[$0] == header }
        let needed =
          header.hasPrefix("freertos/") && header != "freertos/FreeRTOS.h"
          ? "#include \"freertos/FreeRTOS.h\" and then #include \"\(header)\"" : "#include \"\(header)\""
        return BuildFailure(
          .compile,
          "\(error.place) uses \(list(others)), and no header that the file includes declares "
            + (others.count == 1 ? "it" : "them"),
          hint: "add \(needed) at the top of \(error.file ?? "the file")")
      }
      let known = ESPIDFNames(sdk: sdk)
      if let failure = absence(of: names.filter { known.component(of: $0) != nil }, known: known) { return failure }
    }
    guard isFunction(first.error), first.error == errors.first, !suggestion.isFound(in: first.error.message) else {
      return nil
    }
    return undeclaredFunction(first.name, at: first.error, submission: submission)
  }

  /// Explains a call of a function of the student's own that nothing declares.
  private static func undeclaredFunction(_ name: String, at error: Diagnostic, submission: Submission) -> BuildFailure?
  {
    guard
      let definition = try? Pattern(compiling: #"(?m)^[A-Za-z_][\w \t*]*?\b\#(name)\s*\([^;{}]*\)\s*\{"#)
    else { return nil }
    for file in submission.files where submission.sources.contains(file.path) {
      let text = String(decoding: file.contents, as: UTF8.self)
      guard let match = definition.firstMatch(in: text), let start = match[0]?.startIndex else { continue }
      let line = text.utf8[..<start].count { $0 == UInt8(ascii: "\n") } + 1
      return BuildFailure(
        .compile, "\(error.place) calls \(name)() before it is declared: it is defined in \(file.path):\(line)",
        hint: file.path == error.file
          ? "put the function above its first call, or its declaration (its first line with a ; at the end)"
          : "put its declaration (its first line with a ; at the end) into a header that both files include")
    }
    return BuildFailure(
      .compile, "\(error.place) calls \(name)(), which is neither declared nor defined anywhere in the submission",
      hint: "define it above its first call, or hand in the file that does; if there is such a function, compare its "
        + "name letter by letter")
  }

  private static func isFunction(_ error: Diagnostic) -> Bool { implicitFunction.isFound(in: error.message) }

  private static let implicitFunction = Pattern(#"^implicit declaration of function "#)
  private static let suggestion = Pattern("; did you mean ")
  private static let name = Pattern(
    #"""
    ^(?:implicit declaration of function|unknown type name) ['‘](\w+)['’]|^['‘](\w+)['’] undeclared|\#
    (?:incomplete|undefined) type ['‘](?:struct|union|enum) (\w+)['’]|\#
    ^['‘](?:struct|union|enum) (\w+)['’] declared inside
    """#)

  /// The name that an error says nobody declares.
  private static func unknownName(in error: Diagnostic) -> String? {
    guard let match = name.firstMatch(in: error.message) else { return nil }
    return (1...4).lazy.compactMap { match[$0] }.first.map(String.init)
  }

  private static let incomplete = Pattern("^storage size of |has initializer but incomplete type|has incomplete type")
  private static let structure = Pattern(#"\b(?:struct|union)\s+(\w+)"#)

  /// The structure in the line of an error that names the variable alone.
  private static func incompleteType(in error: Diagnostic, submission: Submission) -> String? {
    guard incomplete.isFound(in: error.message), let line = error.line, line > 0,
      let file = submission.files.first(where: { $0.path == error.file })
    else { return nil }
    let lines = file.contents.split(separator: UInt8(ascii: "\n"), maxSplits: line, omittingEmptySubsequences: false)
    guard line <= lines.count else { return nil }
    return structure.firstMatch(in: String(decoding: lines[line - 1], as: UTF8.self))?[1].map(String.init)
  }
}
