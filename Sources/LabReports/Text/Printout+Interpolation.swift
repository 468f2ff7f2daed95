// SPDX-License-Identifier: Apache-2.0

extension Printout {
  /// Collects the literals and the interpolated values between them.
  public struct StringInterpolation: StringInterpolationProtocol {
    var pieces: [Piece] = []

    /// Nothing yet.
    public init(literalCapacity: Int, interpolationCount: Int) {
      pieces.reserveCapacity(2 * interpolationCount + 1)
    }

    /// Words of the lab's own: what is not a literal of its sources cannot come here.
    public mutating func appendLiteral(_ literal: StaticString) { pieces.append(.own("\(literal)")) }

    /// Text that anyone may have written.
    public mutating func appendInterpolation(_ text: some StringProtocol) {
      pieces.append(.foreign(String(text).displayable))
    }

    /// A number of the lab's own.
    public mutating func appendInterpolation(_ number: Int) { pieces.append(.own(String(number))) }

    /// What is put together already.
    public mutating func appendInterpolation(_ part: Printout) { pieces += part.pieces }

    /// Nothing where there is none.
    public mutating func appendInterpolation(_ part: Printout?) { if let part { pieces += part.pieces } }

    /// Blanks of the lab's own.
    public mutating func appendInterpolation(blanks count: Int) {
      pieces.append(.own(String(repeating: " ", count: max(0, count))))
    }
  }
}
