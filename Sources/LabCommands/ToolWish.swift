// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabFirmware
import LabModel

/// What a program is built with, what boots it, and the chip that both are for.
struct ToolPair: Hashable, Sendable {
  /// The SDK; nil for an image that was built elsewhere.
  var sdk: SDKKind?
  /// The emulator.
  var emulator: EmulatorKind
  /// The chip.
  var chip: Chip
}

/// What the caller asked for; what he left open is chosen.
///
/// ESP-IDF's images need Espressif's ROM, and so its emulator; the bundled SDK and the bundled emulator know the ESP32-C3 only, and
/// firmware in Swift is for the ESP32-C3 as well, and built with the bundled SDK unless told.
struct ToolWish: Hashable, Sendable {
  /// The only SDK to use.
  var sdk: SDKKind?
  /// The only emulator to use.
  var emulator: EmulatorKind?
  /// The chip; the ESP32-C3 unless told.
  var chip: Chip?

  /// What of Espressif's is at hand: for each, why it cannot be used; nil if it can.
  struct Espressifs: Sendable {
    /// ESP-IDF, for the chip that is meant.
    var idf: LabError?
    /// The emulator of that chip.
    var emulator: LabError?
    /// Whether the emulator comes before the bundled one where both do: the user has it, and not only the set-up's download.
    var isEmulatorPreferred = true
  }

  /// Chooses the pair for a submission: ESP-IDF for C where it can be used together with Espressif's emulator, else the bundled SDK.
  /// - Parameters:
  ///   - language: the submission's language, as far as it is known.
  ///   - espressifs: what is at hand.
  /// - Throws: `LabError`, a wrong call, if the wish cannot be fulfilled here or anywhere.
  func pair(language: FirmwareLanguage?, with espressifs: Espressifs) throws -> ToolPair {
    let chip = chip ?? .esp32c3
    try refuseImpossible(chip, language)
    // Another chip than the ESP32-C3 leaves no choice.
    switch chip == .esp32c3 ? sdk : .idf {
    case .idf:
      if let error = espressifs.idf ?? espressifs.emulator { throw needed(error, chip) }
      return ToolPair(sdk: .idf, emulator: .espressif, chip: chip)
    case .bundled:
      return try bundled(espressifs)
    case nil:
      let isIDFUsable =
        espressifs.idf == nil && espressifs.emulator == nil && emulator != .bundled && language != .swift
      return isIDFUsable ? ToolPair(sdk: .idf, emulator: .espressif, chip: chip) : try bundled(espressifs)
    }
  }

  /// Chooses what boots an image.
  /// - Parameters:
  ///   - image: the image.
  ///   - espressifs: what is at hand for the image's chip; ESP-IDF does not matter.
  /// - Throws: `LabError`, a wrong call, if the wish cannot be fulfilled here or anywhere.
  func pair(image: PrebuiltImage, with espressifs: Espressifs) throws -> ToolPair {
    if let chip, chip != image.chip {
      throw Self.error("the image is for the \(image.chip.title), not the \(chip.title)", "leave out --target")
    }
    if image.boot == .bootloader {
      guard emulator != .bundled else {
        throw Self.error(
          "the image needs the chip's own boot ROM, which the bundled emulator does not have",
          "use --emulator espressif, or --image with one that the bundled SDK built")
      }
      if var problem = espressifs.emulator {
        problem.message = "the image needs the chip's own boot ROM, and " + problem.message
        throw problem
      }
      return ToolPair(sdk: nil, emulator: .espressif, chip: image.chip)
    }
    var pair = try bundled(espressifs)
    pair.sdk = nil
    return pair
  }

  /// The pair with the bundled SDK, whose images boot on both emulators.
  private func bundled(_ espressifs: Espressifs) throws -> ToolPair {
    if emulator == .espressif, let error = espressifs.emulator { throw error }
    let emulator = emulator ?? (espressifs.emulator == nil && espressifs.isEmulatorPreferred ? .espressif : .bundled)
    return ToolPair(sdk: .bundled, emulator: emulator, chip: .esp32c3)
  }

  private func refuseImpossible(_ chip: Chip, _ language: FirmwareLanguage?) throws {
    if chip != .esp32c3 {
      if sdk == .bundled {
        throw Self.error(
          "the bundled SDK is for the \(Chip.esp32c3.title), not the \(chip.title)",
          "use --sdk idf with Espressif's emulator, or --target esp32c3")
      }
      if emulator == .bundled {
        throw Self.error(
          "the bundled emulator is an \(Chip.esp32c3.title), not an \(chip.title)",
          "use --emulator espressif, or --target esp32c3")
      }
      if language == .swift {
        throw Self.error(
          "firmware in Swift is for the \(Chip.esp32c3.title), not the \(chip.title)", "use --target esp32c3")
      }
    }
    if sdk == .idf, emulator == .bundled {
      throw Self.error(
        "what ESP-IDF builds needs the chip's own boot ROM, which the bundled emulator does not have",
        "use --emulator espressif, or --sdk bundled")
    }
  }

  /// The reason why something is missing, with what it is needed for.
  private func needed(_ error: LabError, _ chip: Chip) -> LabError {
    guard sdk == nil, chip != .esp32c3 else { return error }
    var error = error
    error.message = "for the \(chip.title), \(error.message)"
    return error
  }

  private static func error(_ message: String, _ remedy: String) -> LabError {
    LabError(code: "tools.impossible", message: message, remedy: remedy, isUsage: true)
  }
}
