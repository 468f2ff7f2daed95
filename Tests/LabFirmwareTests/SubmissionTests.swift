// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import LabFirmware

@Suite struct SubmissionTests {
  private let main = "void app_main(void) {}\n"

  @Test func aSingleFileBringsTheHeadersItIncludes() throws {
    let fixture = try Fixture([
      "main.c": "#include \"a.h\"\n#include <stdio.h>\n # include \"../up.h\"\n", "a.h": "#include \"b.h\"\n",
      "b.h": "",
      "other.h": "", "other.c": "", "photo.jpg": "",
    ])
    let submission = try Submission(at: fixture.path + "/main.c")
    #expect(submission.form == .file)
    #expect(submission.sources == ["main.c"])
    #expect(submission.files.map(\.path) == ["a.h", "b.h", "main.c"])
  }

  @Test func aFolderBringsAllItsSources() throws {
    let fixture = try Fixture([
      "a.c": main, "net/b.c": "", "net/b.h": "", "build/junk.c": "", ".git/x.c": "", "readme.md": "",
    ])
    let submission = try Submission(at: fixture.path)
    #expect(submission.form == .folder)
    #expect(submission.sources == ["a.c", "net/b.c"])
    #expect(submission.includeFolders == [".", "net"])
  }

  @Test func aProjectBringsWhatItNames() throws {
    let fixture = try Fixture([
      "CMakeLists.txt": "project(x)", "main/main.c": main, "main/old.c": main, "main/net/tcp.c": "",
      "main/include/x.h": "",
      "main/CMakeLists.txt": """
      # idf_component_register(SRCS "old.c")
      idf_component_register(SRCS "main.c"
                                  "net/tcp.c"
                             INCLUDE_DIRS "." "include")
      """,
      "components/led/CMakeLists.txt": "idf_component_register(SRCS led.c INCLUDE_DIRS include)",
      "components/led/led.c": "", "components/led/include/led.h": "", "test/test.c": main,
    ])
    let submission = try Submission(at: fixture.path)
    #expect(submission.form == .project)
    #expect(submission.sources == ["components/led/led.c", "main/main.c", "main/net/tcp.c"])
    #expect(submission.includeFolders == [".", "components/led/include", "main/include"])
  }

  @Test(arguments: [
    "idf_component_register(SRCS ${sources} INCLUDE_DIRS .)", "idf_component_register(SRC_DIRS . INCLUDE_DIRS .)",
    "idf_component_register(SRCS main.c gone.c)", "",
  ])
  func aProjectThatDoesNotSayGetsAllOfMain(registration: String) throws {
    let fixture = try Fixture([
      "CMakeLists.txt": "", "main/main.c": main, "main/b.c": "", "main/unused/c.c": "",
      "main/CMakeLists.txt": registration,
    ])
    #expect(try Submission(at: fixture.path).sources == ["main/b.c", "main/main.c"])
  }

  @Test func readsTheProjectsOwnOptions() throws {
    let fixture = try Fixture([
      "CMakeLists.txt": "", "main/main.c": main,
      "main/Kconfig.projbuild": """
      menu "Example"
        config EXAMPLE_PORT
          int "Port"
          range 0 65535
          default 3333
        config EXAMPLE_IPV4
          bool "IPv4"
          default y
        config EXAMPLE_IPV6
          bool "IPv6"
          default n
        config EXAMPLE_HOST
          string "Host"
          default "10.0.2.2"
        config EXAMPLE_MAYBE
          int "x"
          default 1 if EXAMPLE_IPV6
      endmenu
      """,
      "sdkconfig.defaults": "CONFIG_EXAMPLE_PORT=4444\nCONFIG_FREERTOS_HZ=1000\nCONFIG_X=\"a\nCONFIG_Y=1); system(\n",
    ])
    let submission = try Submission(at: fixture.path)
    #expect(
      submission.configuration == [
        "CONFIG_EXAMPLE_PORT": "4444", "CONFIG_EXAMPLE_IPV4": "1", "CONFIG_EXAMPLE_HOST": "\"10.0.2.2\"",
        "CONFIG_FREERTOS_HZ": "1000",
      ])
    #expect(submission.notes.count == 2)
  }

  @Test func sayWhatIsWrong() throws {
    let fixture = try Fixture([
      "empty/": "", "binary.c": "\u{0}\u{1}ELF", "program": "\u{7f}ELF\u{0}", "app.cpp": "", "arduino/x.ino": "",
      "mixed/a.c": "", "mixed/b.swift": "", "notes.md": "x",
      "cmake/CMakeLists.txt": "", "project/CMakeLists.txt": "", "project/main/CMakeLists.txt": "",
      "link/main.c": "->/etc/passwd",
      "big/main.c": String(repeating: " ", count: (1 << 20) + 1),
      "outside/main.c": main, "outside/secret.h": "->/etc/hostname",
    ])
    mkfifo(fixture.path + "/pipe.c", 0o600)
    func problem(_ name: String) -> SubmissionProblem? {
      do {
        _ = try Submission(at: name.isEmpty ? fixture.path : "\(fixture.path)/\(name)")
        return nil
      } catch { return error as? SubmissionProblem }
    }
    let root = fixture.path
    #expect(problem("missing.c") == .missing(root + "/missing.c"))
    #expect(problem("empty") == .empty(root + "/empty"))
    #expect(problem("binary.c") == .binary(root + "/binary.c"))
    #expect(problem("program") == .binary(root + "/program"))
    #expect(problem("app.cpp") == .foreign(root + "/app.cpp", language: "C++"))
    #expect(problem("arduino") == .foreign("x.ino", language: "an Arduino sketch"))
    #expect(problem("mixed") == .mixed(c: "a.c", swift: "b.swift"))
    #expect(problem("notes.md") == .notAProject(root + "/notes.md", reason: "its name does not end in .c or .swift"))
    #expect(problem("cmake") == .notAProject(root + "/cmake", reason: "there is a CMakeLists.txt but no folder main/"))
    #expect(problem("project") == .empty(root + "/project/main"))
    #expect(problem("link") == .linkOutside("main.c"))
    #expect(problem("outside") == .linkOutside("secret.h"))
    #expect(problem("pipe.c") == .notAProject(root + "/pipe.c", reason: "it is neither a file nor a folder"))
    guard case .tooBig("main.c", _) = problem("big") else {
      Issue.record("\(String(describing: problem("big")))")
      return
    }
  }

  @Test func swiftBringsTheHeaderThroughWhichItSeesC() throws {
    let fixture = try Fixture([
      "Main.swift": "", "BridgingHeader.h": "#include \"shim.h\"\n", "shim.h": "", "other.h": "",
      "project/CMakeLists.txt": "", "project/main/Main.swift": "", "project/main/Led.swift": "",
      "project/main/Old.swift": "", "project/main/BridgingHeader.h": "", "project/main/unused.c": "",
      "project/main/CMakeLists.txt": """
      idf_component_register(SRCS /dev/null PRIV_INCLUDE_DIRS ".")
      idf_component_register_swift(
        ${COMPONENT_LIB} BRIDGING_HEADER ${CMAKE_CURRENT_LIST_DIR}/BridgingHeader.h SRCS Main.swift Led.swift)
      """,
    ])
    let file = try Submission(at: fixture.path + "/Main.swift")
    #expect(file.language == .swift)
    #expect(file.bridgingHeader == "BridgingHeader.h")
    #expect(file.files.map(\.path) == ["BridgingHeader.h", "Main.swift", "shim.h"])
    let project = try Submission(at: fixture.path + "/project")
    #expect(project.language == .swift)
    #expect(project.sources == ["main/Led.swift", "main/Main.swift"])
    #expect(project.bridgingHeader == "main/BridgingHeader.h")
    #expect(project.notes == ["main/unused.c is not built: the program is written in Embedded Swift"])
  }

  @Test func linksInsideAreFollowedToFilesOnly() throws {
    let fixture = try Fixture([
      "main.c": main, "src/a.h": "", "a.h": "->src/a.h", "loop": "->.", "dangling.bin": "->gone",
    ])
    let submission = try Submission(at: fixture.path)
    #expect(submission.files.map(\.path) == ["a.h", "main.c", "src/a.h"])
    #expect(submission.notes == ["loop is a link to a folder and was not followed"])
  }

  @Test func tooManyFilesAreRefused() throws {
    var limits = SubmissionLimits()
    limits.files = 3
    let fixture = try Fixture(["a.c": "", "b.c": "", "c.c": "", "d.c": ""])
    #expect(throws: SubmissionProblem.self) { try Submission(at: fixture.path, limits: limits) }
    let deep = try Fixture([String(repeating: "d/", count: 20) + "a.c": ""])
    #expect(throws: SubmissionProblem.self) { try Submission(at: deep.path) }
  }

  /// A single file lies among files that are not the student's: a teacher's own, or what others have handed in.
  @Test func aSingleFileTakesInHeadersBesideItOnly() throws {
    let fixture = try Fixture([
      "main.c": """
      #include "own.h"
      #include "./sub//own.h"
      #include ".ssh/id_rsa"
      #include ".hidden/x.h"
      #include "other/main.c"
      #include "link/passwd.h"

      """,
      "own.h": "", "sub/own.h": "", ".ssh/id_rsa": "secret", ".hidden/x.h": "secret", "other/main.c": "secret",
      "link": "->/etc",
    ])
    let elsewhere = try Fixture(["passwd.h": "secret"])
    try FileManager.default.removeItem(atPath: fixture.path + "/link")
    try fixture.write("link", "->" + elsewhere.path)
    let submission = try Submission(at: fixture.path + "/main.c")
    #expect(submission.files.map(\.path) == ["main.c", "own.h", "sub/own.h"])
  }
}
