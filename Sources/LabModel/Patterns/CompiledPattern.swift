// SPDX-License-Identifier: Apache-2.0
import CRE2

/// RE2's object behind a ``Pattern``, which is freed with its last copy.
final class CompiledPattern: Sendable {
  private let expression: re2_expression

  /// - Throws: `PatternProblem` if the text is no expression.
  init(_ text: String) throws(PatternProblem) {
    var text = text
    var problem = [CChar](repeating: 0, count: 256)
    expression = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { re2_compile($0.baseAddress, $0.count, &problem, problem.count) }
    }
    guard expression.object != nil else {
      let bytes = problem.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw PatternProblem(re2: String(decoding: bytes, as: UTF8.self))
    }
  }

  deinit {
    re2_free(expression)
  }

  /// Looks for the leftmost match in a text, which is UTF-8.
  /// - Parameters:
  ///   - text: the text.
  ///   - start: where the search begins.
  ///   - place: where the match has to lie.
  ///   - isCapturing: whether the match's place and its groups are wanted.
  /// - Returns: the places of the match and of its groups, none where they are not wanted; nil if there is no match.
  func search(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int = 0, place: re2_place = RE2_ANYWHERE, isCapturing: Bool
  ) -> [Range<Int>?]? {
    let count = isCapturing ? Int(re2_group_count(expression)) + 1 : 0
    var spans = [re2_span](repeating: re2_span(), count: count)
    let isFound = text.withMemoryRebound(to: CChar.self) {
      re2_search(expression, $0.baseAddress, $0.count, start, place, &spans, CInt(count))
    }
    return isFound ? spans.map { $0.start < 0 ? nil : $0.start..<$0.end } : nil
  }
}
