// SPDX-License-Identifier: Apache-2.0
import LabModel

/// Which sources an ESP-IDF project consists of, read from its CMake files without executing them.
struct ProjectFiles {
  /// The sources of `main/` and of the project's own components, relative to the root, sorted.
  let sources: [String]

  /// - Parameters:
  ///   - reader: the project's files.
  ///   - names: all names in the project, relative to its root.
  ///   - language: the language whose sources are meant.
  init(reader: SubmissionReader, names: [String], language: FirmwareLanguage) {
    var components = ["main"]
    for name in names where name.hasPrefix("components/") && name.hasSuffix("/CMakeLists.txt") {
      let parts = name.split(separator: "/")
      if parts.count == 3 { components.append("components/\(parts[1])") }
    }
    let all = names.filter { $0.hasSuffix(language.suffix) }
    sources = components.flatMap { component in
      let registration = ComponentRegistration(reader.files["\(component)/CMakeLists.txt"] ?? [])
      return Self.sources(of: component, registration: registration, all: all, suffix: language.suffix)
    }.sorted()
  }

  /// The sources of one component: those that it names, if it names them all literally, else all in the folders it names.
  static func sources(
    of component: String, registration: ComponentRegistration, all: [String], suffix: String
  ) -> [String] {
    let own = all.filter { $0.hasPrefix(component + "/") }
    let known = Set(own)
    // Like CMake, a build takes a source that is named twice once.
    let named = BuildFailure.unique(registration.arguments(of: "SRCS").filter { $0.hasSuffix(suffix) })
    let literal = named.map { "\(component)/\($0)" }
    if !named.isEmpty, literal.allSatisfy(known.contains) { return literal }
    let folders = registration.arguments(of: "SRC_DIRS").map { $0 == "." ? component : "\(component)/\($0)" }
    let fromNames = named.compactMap { name in
      name.contains("$") ? nil : name.utf8.lastIndex(of: UInt8(ascii: "/")).map { "\(component)/\(name[..<$0])" }
    }
    let wanted = Set(folders + fromNames + [component])
    return own.filter { path in
      path.utf8.lastIndex(of: UInt8(ascii: "/")).map { wanted.contains(String(path[..<$0])) } ?? false
    }
  }
}
