// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabFirmware
import LabModel

/// The lab's own folder: labs, firmware, and what the set-up recorded.
struct Checkout: Sendable {
  /// The folder.
  let root: URL

  /// The labs in it.
  var library: LabLibrary { LabLibrary(root: root) }

  /// Where the reference solution of a lab lies.
  func reference(of lab: Lab, in language: FirmwareLanguage) -> URL {
    root.appending(path: "firmware").appending(path: lab.firmware + language.folderSuffix)
  }

  /// The languages in which there is a reference solution of a lab.
  func solutions(of lab: Lab) -> [FirmwareLanguage] {
    FirmwareLanguage.allCases.filter { FileManager.default.isFolder(reference(of: lab, in: $0)) }
  }

  /// Finds it.
  /// - Throws: `LabError` if it is nowhere, or `LAB_ROOT` names another folder.
  init(_ console: Console) throws {
    root = URL(fileURLWithPath: try LabSetup.checkoutRoot(environment: console.environment), isDirectory: true)
  }
}

extension FileManager {
  /// Whether there is a folder at a place.
  func isFolder(_ url: URL) -> Bool {
    var isDirectory: ObjCBool = false
    return fileExists(atPath: url.path, isDirectory: &isDirectory) && isDirectory.boolValue
  }
}
