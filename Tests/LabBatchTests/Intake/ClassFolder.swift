// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A class folder that a test fills; it goes away with the value.
final class ClassFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "class-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// A path in the folder.
  func path(_ name: String) -> String { url.path + "/" + name }

  /// Writes a file; the folders on the way are made.
  @discardableResult
  func write(_ name: String, _ text: String = "int main;\n") throws -> URL {
    let file = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file
  }
}
