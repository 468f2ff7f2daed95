// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// A checkout of a test's own, with the emulator and the SDK of this one. It goes away with the value.
final class TestCheckout: Sendable {
  let root: URL

  /// - Parameters:
  ///   - folder: the folder whose contents it gets.
  ///   - labs: what of this checkout's `labs/` it gets.
  init(contents folder: URL? = nil, labs: [String] = []) throws {
    root = try LabProcess.temporaryFolder()
    let manager = FileManager.default
    try Data().write(to: root.appending(path: "Package.swift"))
    try manager.createSymbolicLink(
      at: root.appending(path: ".lab"), withDestinationURL: LabProcess.checkout.appending(path: ".lab"))
    for name in folder.map({ (try? manager.contentsOfDirectory(atPath: $0.path)) ?? [] }) ?? [] {
      guard let folder else { continue }
      try manager.copyItem(at: folder.appending(path: name), to: root.appending(path: name))
    }
    try manager.createDirectory(at: root.appending(path: "labs"), withIntermediateDirectories: true)
    for lab in labs {
      try manager.copyItem(
        at: LabProcess.checkout.appending(path: "labs").appending(path: lab),
        to: root.appending(path: "labs").appending(path: lab))
    }
  }

  deinit {
    try? FileManager.default.removeItem(at: root)
  }

  /// Runs `lab` in it.
  func lab(_ arguments: String...) async throws -> LabProcess.Outcome {
    try await LabProcess.run(arguments, environment: ["LAB_ROOT": root.path])
  }

  /// Runs one of its labs on the bundled machine.
  /// - Parameters:
  ///   - lab: what `lab run` takes.
  ///   - submission: a path in the checkout; nil for the lab's solution.
  func run(_ lab: String, _ submission: String? = nil) async throws -> (result: RunResult, transcript: String) {
    let folder = root.appending(path: "run-\(UUID().uuidString)")
    let path = submission.map { [root.appending(path: $0).path] } ?? []
    let arguments = ["run", lab] + path + ["--emulator", "bundled", "--format", "json", "--output", folder.path]
    let outcome = try await GuestLimiter.shared.run { [root] in
      try await LabProcess.run(arguments, environment: ["LAB_ROOT": root.path])
    }
    let result = try #require(
      try? JSONDecoder().decode(RunResult.self, from: Data(outcome.output.utf8)), "no result: \(outcome)")
    return (result, try String(contentsOf: folder.appending(path: "transcript.txt"), encoding: .utf8))
  }
}
