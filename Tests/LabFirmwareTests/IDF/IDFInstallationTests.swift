// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabFirmware

@Suite struct IDFInstallationTests {
  /// The error for an environment; it always says what to type, and is the caller's to mend.
  private func problem(_ environment: [String: String]) throws -> LabError {
    let error = try #require(throws: LabError.self) { try IDFInstallation(environment: environment) }
    #expect(error.isUsage)
    #expect(error.remedy != nil)
    return error
  }

  @Test func takesIDF_PATH() throws {
    let idf = try FakeIDF()
    let found = try IDFInstallation(environment: idf.environment)
    #expect(found.path == idf.fixture.path + "/idf")
    #expect(found.version == IDFVersion(5, 4, 1))
    #expect(found.environment["SECRET"] == nil)
  }

  @Test func takesTheFolderOfIdfPy() throws {
    let idf = try FakeIDF()
    chmod(idf.fixture.path + "/idf/tools/idf.py", 0o755)
    var environment = idf.environment
    environment["IDF_PATH"] = nil
    environment["PATH", default: ""] += ":" + idf.fixture.path + "/idf/tools"
    #expect(try IDFInstallation(environment: environment).path == idf.fixture.path + "/idf")
  }

  @Test func saysThatThereIsNone() throws {
    #expect(try problem(["PATH": "/usr/bin"]).code == "idf.missing")
  }

  @Test func refusesAnotherFolder() throws {
    let other = try Fixture(["README": ""])
    let error = try problem(["IDF_PATH": other.path])
    #expect(error.code == "idf.notIDF")
    #expect(error.message.contains(other.path))
  }

  @Test(arguments: [[4, 4, 7], [5, 0, 9], [7, 0, 0]]) func refusesVersions(_ version: [Int]) throws {
    let idf = try FakeIDF(version: version)
    let error = try problem(idf.environment)
    #expect(error.code == "idf.version")
    #expect(error.message.contains("v\(version[0]).\(version[1])"))
  }

  @Test(arguments: [[5, 1, 0], [5, 5, 4], [6, 0, 2], [6, 9, 0]]) func takesVersions(_ version: [Int]) throws {
    let idf = try FakeIDF(version: version)
    #expect(try IDFInstallation(environment: idf.environment).version.major == version[0])
  }

  @Test func refusesAVersionThatCannotBeTold() throws {
    let idf = try FakeIDF(extra: ["idf/tools/cmake/version.cmake": "# nothing\n"])
    #expect(try problem(idf.environment).code == "idf.notIDF")
  }

  @Test func saysThatTheExportScriptWasNotSourced() throws {
    let idf = try FakeIDF()
    var environment = idf.environment
    environment["IDF_PYTHON_ENV_PATH"] = nil
    let error = try problem(environment)
    #expect(error.code == "idf.notExported")
    #expect(error.remedy?.contains(". \(idf.fixture.path)/idf/export.sh") == true)
  }

  @Test func saysThatPythonIsGone() throws {
    let idf = try FakeIDF()
    var environment = idf.environment
    environment["IDF_PYTHON_ENV_PATH"] = idf.fixture.path + "/gone"
    #expect(try problem(environment).remedy?.contains("install.sh") == true)
  }

  @Test(arguments: Chip.allCases) func findsTheToolsOfAChip(_ chip: Chip) throws {
    let idf = try FakeIDF()
    var installation = try IDFInstallation(environment: idf.environment)
    #expect(try installation.tools(for: chip).compiler == "\(idf.fixture.path)/tools/bin/\(chip.idfToolPrefix)gcc")
    installation.environment["PATH"] = "/nowhere"
    let error = try #require(throws: LabError.self) { try installation.tools(for: chip) }
    #expect(error.message.contains(chip.idfToolPrefix + "gcc"))
    #expect(error.remedy?.contains("install.sh \(chip.rawValue)") == true)
  }

  @Test func showsTheSandboxWhatABuildNeeds() throws {
    let idf = try FakeIDF(extra: ["base/bin/": "", "venv/pyvenv.cfg": "x = y\n"])
    try idf.fixture.write("venv/pyvenv.cfg", "include = false\nhome = \(idf.fixture.path)/base/bin\n")
    let installation = try IDFInstallation(environment: idf.environment)
    let folders = installation.folders(try installation.tools(for: .esp32c3))
    for name in ["idf", "venv", "tools", "base"] { #expect(folders.contains("\(idf.fixture.path)/\(name)")) }
    #expect(!folders.contains(idf.fixture.path))
    #expect(!folders.contains { $0 == "/" || $0.hasPrefix("/usr") })
  }

  @Test func quotesPathsForTheShell() {
    #expect(IDFInstallation.quoted("/opt/esp-idf_v5.1") == "/opt/esp-idf_v5.1")
    #expect(IDFInstallation.quoted("/my idf's") == #"'/my idf'\''s'"#)
  }
}
