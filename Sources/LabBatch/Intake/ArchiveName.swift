// SPDX-License-Identifier: Apache-2.0

/// What the name of a file says about what it holds.
enum ArchiveName {
  /// The kinds of archive that are unpacked, longest first.
  static let suffixes = [
    ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst", ".tar.lzma", ".zip", ".tar", ".tgz", ".tbz2", ".tbz", ".txz", ".tzst",
    ".7z",
  ]

  /// Whether a file of this name is unpacked before it is built.
  static func isArchive(_ name: String) -> Bool { suffix(of: name) != nil }

  /// A file's name without what tells its kind.
  static func stem(of name: String) -> String {
    if let suffix = suffix(of: name) { return String(name.dropLast(suffix.count)) }
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  private static func suffix(of name: String) -> String? {
    let name = name.lowercased()
    return suffixes.first { name.hasSuffix($0) && name != $0 }
  }
}
