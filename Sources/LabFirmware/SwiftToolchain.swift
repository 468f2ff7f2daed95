// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// What firmware in Embedded Swift needs beside the bundled SDK: the compiler that made the SDK's Swift module.
struct SwiftToolchain: Sendable {
  /// The SDK and its C compiler, which links.
  let sdk: Toolchain
  /// The absolute path of `swiftc`.
  let swiftc: String
  /// The folder of the Swift toolchain; the tools have to see it.
  let folder: String
  /// Stands for the compiler, the module and all headers: it changes when one of them does.
  let identity: String
  /// The folders of headers and modules that the identity stands for, links resolved.
  let coveredFolders: [String]

  /// - Throws: `LabError` if the SDK was built without Swift, or the compiler that made its module is gone.
  init(sdk: Toolchain) throws {
    self.sdk = sdk
    let parts = ["toolchain.txt", "ESP32.swiftmodule", "module.modulemap", "swiftflags.rsp", "link.rsp", "libc"]
      .map { "\(sdk.sdk)/swift/\($0)" }
    guard let text = FileManager.default.contents(atPath: parts[0]),
      parts.allSatisfy(FileManager.default.fileExists)
    else {
      throw LabError(
        code: "sdk.noSwift", message: "the SDK was built without Swift, so firmware in Swift cannot be built",
        remedy: "see that swiftc --version answers, then run ./setup")
    }
    folder = String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    swiftc = folder + "/bin/swiftc"
    guard FileManager.default.isExecutableFile(atPath: swiftc) else {
      throw LabError(
        code: "sdk.swiftGone", message: "the Swift compiler that the SDK was built with is gone: \(swiftc)",
        remedy: "run ./setup")
    }
    var hash = ContentHash()
    hash.add(sdk.identity)
    for path in [swiftc, folder + "/bin/swift-frontend"] + parts { hash.add(Toolchain.stamp(path)) }
    hash.add(FolderStamps("\(sdk.sdk)/swift/libc").bytes)
    identity = hash.finish()
    // The toolchain's own headers and modules change with its compiler.
    coveredFolders = [
      "\(sdk.sdk)/include", "\(sdk.sdk)/swift", URL(fileURLWithPath: folder).resolvingSymlinksInPath().path + "/lib",
    ]
  }

  /// What the sandbox has to show to the compiler.
  var binds: [SandboxedCommand.Bind] {
    [.readOnly(sdk.sdk)] + (folder.hasPrefix("/usr/") || folder == "/usr" ? [] : [.readOnly(folder)])
  }

  /// The arguments of every compilation, but for the names of sources and object.
  /// - Parameter moduleCache: where the compiler keeps what it has made of headers.
  func compilerArguments(moduleCache: String) -> [String] {
    ["@\(sdk.sdk)/swift/swiftflags.rsp", "-I", "\(sdk.sdk)/swift", "-module-cache-path", moduleCache]
      // A bridging header that includes the module's header gets the module.
      + [
        "-fmodule-map-file=\(sdk.sdk)/swift/module.modulemap", "-I", "\(sdk.sdk)/include", "-isystem",
        "\(sdk.sdk)/swift/libc",
      ].flatMap { ["-Xcc", $0] }
  }

  /// What the linker needs beside the SDK's own libraries.
  var linkerArguments: [String] {
    ["-L", "\(sdk.sdk)/swift", "@\(sdk.sdk)/swift/link.rsp"]
  }
}
