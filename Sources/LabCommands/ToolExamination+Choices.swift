// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabFirmware
import LabModel
import LabReports

extension ToolExamination {
  /// What a run would take, for people: with versions and reasons.
  func descriptions(of choices: [Choice]) async -> [DoctorChoice] {
    var descriptions: [DoctorChoice] = []
    for choice in choices {
      switch choice.tools {
      case .failure(let error): descriptions.append(DoctorChoice(language: choice.language, problem: error))
      case .success(let tools): descriptions.append(await description(of: tools, for: choice.language))
      }
    }
    return descriptions
  }

  private func description(of tools: RunTools, for language: FirmwareLanguage) async -> DoctorChoice {
    let sdk = (tools.builder as? IDFBuilder).map { "ESP-IDF \($0.installation.version)" } ?? tools.sdk.title
    let version = await version(of: tools.emulator).map { " \($0)" } ?? ""
    let emulator = (tools.emulator.kind == .espressif ? "Espressif's QEMU" : "the bundled emulator") + version
    let chip = tools.emulator.chip
    return DoctorChoice(
      language: language, sdk: tools.sdk, emulator: tools.emulator.kind.rawValue, chip: chip,
      summary: "\(sdk) on \(emulator), an \(chip.title)",
      reasons: [reason(forSDK: tools, language), await reason(forEmulator: tools)].compactMap { $0 })
  }

  private func reason(forSDK tools: RunTools, _ language: FirmwareLanguage) -> String {
    if tools.sdk == .idf {
      return "ESP-IDF, since this shell is set up for it and Espressif's QEMU is there; other choice: --sdk bundled"
    }
    let problem = search.findIDF(for: chip).problem
    if language == .swift, problem == nil {
      return "the bundled SDK, which programs in Swift take unless told: --sdk idf"
    }
    if problem != nil { return "the bundled SDK, since ESP-IDF cannot be used (see above)" }
    return "the bundled SDK, since what ESP-IDF builds boots on Espressif's QEMU only, which is not there"
  }

  /// - Returns: nil if the SDK leaves no choice.
  private func reason(forEmulator tools: RunTools) async -> String? {
    guard tools.sdk == .bundled else { return nil }
    let espressifs = try? await search.findEmulator(for: chip).get()
    switch (tools.emulator.kind, espressifs) {
    case (.espressif, _):
      let hasBundled = (try? search.verified(.qemu).qemu) != nil
      return "Espressif's QEMU, since you have it" + (hasBundled ? "; other choice: --emulator bundled" : "")
    case (.bundled, nil): return "the bundled emulator, since Espressif's QEMU is not there"
    case (.bundled, .some):
      return "the bundled emulator, since it is quicker than the downloaded QEMU; other choice: --emulator espressif"
    }
  }

  /// What a run for another chip than the usual one lacks.
  private struct Lack {
    var chip: Chip
    /// Whether there is no ESP-IDF at all, as its own line says.
    var isIDFMissing: Bool
    var problems: [LabError]

    /// What is lacking; nil if it is the chip's own, as its compiler is.
    var kind: [String]? {
      problems.contains { $0.code == "idf.tools" } ? nil : problems.map(\.code) + (isIDFMissing ? ["idf"] : [])
    }

    /// - Parameter titles: the chips that lack the same.
    func finding(_ titles: [String]) -> DoctorFinding {
      let topic = titles.joined(separator: ", ")
      var messages = problems.map(\.message)
      if isIDFMissing { messages.insert("ESP-IDF is needed, see above", at: 0) }
      guard let first = messages.first else {
        return DoctorFinding(
          topic: topic, state: .unused, summary: "can be built for and booted: --target \(chip.rawValue)")
      }
      let remedies = problems.compactMap(\.remedy)
      return DoctorFinding(
        topic: topic, state: .unused, summary: first, details: Array(messages.dropFirst()),
        remedy: remedies.isEmpty ? nil : remedies.joined(separator: "\n"))
    }
  }

  /// What runs for the other chips want. What all of them lack alike is told once.
  /// - Parameter idf: ESP-IDF for the usual chip.
  func otherChips(idf: Result<IDFInstallation, LabError>) async -> [DoctorFinding] {
    var lacks: [Lack] = []
    for chip in Chip.allCases where chip != self.chip {
      let problem = search.findIDF(for: chip).problem
      var lack = Lack(chip: chip, isIDFMissing: problem != nil && problem == idf.problem, problems: [])
      if let problem, !lack.isIDFMissing { lack.problems.append(problem) }
      do {
        _ = try await search.findEmulator(for: chip).get()
      } catch {
        lack.problems.append(LabError(examining: error))
      }
      lacks.append(lack)
    }
    if let first = lacks.first, let kind = first.kind, !kind.isEmpty, lacks.allSatisfy({ $0.kind == kind }) {
      return [first.finding(lacks.map(\.chip.title))]
    }
    return lacks.map { $0.finding([$0.chip.title]) }
  }
}
