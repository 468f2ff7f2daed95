// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabFirmware

/// What a project's build takes beside its sources.
@Suite struct ProjectExtrasTests {
  private func extras(_ files: [String: String]) throws -> Submission {
    let base = ["main/main.c": "void app_main(void) {}", "CMakeLists.txt": "project(x)"]
    let fixture = try Fixture(base.merging(files) { $1 })
    defer { withExtendedLifetime(fixture) {} }
    return try Submission(at: fixture.path)
  }

  private func problem(_ files: [String: String]) -> SubmissionProblem? {
    #expect(throws: SubmissionProblem.self) { try extras(files) }
  }

  @Test func findsEmbeddedFilesWhereverTheyAreNamed() throws {
    let submission = try extras([
      "main/CMakeLists.txt": """
      idf_component_register(SRCS "main.c" # EMBED_FILES no
        EMBED_FILES a.bin "../web/b.png" ${CMAKE_CURRENT_SOURCE_DIR}/c.bin
        EMBED_TXTFILES ${PROJECT_DIR}/d.pem)
      """,
      "components/x/CMakeLists.txt": "idf_component_register(SRCS x.c EMBED_FILES e.bin)", "components/x/x.c": "",
      "main/a.bin": "a", "web/b.png": "b", "main/c.bin": "c", "d.pem": "d", "components/x/e.bin": "e",
    ])
    let found = submission.extras.embedded
    #expect(Set(found.map(\.path)) == ["main/a.bin", "web/b.png", "main/c.bin", "d.pem", "components/x/e.bin"])
    #expect(found.filter(\.isText).map(\.path) == ["d.pem"])
    #expect(found.allSatisfy { file in submission.files.contains { $0.path == file.path } })
  }

  @Test(arguments: ["gone.bin", "../../etc/passwd", "/etc/passwd", "${X}/a.bin"])
  func namesAFileThatIsNotThere(_ name: String) {
    let found = problem(["main/CMakeLists.txt": "idf_component_register(SRCS main.c EMBED_FILES \(name))"])
    #expect(found == .missingPart(name, of: "main/CMakeLists.txt"))
    #expect(found?.description == "main/CMakeLists.txt names \(name), which is not in the submission")
  }

  @Test func takesAComponentsWordOnWarningsAndNoOtherOption() throws {
    let submission = try extras([
      "main/CMakeLists.txt": """
      idf_component_register(SRCS "main.c")
      # target_compile_options(${COMPONENT_LIB} PRIVATE -w)
      target_compile_options(${COMPONENT_LIB} PRIVATE "-Wno-error=format" -Wno-unused-variable -Wl,-x -Wp,-MD,x -O0 -Wa,-a)
      """,
      "components/x/CMakeLists.txt": "idf_component_register(SRCS x.c)", "components/x/x.c": "",
    ])
    #expect(submission.extras.warnings(of: "main/main.c") == ["-Wno-error=format", "-Wno-unused-variable"])
    #expect(submission.extras.warnings(of: "components/x/x.c").isEmpty)
  }

  @Test func namesAPartitionTableThatIsNotThere() {
    let found = problem(["sdkconfig.defaults": "CONFIG_PARTITION_TABLE_CUSTOM=y\n"])
    #expect(found == .missingPart("partitions.csv", of: "sdkconfig.defaults"))
  }

  @Test func tellsOfComponentsOfTheRegistry() throws {
    let submission = try extras([
      "main/idf_component.yml": """
      ## a comment
      version: "1"
      dependencies:
        idf: ">=5.1"
        espressif/led_strip: "^2.5" # blinks
        'mdns':
          version: "*"
        here:
          path: ../here
        espressif/handed_in: "*"
      description: x
      """, "components/handed_in/handed_in.c": "",
    ])
    #expect(submission.extras.registry.map(\.name) == ["espressif/led_strip", "mdns"])
    #expect(submission.notes.count == 2)
    let log = BuildLog(Array("main/main.c:1:10: fatal error: led_strip.h: No such file or directory\n".utf8))
    let hint = BuildFailure.compiling(log, submission: submission).hint
    #expect(hint?.contains("main/idf_component.yml asks for espressif/led_strip") == true)
    #expect(hint?.contains("hand in its sources") == true)
  }

  @Test func embeddedFilesAreASourceForTheBundledSDK() throws {
    let submission = try extras([
      "main/CMakeLists.txt": "idf_component_register(SRCS main.c EMBED_TXTFILES 1-a.txt)", "main/1-a.txt": "AB",
    ]).withEmbeddedFilesAsSource
    let source = try #require(submission.files.first { $0.path == submission.sources.last })
    let text = String(decoding: source.contents, as: UTF8.self)
    for line in [".global _1_a_txt", ".global _binary_1_a_txt_start", ".byte 65,66,0", "_1_a_txt_length:", ".word 2"] {
      #expect(text.contains(line))
    }
  }
}
