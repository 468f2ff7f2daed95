// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// Has clang, which comes with Swift, print the syntax trees of a program's C sources.
public struct SyntaxTrees: Sendable {
  private let sdk: String
  private let sandbox: Sandbox

  /// A source and its syntax tree.
  public struct Tree: Sendable {
    /// The source, relative to the program's folder.
    public var file: String
    /// What is in it.
    public var source: [UInt8]
    /// The tree, as `-ast-dump=json` prints it.
    public var json: Data
  }

  /// - Parameters:
  ///   - sdk: the bundled SDK's folder, from the set-up.
  ///   - sandbox: where clang runs.
  public init(sdk: String, sandbox: Sandbox) {
    self.sdk = sdk
    self.sandbox = sandbox
  }

  /// Makes the trees of all sources.
  /// - Parameter submission: a program in C that compiles.
  /// - Throws: `LabError` if clang is missing, or does not understand a source.
  public func make(of submission: Submission) async throws -> [Tree] {
    let toolchain = try SwiftToolchain(sdk: try Toolchain(sdk: sdk))
    let workspace = try BuildWorkspace(submission: submission)
    var trees: [Tree] = []
    for file in submission.files where submission.sources.contains(file.path) {
      let result = try await sandbox.run(
        try command(for: file.path, of: submission, in: workspace, with: toolchain), timeout: .seconds(120),
        outputLimit: 128 << 20)
      guard result.isSuccess else {
        throw LabError(
          code: "prove.tree",
          message: "clang does not read \(file.path): \(BuildLog(result.errors).plain.prefix(500))")
      }
      trees.append(Tree(file: file.path, source: file.contents, json: Data(result.output)))
    }
    return trees
  }

  private func command(
    for source: String, of submission: Submission, in workspace: BuildWorkspace, with toolchain: SwiftToolchain
  ) throws -> SandboxedCommand {
    var arguments = try toolchain.clangArguments + ["-fsyntax-only", "-w", "-Xclang", "-ast-dump=json"]
    arguments += submission.includeFolders.flatMap { ["-I", SubmissionName.argument(for: $0, in: workspace.source)] }
    arguments += ["-I", workspace.config, SubmissionName.argument(for: source, in: workspace.source)]
    return SandboxedCommand(
      toolchain.folder + "/bin/clang", arguments,
      binds: toolchain.binds + [.readOnly(workspace.source), .readOnly(workspace.config)], limits: Compilation.limits,
      workingDirectory: workspace.source)
  }
}

extension SwiftToolchain {
  /// What clang needs to read a C source as the SDK's compiler does: what Swift hands on to it, and the headers.
  fileprivate var clangArguments: [String] {
    get throws {
      let file = "\(sdk.sdk)/swift/swiftflags.rsp"
      guard let flags = FileManager.default.contents(atPath: file) else {
        throw LabError(
          code: "sdk.damaged", message: "the SDK in \(sdk.sdk) lacks swiftflags.rsp", remedy: "run ./setup")
      }
      let words = String(decoding: flags, as: UTF8.self).split(separator: "\n").map(String.init)
      let handedOn = zip(words, words.dropFirst()).filter { $0.0 == "-Xcc" }.map { $0.1.replacing("\\\"", with: "\"") }
      return ["--target=riscv32-none-elf"] + handedOn
        + ["-I", "\(sdk.sdk)/include", "-isystem", "\(sdk.sdk)/swift/libc"]
    }
  }
}
