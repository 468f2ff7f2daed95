// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What the results in a folder are about. Results of different labs, or of a lab that has changed, do not go together.
public struct JournalHeader: Codable, Equatable, Sendable {
  /// The version of the journal's format that this program writes and reads.
  public static let currentSchema = 1

  /// The version of the journal's format.
  public var schema = Self.currentSchema
  /// The lab's id.
  public var lab: String
  /// The SHA-256 of the lab file and the catalogue of mistakes, in hexadecimal digits.
  public var digest: String
  /// What programs in C are built with: `idf` or `bundled`.
  public var sdk: String
  /// What they boot on: `espressif` or `bundled`.
  public var emulator: String
  /// The chip.
  public var chip: Chip
  /// The only language that is taken; nil takes both.
  public var language: FirmwareLanguage?

  /// - Parameters: as the properties of the same names.
  public init(
    lab: String, digest: String, sdk: String, emulator: String, chip: Chip, language: FirmwareLanguage? = nil
  ) {
    self.lab = lab
    self.digest = digest
    self.sdk = sdk
    self.emulator = emulator
    self.chip = chip
    self.language = language
  }

  /// How a folder's header differs from what is to be graded now, as a sentence; nil if it does not.
  /// - Parameter wanted: what is to be graded now.
  public func difference(from wanted: JournalHeader) -> String? {
    if lab != wanted.lab { return "it holds results of lab \(lab), not of lab \(wanted.lab)" }
    if digest != wanted.digest { return "the lab file or the catalogue of mistakes has changed since" }
    if sdk != wanted.sdk { return "its programs were built with the SDK '\(sdk)', not '\(wanted.sdk)'" }
    if emulator != wanted.emulator { return "its programs ran on the emulator '\(emulator)', not '\(wanted.emulator)'" }
    if chip != wanted.chip { return "its programs ran on the \(chip.title), not the \(wanted.chip.title)" }
    if language != wanted.language {
      return "its programs were in \(Self.title(language)), not \(Self.title(wanted.language))"
    }
    return nil
  }

  private static func title(_ language: FirmwareLanguage?) -> String { language?.title ?? "either language" }
}
