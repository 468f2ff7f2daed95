// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// Programs that nobody has chosen: each edit has to build to the same bytes with a cache that is full of the others as with an empty one.
///
/// `LAB_TEST_INCLUDE_GRAPHS=200` tries as many programs, `LAB_TEST_INCLUDE_SEED=7` begins with another one.
@Suite(.timeLimit(.minutes(120))) struct IncludeGraphTests {
  private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap(Int.init) }
  static let seeds: [Int] = {
    let first = number("LAB_TEST_INCLUDE_SEED") ?? 1
    return Array(first..<(first + (number("LAB_TEST_INCLUDE_GRAPHS") ?? 6)))
  }()
  /// The one cache that all programs share.
  private static let cache = try! Fixture()

  /// What came of a build, as far as a student can see it.
  private struct Product: Equatable {
    var program: Data?
    var log: String
    var failure: String?
  }

  private func build(_ files: [String: String], cache: String) async throws -> (product: Product, compiledCount: Int) {
    let fixture = try Fixture(["submission/": ""])
    for (name, contents) in files { try fixture.write("submission/" + name, contents) }
    let output = try Fixture()
    let builder = FirmwareBuilder(sdk: try await StubSDK.path.value, cache: cache, sandbox: try Sandbox())
    do {
      let image = try await builder.build(fixture.path + "/submission", into: output.path)
      return (
        Product(program: FileManager.default.contents(atPath: image.elf), log: image.log.plain), image.compiledCount
      )
    } catch let failure as BuildFailure {
      return (Product(log: failure.log.plain, failure: failure.message), 0)
    }
  }

  @Test(arguments: seeds) func anEditBuildsAsIfNothingWereKept(seed: Int) async throws {
    var graph = IncludeGraph(seed: UInt64(seed))
    for step in 0..<4 {
      let known = try await build(graph.files, cache: Self.cache.path)
      let empty = try Fixture()
      let fresh = try await build(graph.files, cache: empty.path)
      #expect(known.product == fresh.product, "step \(step): \(graph.files)")
      // What has been built is kept.
      if fresh.product.program != nil {
        #expect(try await build(graph.files, cache: Self.cache.path).compiledCount == 0, "step \(step): \(graph.files)")
      }
      graph.edit()
    }
  }

  @Test func mostOfThemBuild() async throws {
    var count = 0
    for seed in 100..<106 {
      if try await build(IncludeGraph(seed: UInt64(seed)).files, cache: Self.cache.path).product.program != nil {
        count += 1
      }
    }
    #expect(count >= 3)
  }
}
