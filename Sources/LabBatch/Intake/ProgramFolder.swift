// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Finds the program in what was handed in: it may lie in a folder of a folder.
enum ProgramFolder {
  /// - Parameter files: the paths of all files.
  /// - Returns: empty if it is all of them, else `/` and the path of a folder: the only ESP-IDF project, or the folder that
  ///   all files share.
  static func path(of files: [String]) -> String {
    // The folders that have a file in them or in a folder of theirs.
    var filled: Set<String> = []
    for file in files {
      for slash in file.indices where file[slash] == "/" { filled.insert(String(file[...slash])) }
    }
    let projects = files.compactMap { file -> String? in
      guard file == "CMakeLists.txt" || file.hasSuffix("/CMakeLists.txt") else { return nil }
      let folder = String(file.dropLast("CMakeLists.txt".count))
      return filled.contains(folder + "main/") ? folder : nil
    }
    if projects.count == 1 { return projects[0].isEmpty ? "" : "/" + projects[0].dropLast() }
    var shared = files.first.map(folders) ?? []
    for file in files.dropFirst() {
      shared = zip(shared, folders(file)).prefix { $0 == $1 }.map(\.0)
    }
    return shared.map { "/" + $0 }.joined()
  }

  private static func folders(_ file: String) -> [Substring] { file.split(separator: "/").dropLast() }

  /// - Parameter path: a file or a folder that a student handed in.
  /// - Returns: the same, or the folder that a folder holds and nothing else.
  static func path(in path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return path }
    defer { close(descriptor) }
    guard let (entries, isComplete) = ClassFolderEntry.list(descriptor, limit: 32), isComplete else { return path }
    let visible = entries.filter { !$0.isBystander }
    guard visible.count == 1, visible[0].kind == .folder, visible[0].hasTextName else { return path }
    return self.path(in: path + "/" + visible[0].name)
  }
}
