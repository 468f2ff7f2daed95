// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox
import Testing

@testable import LabFirmware

/// Builds with a stand-in for ESP-IDF.
@Suite(.timeLimit(.minutes(120))) struct IDFBuilderTests {
  let idf: FakeIDF
  let cache: Fixture
  let output: Fixture

  init() throws {
    idf = try FakeIDF()
    cache = try Fixture()
    output = try Fixture()
  }

  func builder(
    _ chip: Chip = .esp32c3, timeout: Duration = .seconds(900), isolation: Sandbox.Isolation = .bubblewrap,
    firmware: String = "/nowhere"
  ) throws -> IDFBuilder {
    IDFBuilder(
      installation: try IDFInstallation(environment: idf.environment), chip: chip, firmware: firmware,
      cache: cache.path,
      sandbox: try Sandbox(isolation: isolation), timeout: timeout)
  }

  func folders() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: cache.path + "/idf").filter { !$0.hasSuffix(".lock") }
      .map { "\(cache.path)/idf/\($0)" }
  }

  /// What a stand-in has noted in the one folder, a line a call: `idf.py` in `calls.txt`, Ninja in `targets.txt`.
  func noted(_ file: String) throws -> [String] {
    let folder = try #require(try folders().first)
    return try String(contentsOfFile: "\(folder)/build/\(file)", encoding: .utf8).split(separator: "\n").map(
      String.init)
  }

  @Test(arguments: Chip.allCases, [Sandbox.Isolation.bubblewrap, .none])
  func makesAnImage(chip: Chip, isolation: Sandbox.Isolation) async throws {
    let fixture = try Fixture(["a.c": "void app_main(void) {}\n"])
    let image = try await builder(chip, isolation: isolation).build(fixture.path + "/a.c", into: output.path)
    let flash = try #require(FileManager.default.contents(atPath: image.flash))
    #expect(flash.count == 4 << 20)
    #expect(flash[chip.bootloaderOffset...].starts(with: "boot".utf8))
    #expect(flash[0x10000...].starts(with: "program".utf8))
    #expect(FileManager.default.contents(atPath: image.elf) == Data("elf".utf8))
    #expect(image.log.plain.isEmpty)
  }

  @Test func keepsProjectsAndChipsApart() async throws {
    let fixture = try Fixture(["a.c": "", "b.c": ""])
    for chip in [Chip.esp32c3, .esp32] {
      for name in ["a.c", "b.c"] { _ = try await builder(chip).build("\(fixture.path)/\(name)", into: output.path) }
    }
    #expect(try folders().count == 4)
  }

  @Test func runsNothingOfTheSubmissionsCMake() async throws {
    let evil = "execute_process(COMMAND touch /tmp/x)\n"
    let fixture = try Fixture([
      "CMakeLists.txt": evil, "main/CMakeLists.txt": evil + "idf_component_register(SRCS main.c)", "main/main.c": "",
      "main/more.cmake": evil, "components/x/CMakeLists.txt": evil, "components/x/x.c": "",
    ])
    _ = try await builder().build(fixture.path, into: output.path)
    let project = try #require(try folders().first) + "/project"
    for name in try #require(FileManager.default.enumerator(atPath: project)?.allObjects as? [String]) {
      let text = try? String(contentsOfFile: "\(project)/\(name)", encoding: .utf8)
      #expect(text?.contains("execute_process") != true, "\(name)")
    }
    let component = try String(contentsOfFile: project + "/main/CMakeLists.txt", encoding: .utf8)
    #expect(component.contains("\"../source/main/main.c\""))
    #expect(component.contains("\"../source/components/x/x.c\""))
  }

  @Test(arguments: ["a\"b.c", "a;b.c", "${X}.c", "a\\.c", "a\nb.c"])
  func refusesNamesThatMeanSomethingToCMake(_ name: String) async throws {
    let fixture = try Fixture([name: ""])
    let failure = await #expect(throws: BuildFailure.self) {
      try await builder().build(fixture.path, into: output.path)
    }
    #expect(failure?.message.contains("character") == true)
  }

  @Test func takesTheStudentsOptionsAndNotTheBoards() async throws {
    let fixture = try Fixture([
      "main/main.c": "", "CMakeLists.txt": "project(x)", "main/Kconfig.projbuild": "config MY_PORT\n int\n default 7\n",
      "sdkconfig.defaults":
        "CONFIG_LWIP_MAX_SOCKETS=12\nCONFIG_FREERTOS_UNICORE=y\n# CONFIG_A is not set\nCONFIG_SECURE_BOOT=y\n",
    ])
    let image = try await builder().build(fixture.path, into: output.path)
    let project = try #require(try folders().first) + "/project"
    let defaults = try String(contentsOfFile: project + "/sdkconfig.defaults", encoding: .utf8)
    for line in ["CONFIG_LWIP_MAX_SOCKETS=12\n", "CONFIG_FREERTOS_UNICORE=y\n", "CONFIG_A=n\n", "FLASHSIZE_4MB=y\n"] {
      #expect(defaults.contains(line))
    }
    #expect(!defaults.contains("SECURE_BOOT"))
    #expect(image.notes == ["CONFIG_SECURE_BOOT was left out: it is about a board, and the lab's decides that"])
    let header = try String(contentsOfFile: project + "/config/sdkconfig_project.h", encoding: .utf8)
    #expect(header.contains("#ifndef CONFIG_MY_PORT\n#define CONFIG_MY_PORT 7\n"))
  }

  @Test func takesTheStudentsPartitionTableAndFlash() async throws {
    let table = "factory, app, factory, 0x10000, 3M\n"
    let fixture = try Fixture([
      "main/main.c": "", "CMakeLists.txt": "project(x)", "own.csv": table,
      "sdkconfig.defaults":
        "CONFIG_PARTITION_TABLE_CUSTOM=y\nCONFIG_PARTITION_TABLE_CUSTOM_FILENAME=\"own.csv\"\nCONFIG_ESPTOOLPY_FLASHSIZE_8MB=y\n",
    ])
    let image = try await builder().build(fixture.path, into: output.path)
    #expect(image.notes == [])
    let project = try #require(try folders().first) + "/project"
    #expect(try String(contentsOfFile: project + "/partitions.csv", encoding: .utf8) == table)
    let defaults = try String(contentsOfFile: project + "/sdkconfig.defaults", encoding: .utf8)
    #expect(defaults.contains("CONFIG_PARTITION_TABLE_CUSTOM=y\n"))
    #expect(defaults.contains("CONFIG_PARTITION_TABLE_CUSTOM_FILENAME=\"partitions.csv\"\n"))
    #expect(defaults.contains("FLASHSIZE_8MB=y\n"))
    #expect(!defaults.contains("FLASHSIZE_4MB"))
  }

  /// Kconfig made a choice of it in v5.4.
  @Test(arguments: [
    ([5, 1, 4], "ARP_CHECK=n"), ([5, 4, 0], "NOT_CHECK_OFFERED_IP=y"), ([6, 0, 1], "NOT_CHECK_OFFERED_IP=y"),
  ])
  func doesNotAskWhoHasTheAddressUnlessToldTo(_ version: [Int], _ option: String) throws {
    let fixture = try Fixture(["main/main.c": "", "CMakeLists.txt": "project(x)"])
    func defaults() throws -> String {
      let project = IDFProject(
        submission: try Submission(at: fixture.path), folder: "/p", build: "/b", components: [], chip: .esp32c3,
        version: IDFVersion(version[0], version[1], version[2]))
      return String(decoding: try project.files()["sdkconfig.defaults"] ?? [], as: UTF8.self)
    }
    #expect(try defaults().contains("CONFIG_LWIP_DHCP_DOES_\(option)\n"))
    try fixture.write("sdkconfig.defaults", "CONFIG_LWIP_DHCP_DOES_ARP_CHECK=y\n")
    #expect(try defaults().contains("CONFIG_LWIP_DHCP_DOES_ARP_CHECK=y\n"))
    #expect(try !defaults().contains("CONFIG_LWIP_DHCP_DOES_\(option)\n"))
  }

  @Test func embedsFiles() async throws {
    let fixture = try Fixture([
      "main/main.c": "", "CMakeLists.txt": "project(x)", "main/a.bin": "x", "web/b.html": "y",
      "main/CMakeLists.txt":
        "idf_component_register(SRCS \"main.c\" EMBED_FILES a.bin EMBED_TXTFILES \"${PROJECT_DIR}/web/b.html\")",
    ])
    _ = try await builder().build(fixture.path, into: output.path)
    let project = try #require(try folders().first) + "/project"
    let component = try String(contentsOfFile: project + "/main/CMakeLists.txt", encoding: .utf8)
    #expect(component.contains("EMBED_FILES \"../source/main/a.bin\""))
    #expect(component.contains("EMBED_TXTFILES \"../source/web/b.html\""))
    #expect(try String(contentsOfFile: project + "/source/main/a.bin", encoding: .utf8) == "x")
  }

  @Test func namesAFewOfTheOptionsThatWereLeftOut() async throws {
    let options = (1...9).map { "CONFIG_SECURE_\($0)=y\n" }.joined()
    let fixture = try Fixture(["main/main.c": "", "CMakeLists.txt": "project(x)", "sdkconfig": options])
    let notes = try await builder().build(fixture.path, into: output.path).notes
    #expect(notes.count == 1)
    #expect(notes.first?.hasSuffix("CONFIG_SECURE_3, CONFIG_SECURE_4 and 5 others") == true)
  }

  @Test func addsTheCoursesComponents() async throws {
    let firmware = try Fixture(["components/esp_wifi/": "", "sdk/components/connect_wifi_sta/": ""])
    let fixture = try Fixture(["a.c": ""])
    _ = try await builder(firmware: firmware.path).build(fixture.path, into: output.path)
    let project = try #require(try folders().first) + "/project/CMakeLists.txt"
    let text = try String(contentsOfFile: project, encoding: .utf8)
    #expect(
      text.contains(
        "EXTRA_COMPONENT_DIRS \"\(firmware.path)/components\" \"\(firmware.path)/sdk/components/connect_wifi_sta\""))
  }

  @Test(arguments: [
    ("#include \"protocol_examples_common.h\"\n", "CONFIG_EXAMPLE_CONNECT_IPV6=y\n", true, "y"),
    ("#include \"protocol_examples_common.h\"\n", "", true, "n"), ("", "", false, nil),
  ])
  func addsTheExamplesComponentWhereItIsUsed(source: String, options: String, isAdded: Bool, ipv6: String?) async throws
  {
    let idf = try FakeIDF(extra: ["idf/examples/common_components/protocol_examples_common/CMakeLists.txt": ""])
    let fixture = try Fixture(["CMakeLists.txt": "project(x)", "main/main.c": source, "sdkconfig.defaults": options])
    var builder = try builder()
    builder.installation = try IDFInstallation(environment: idf.environment)
    _ = try await builder.build(fixture.path, into: output.path)
    let project = try #require(try folders().first) + "/project"
    let text = try String(contentsOfFile: project + "/CMakeLists.txt", encoding: .utf8)
    let component = "\"\(builder.installation.path)/examples/common_components/protocol_examples_common\""
    #expect(text.contains(component) == isAdded, "\(text)")
    let defaults = try String(contentsOfFile: project + "/sdkconfig.defaults", encoding: .utf8)
    #expect(
      defaults.split(separator: "\n").filter { $0.hasPrefix("CONFIG_EXAMPLE_CONNECT_IPV6=") }
        == ipv6.map { ["CONFIG_EXAMPLE_CONNECT_IPV6=\($0)"] } ?? [])
  }

  @Test func waitsForAnotherRunOfTheSameProject() async throws {
    let fixture = try Fixture(["a.c": ""])
    async let first = builder().build(fixture.path, into: output.path)
    let other = try Fixture()
    _ = try await builder().build(fixture.path, into: other.path)
    _ = try await first
    #expect(try noted("calls.txt").count == 1)
  }
}
