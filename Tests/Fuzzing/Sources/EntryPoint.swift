// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What libFuzzer calls with each input (https://llvm.org/docs/LibFuzzer.html, "Fuzz Target").
/// - Returns: 0: the input may join the corpus.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzedReader.chosen.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

extension FuzzedReader {
  /// The reader that the environment variable `LAB_FUZZED_READER` names.
  static let chosen: FuzzedReader = {
    let name = ProcessInfo.processInfo.environment["LAB_FUZZED_READER"] ?? ""
    guard let reader = FuzzedReader(rawValue: name) else {
      let names = FuzzedReader.allCases.map(\.rawValue).joined(separator: ", ")
      fatalError("LAB_FUZZED_READER has to be one of \(names)")
    }
    return reader
  }()
}
