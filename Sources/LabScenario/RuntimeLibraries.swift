// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The folders outside of the system's own that this process has loaded shared libraries from: the Swift runtime's, mostly.
/// A helper that is built with the lab needs the same ones.
enum RuntimeLibraries {
  /// The folders, absolute, without repetition.
  static let folders: [String] = {
    // Read to its end by hand: the file says that it is empty, and one read returns a page of it at the most.
    let data = try? FileHandle(forReadingAtPath: "/proc/self/maps")?.readToEnd()
    let libraries = String(decoding: data ?? Data(), as: UTF8.self).split(separator: "\n").compactMap {
      line -> String? in
      guard let start = line.firstIndex(of: "/"), line.contains(".so") else { return nil }
      let path = String(line[start...])
      return ["/usr/", "/lib/", "/lib64/"].contains(where: path.hasPrefix) ? nil : path
    }
    return Set(libraries.map { ($0 as NSString).deletingLastPathComponent }).sorted()
  }()
}
