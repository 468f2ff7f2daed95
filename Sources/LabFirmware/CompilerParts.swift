// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// What belongs to a gcc that is installed: the programs that it calls, and the headers that come with it and with its C library.
///
/// It is told by where they lie, as distributions and gcc itself install them. What is not found is not known to be covered, and an object
/// that such a header went into is not kept.
struct CompilerParts {
  /// The paths of files that change when the compiler does.
  let programs: [String]
  /// The folders of headers, links resolved.
  let headerFolders: [String]

  /// - Parameters:
  ///   - compiler: the absolute path of gcc's driver.
  ///   - target: the name of what it compiles for, as in its own name.
  init(compiler: String, target: String) {
    let driver = URL(fileURLWithPath: compiler).resolvingSymlinksInPath()
    let root = driver.deletingLastPathComponent().deletingLastPathComponent().path
    let manager = FileManager.default
    let own = ["\(root)/lib/gcc/\(target)", "\(root)/libexec/gcc/\(target)"].flatMap { folder in
      ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).sorted().map { "\(folder)/\($0)" }
    }
    programs =
      ["\(root)/bin/\(target)-as", "\(root)/\(target)/bin/as", "\(root)/lib/\(target)/bin/as"]
      + own.flatMap { folder in
        ["cc1", "specs", "picolibc.specs"].map { "\(folder)/\($0)" }
      }
    let folders =
      own.flatMap { ["\($0)/include", "\($0)/include-fixed"] }
      + ["\(root)/\(target)/include", "\(root)/lib/picolibc/\(target)/include"]
    headerFolders = folders.compactMap { folder in
      guard let pointer = realpath(folder, nil) else { return nil }
      defer { free(pointer) }
      return String(cString: pointer)
    }
  }
}
