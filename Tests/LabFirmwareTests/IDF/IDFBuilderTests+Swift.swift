// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// Programs in Swift.
extension IDFBuilderTests {
  @Test func buildsSwiftForTheESP32C3WithACompilerOnly() async throws {
    let fixture = try Fixture(["a.swift": "import ESP32\n"])
    let other = await #expect(throws: LabError.self) {
      try await builder(.esp32).build(fixture.path, into: output.path)
    }
    #expect(other?.code == "idf.swiftChip")
    let error = await #expect(throws: LabError.self) {
      var builder = try builder()
      builder.installation.environment["PATH"] = idf.fixture.path + "/tools/bin"
      return try await builder.build(fixture.path, into: output.path)
    }
    #expect(error?.code == "idf.noSwift")
    #expect(error?.isUsage == true)
  }

  @Test(arguments: [true, false])
  func tellsWherePanicsOfSwiftAreLookedUp(hasSymbolizer: Bool) async throws {
    var tools = ["tools/bin/swiftc": "#!/bin/sh\n"]
    if hasSymbolizer { tools["tools/bin/llvm-symbolizer"] = "#!/bin/sh\n" }
    let idf = try FakeIDF(extra: tools)
    var builder = try builder()
    builder.installation = try IDFInstallation(environment: idf.environment)
    let fixture = try Fixture(["a.swift": "import ESP32\n", "b.c": ""])
    let image = try await builder.build(fixture.path + "/a.swift", into: output.path)
    #expect(image.swiftTools == (hasSymbolizer ? idf.fixture.path + "/tools" : nil))
    #expect(try await builder.build(fixture.path + "/b.c", into: output.path).swiftTools == nil)
  }

  @Test func tellsESPIDFOfSwiftSources() throws {
    let fixture = try Fixture(["Main.swift": "", "BridgingHeader.h": "", "More.swift": ""])
    let project = IDFProject(
      submission: try Submission(at: fixture.path), folder: "/p", build: "/b", components: [], chip: .esp32c3,
      version: IDFVersion(5, 4))
    let files: [String: String] = try project.files().mapValues { String(decoding: $0, as: UTF8.self) }
    let component = try #require(files["main/CMakeLists.txt"])
    #expect(component.contains("idf_component_register_swift("))
    #expect(component.contains("SRCS \"../source/Main.swift\" \"../source/More.swift\""))
    // Without the first a file is called by its place relative to the build.
    #expect(component.contains("-file-compilation-dir \"/p/source\" -file-prefix-map \"/p/source=.\""))
    let bridge: String = try #require(files["config/bridging.h"])
    #expect(bridge.contains("#include \"../source/BridgingHeader.h\""))
    #expect(bridge.contains("#include \"esp32_swift_libc.h\""))
  }
}
