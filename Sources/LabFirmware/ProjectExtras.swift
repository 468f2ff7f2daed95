// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What a project's build takes beside its sources: files that are embedded into the program, a partition table, and components of the
/// registry. Read from its CMake and YAML files without executing them.
public struct ProjectExtras: Hashable, Sendable {
  /// A file that the program finds in its flash, at `_binary_NAME_start`.
  public struct EmbeddedFile: Hashable, Sendable {
    /// Its path relative to the submission's root.
    public var path: String
    /// Whether a zero byte follows it, so that it is a string.
    public var isText: Bool
  }

  /// A component that an `idf_component.yml` asks for, and that is not in the submission.
  public struct RegistryComponent: Hashable, Sendable {
    /// Its name as it stands there.
    public var name: String
    /// The file that asks for it, relative to the submission's root.
    public var file: String
  }

  /// `EMBED_FILES` and `EMBED_TXTFILES`, in their order.
  public internal(set) var embedded: [EmbeddedFile] = []
  /// What would have to be downloaded.
  public internal(set) var registry: [RegistryComponent] = []
  /// The project's own partition table, relative to the submission's root, if its options ask for one.
  public internal(set) var partitionTable: String?

  /// What components ask of the compiler's warnings (`-Wno-error=…`), by the component's folder.
  var warnings: [String: [String]] = [:]

  /// None.
  init() {}

  /// What a source's component asks of the compiler's warnings.
  func warnings(of source: String) -> [String] {
    warnings.first { source.hasPrefix($0.key + "/") }?.value ?? []
  }

  /// - Parameters:
  ///   - reader: the project's files; those that are needed are read.
  ///   - names: all names in the project, relative to its root.
  ///   - assignments: what its `sdkconfig.defaults` says.
  /// - Throws: `SubmissionProblem` if a file is named that is not there.
  init(reader: inout SubmissionReader, names: [String], assignments: [String: String]) throws {
    let known = Set(names)
    var seen: Set<EmbeddedFile> = []
    for name in names where name == "main/CMakeLists.txt" || Self.isComponent(name, "CMakeLists.txt") {
      let folder = String(name.dropLast("/CMakeLists.txt".count))
      let registration = ComponentRegistration(reader.files[name] ?? [])
      let options = registration.warnings
      if !options.isEmpty { warnings[folder] = options }
      for (keyword, isText) in [("EMBED_FILES", false), ("EMBED_TXTFILES", true)] {
        for value in registration.arguments(of: keyword) {
          guard let path = Self.resolve(value, in: folder), known.contains(path) else {
            throw SubmissionProblem.missingPart(value.shortened, of: name)
          }
          let file = EmbeddedFile(path: path, isText: isText)
          guard seen.insert(file).inserted else { continue }
          try reader.load(path)
          embedded.append(file)
        }
      }
    }
    if assignments["CONFIG_PARTITION_TABLE_CUSTOM"] == "y" {
      let quoted = assignments["CONFIG_PARTITION_TABLE_CUSTOM_FILENAME"] ?? "\"partitions.csv\""
      let path = String(quoted.drop { $0 == "\"" }.prefix { $0 != "\"" })
      guard known.contains(path) else {
        throw SubmissionProblem.missingPart(path.shortened, of: "sdkconfig.defaults")
      }
      try reader.load(path)
      partitionTable = path
    }
    let components = Self.components(names)
    for name in names where name == "main/idf_component.yml" || Self.isComponent(name, "idf_component.yml") {
      try reader.load(name)
      let text = String(decoding: reader.files[name] ?? [], as: UTF8.self)
      registry += Self.dependencies(in: text).filter { dependency in
        let plain = dependency.split(separator: "/").last.map(String.init) ?? dependency
        let whole = dependency.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "__")
        return !components.contains(plain) && !components.contains(whole)
      }.map { RegistryComponent(name: $0.shortened, file: name) }
    }
  }

  /// The names of a project's own components.
  private static func components(_ names: [String]) -> Set<String> {
    var components: Set<String> = []
    for name in names where name.hasPrefix("components/") {
      let parts = name.split(separator: "/")
      if parts.count > 2 { components.insert(String(parts[1])) }
    }
    return components
  }

  /// Whether a file is one of a project's own components.
  private static func isComponent(_ name: String, _ file: String) -> Bool {
    let parts = name.split(separator: "/")
    return parts.count == 3 && parts[0] == "components" && parts[2] == file
  }

  /// Where a value of a component's CMake file leads, relative to the submission's root; nil if that cannot be told.
  private static func resolve(_ value: String, in folder: String) -> String? {
    var path = "\(folder)/\(value)"
    for variable in ["CMAKE_CURRENT_SOURCE_DIR", "CMAKE_CURRENT_LIST_DIR", "COMPONENT_DIR"] {
      if value.hasPrefix("${\(variable)}/") { path = folder + value.dropFirst(variable.count + 3) }
    }
    for variable in ["PROJECT_DIR", "project_dir", "CMAKE_SOURCE_DIR"] {
      if value.hasPrefix("${\(variable)}/") { path = String(value.dropFirst(variable.count + 4)) }
    }
    guard !path.contains("$"), !path.hasPrefix("/") else { return nil }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      guard part == ".." else {
        parts.append(part)
        continue
      }
      guard parts.popLast() != nil else { return nil }
    }
    return parts.joined(separator: "/")
  }

  /// The components below `dependencies:`, but for ESP-IDF itself and such as lie in a folder.
  static func dependencies(in yaml: String) -> [String] {
    var names: [(name: String, isLocal: Bool)] = []
    var indentation: Int?
    var isInside = false
    for line in yaml.split(whereSeparator: \.isNewline) {
      let text = line.prefix { $0 != "#" }.trimmingSpace
      guard !text.isEmpty, let colon = text.firstIndex(of: ":") else { continue }
      let depth = line.prefix { $0 == " " }.count
      if depth == 0 {
        isInside = text.hasPrefix("dependencies:")
        indentation = nil
        continue
      }
      guard isInside else { continue }
      let key = text[..<colon].trimmingSpace.filter { $0 != "\"" && $0 != "'" }
      if depth <= indentation ?? depth {
        indentation = depth
        names.append((key, false))
      } else if key == "path" || key == "override_path", !names.isEmpty {
        names[names.count - 1].isLocal = true
      }
    }
    return names.filter { !$0.isLocal && $0.name != "idf" }.map(\.name)
  }

  /// What is to be said of components that cannot be had.
  var notes: [String] {
    registry.map {
      "\($0.file) asks for \($0.name) of the registry, which the lab does not download: a program that needs it does not build unless its "
        + "sources are handed in, in components/"
    }.shortened("components of the registry")
  }
}

extension Substring {
  fileprivate var trimmingSpace: Substring {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
