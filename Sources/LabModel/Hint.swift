// SPDX-License-Identifier: Apache-2.0

/// An explanation that a failed check offers when the evidence shows a known mistake.
public struct Hint: Equatable, Sendable {
  /// When the hint applies.
  public var condition: HintCondition
  /// What it says: the mistake, not the answer. Several texts stand in the order of their likelihood.
  public var texts: [HintText]

  /// - Parameters: as the properties of the same names.
  public init(condition: HintCondition, texts: [HintText]) {
    self.condition = condition
    self.texts = texts
  }

  /// A hint of one text.
  public init(condition: HintCondition, text: HintText) {
    self.init(condition: condition, texts: [text])
  }
}
