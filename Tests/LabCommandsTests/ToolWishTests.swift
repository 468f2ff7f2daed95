// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabFirmware
import LabModel
import Testing

@testable import LabCommands

/// Every combination of what can be asked for and what can be at hand.
@Suite struct ToolWishTests {
  private static let noIDF = LabError(code: "no.idf", message: "there is no ESP-IDF", remedy: "get it", isUsage: true)
  private static let noEmulator = LabError(code: "no.emulator", message: "there is no QEMU", remedy: "get it")

  struct Case: Hashable, Sendable, CustomStringConvertible {
    var wish: ToolWish
    var language: FirmwareLanguage
    var hasIDF, hasEmulator: Bool

    var espressifs: ToolWish.Espressifs {
      ToolWish.Espressifs(idf: hasIDF ? nil : noIDF, emulator: hasEmulator ? nil : noEmulator)
    }
    var description: String {
      "\(wish.sdk?.rawValue ?? "auto") \(wish.emulator?.rawValue ?? "auto") \(wish.chip?.rawValue ?? "-") \(language) "
        + "idf \(hasIDF) qemu \(hasEmulator)"
    }
    /// What there is in no world: it is refused whatever is at hand.
    var isImpossible: Bool {
      let chip = wish.chip ?? .esp32c3
      return (wish.sdk == .idf && wish.emulator == .bundled) || (chip != .esp32c3 && wish.sdk == .bundled)
        || (chip != .esp32c3 && wish.emulator == .bundled) || (chip != .esp32c3 && language == .swift)
    }
    var needsIDF: Bool { wish.sdk == .idf || (wish.chip ?? .esp32c3) != .esp32c3 }
  }

  private static let all: [Case] = [SDKKind?.none, .idf, .bundled].flatMap { sdk in
    [EmulatorKind?.none, .espressif, .bundled].flatMap { emulator in
      ([nil] + Chip.allCases).flatMap { chip in
        FirmwareLanguage.allCases.flatMap { language in
          [(true, true), (true, false), (false, true), (false, false)].map { idf, qemu in
            Case(
              wish: ToolWish(sdk: sdk, emulator: emulator, chip: chip), language: language, hasIDF: idf,
              hasEmulator: qemu)
          }
        }
      }
    }
  }

  @Test func thereAreThatMany() { #expect(Self.all.count == 3 * 3 * 4 * 2 * 4) }

  @Test(arguments: all.filter(\.isImpossible)) func refusesWhatCannotBe(_ this: Case) throws {
    let error = try #require(throws: LabError.self) {
      try this.wish.pair(language: this.language, with: this.espressifs)
    }
    #expect(error.code == "tools.impossible")
    #expect(error.isUsage)
    #expect(error.remedy?.hasPrefix("use --") == true)
  }

  @Test(arguments: all.filter { !$0.isImpossible && $0.needsIDF }) func takesESPIDFWhereItHasTo(_ this: Case) throws {
    guard this.hasIDF, this.hasEmulator else {
      let error = try #require(throws: LabError.self) {
        try this.wish.pair(language: this.language, with: this.espressifs)
      }
      #expect(error.code == (this.hasIDF ? "no.emulator" : "no.idf"))
      #expect(error.remedy == "get it")
      return
    }
    let pair = try this.wish.pair(language: this.language, with: this.espressifs)
    #expect(pair == ToolPair(sdk: .idf, emulator: .espressif, chip: this.wish.chip ?? .esp32c3))
  }

  @Test(arguments: all.filter { !$0.isImpossible && !$0.needsIDF }) func choosesWhereItMay(_ this: Case) throws {
    if this.wish.emulator == .espressif, !this.hasEmulator {
      let error = try #require(throws: LabError.self) {
        try this.wish.pair(language: this.language, with: this.espressifs)
      }
      #expect(error.code == "no.emulator")
      return
    }
    let pair = try this.wish.pair(language: this.language, with: this.espressifs)
    #expect(pair.chip == .esp32c3)
    #expect(this.wish.emulator == nil || pair.emulator == this.wish.emulator)
    #expect(this.wish.sdk == nil || pair.sdk == this.wish.sdk)
    #expect(this.hasEmulator || pair.emulator == .bundled)
    // Espressif's wherever it can be, and ESP-IDF with it.
    if this.wish.emulator == nil { #expect(pair.emulator == (this.hasEmulator ? .espressif : .bundled)) }
    let isIDF = this.wish.sdk == nil && this.hasIDF && pair.emulator == .espressif && this.language == .c
    #expect(pair.sdk == (isIDF ? .idf : .bundled))
  }

  /// The set-up's download stands back behind the bundled machine, unless ESP-IDF needs it.
  @Test func aDownloadComesLast() throws {
    var espressifs = ToolWish.Espressifs(idf: Self.noIDF, isEmulatorPreferred: false)
    #expect(try ToolWish().pair(language: .c, with: espressifs).emulator == .bundled)
    #expect(try ToolWish(emulator: .espressif).pair(language: .c, with: espressifs).emulator == .espressif)
    espressifs.idf = nil
    #expect(try ToolWish().pair(language: .c, with: espressifs).sdk == .idf)
    #expect(try ToolWish().pair(language: .swift, with: espressifs).emulator == .bundled)
  }

  @Test func saysWhatAnotherChipNeeds() throws {
    let wish = ToolWish(chip: .esp32)
    let error = try #require(throws: LabError.self) {
      try wish.pair(language: .c, with: ToolWish.Espressifs(idf: Self.noIDF))
    }
    #expect(error.message == "for the ESP32, there is no ESP-IDF")
  }
}

@Suite struct ImagePairTests {
  private static let problem = LabError(code: "no.emulator", message: "there is no QEMU")

  private func image(_ chip: Chip, _ boot: PrebuiltImage.Boot) -> PrebuiltImage {
    PrebuiltImage(path: "/flash.bin", chip: chip, boot: boot, size: 4 << 20)
  }

  @Test(arguments: Chip.allCases) func anImageWithABootloaderNeedsEspressifs(chip: Chip) throws {
    let image = image(chip, .bootloader)
    for emulator in [EmulatorKind?.none, .espressif] {
      let wish = ToolWish(emulator: emulator)
      #expect(
        try wish.pair(image: image, with: ToolWish.Espressifs()) == ToolPair(sdk: nil, emulator: .espressif, chip: chip)
      )
      #expect(throws: LabError.self) { try wish.pair(image: image, with: ToolWish.Espressifs(emulator: Self.problem)) }
    }
    let error = try #require(throws: LabError.self) {
      try ToolWish(emulator: .bundled).pair(image: image, with: ToolWish.Espressifs())
    }
    #expect(error.isUsage)
    #expect(error.remedy?.contains("--emulator espressif") == true)
  }

  @Test func anImageThatBootsDirectlyRunsOnBoth() throws {
    let image = image(.esp32c3, .direct)
    for (wish, problem, kind) in [
      (ToolWish(), LabError?.none, EmulatorKind.espressif), (ToolWish(), Self.problem, .bundled),
      (ToolWish(emulator: .bundled), nil, .bundled), (ToolWish(emulator: .espressif), nil, .espressif),
    ] {
      #expect(
        try wish.pair(image: image, with: ToolWish.Espressifs(emulator: problem))
          == ToolPair(sdk: nil, emulator: kind, chip: .esp32c3))
    }
    #expect(throws: LabError.self) {
      try ToolWish(emulator: .espressif).pair(image: image, with: ToolWish.Espressifs(emulator: Self.problem))
    }
  }

  @Test(arguments: Chip.allCases, Chip.allCases) func anImageForAnotherChipIsRefused(wanted: Chip, chip: Chip) throws {
    let image = image(chip, .bootloader)
    let wish = ToolWish(chip: wanted)
    if wanted == chip {
      #expect(try wish.pair(image: image, with: ToolWish.Espressifs()).chip == chip)
    } else {
      let error = try #require(throws: LabError.self) { try wish.pair(image: image, with: ToolWish.Espressifs()) }
      #expect(error.message == "the image is for the \(chip.title), not the \(wanted.title)")
      #expect(error.isUsage)
    }
  }
}
