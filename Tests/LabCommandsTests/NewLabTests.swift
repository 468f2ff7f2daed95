// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabCommands

@Suite struct NewLabTests {
  /// A checkout with one lab and the template of new ones.
  private func fixture() throws -> Fixture {
    let fixture = try Fixture()
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
    try FileManager.default.copyItem(
      at: checkout.appending(path: "labs/template"), to: fixture.root.appending(path: "labs/template"))
    return fixture
  }

  @Test func makesALabThatIsValid() async throws {
    let fixture = try fixture()
    let outcome = await fixture.run("new-lab", "08-chat-server")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.output.contains("Made labs/08-chat-server and firmware/08-chat-server."))
    #expect(await fixture.run("validate").code == 0)
    let lab = try LabLibrary(root: fixture.root).lab(named: "8")
    #expect(lab.name == "chat-server" && lab.title == "Chat server" && lab.firmware == "08-chat-server")
    #expect(lab.points == 100)
  }

  @Test func leavesNoPlaceholders() async throws {
    let fixture = try fixture()
    _ = await fixture.run("new-lab", "greeter", "--title", "Says hello")
    for folder in ["labs/greeter", "firmware/greeter"] {
      let root = fixture.root.appending(path: folder)
      for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
        guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8) else { continue }
        #expect(!text.contains(/@[A-Z]+@/), "\(path)")
      }
    }
    #expect(try LabLibrary(root: fixture.root).lab(named: "greeter").title == "Says hello")
  }

  @Test(arguments: ["09-other", "sample", "09-sample"]) func refusesWhatIsThere(name: String) async throws {
    let fixture = try fixture()
    let outcome = await fixture.run("new-lab", name)
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("there is a lab '9' already: sample"))
    #expect(!FileManager.default.fileExists(atPath: fixture.root.appending(path: "labs/09-other").path))
  }

  @Test func writesOverNothing() async throws {
    let fixture = try fixture()
    try fixture.write("mine", to: "firmware/07-mine/main.c")
    let outcome = await fixture.run("new-lab", "07-mine")
    #expect(outcome.code == 64)
    #expect(outcome.errors.contains("firmware/07-mine is there already"))
    #expect(!FileManager.default.fileExists(atPath: fixture.root.appending(path: "labs/07-mine").path))
  }

  @Test(arguments: ["Greeter", "a_b", "08", "-a", "a--b", "../a", "a/b", ""]) func refusesAName(name: String) {
    let error = #expect(throws: LabError.self) { try LabTemplate.Names(folder: name, title: nil) }
    #expect(error?.isUsage == true)
  }

  @Test(arguments: [
    ("08-chat-server", "8", "chat-server", "Chat server"), ("greeter", "greeter", "greeter", "Greeter"),
  ])
  func makesNamesFromTheFoldersName(folder: String, id: String, name: String, title: String) throws {
    let names = try LabTemplate.Names(folder: folder, title: nil)
    #expect(names.id == id && names.name == name && names.title == title)
  }
}
