// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LabFirmware

@Suite struct DependencyRuleTests {
  private func files(_ text: String, target: String = "object") -> [String]? {
    DependencyRule(Array(text.utf8), target: target)?.files
  }

  /// As gcc 12, gas 2.40 and swiftc 6.3 write them.
  @Test func readsWhatCompilersWrite() {
    #expect(files("object: main.c\n") == ["main.c"])
    #expect(
      files("object: main/main.c /usr/include/errno.h \\\n /usr/include/sys/errno.h \\\n a.h\n") == [
        "main/main.c", "/usr/include/errno.h", "/usr/include/sys/errno.h", "a.h",
      ])
    #expect(
      files("../out/0/object.o: b\\ in.bin \\\n ./x.s main.c\n", target: "../out/0/object.o")
        == ["b in.bin", "./x.s", "main.c"])
    #expect(
      files("/tmp/object.o : Main.swift /s/c\\ c\\#$$.h\n", target: "/tmp/object.o") == ["Main.swift", "/s/c c#$.h"])
    #expect(files("object: a$$b%%c:d*e(f)ü.h\n") == ["a$b%%c:d*e(f)ü.h"])
    #expect(files("object:\n") == [])
  }

  @Test(arguments: [
    "", "object", "object:", "object: a", "object: a\n\n", "object: a\nb: c\n", "other: a\n", "object a\n",
    "objects: a\n",
    "object: a#b\n", "object: a$b\n", "object: $(shell x)\n", "object: a\\b\n", "object: a\\\\ b\n", "object: a\\",
    "object: a\\\\\n", "object: a\tb\n", "object: a\rb\n", "object: a\u{0}b\n", "object: a\u{7f}\n", "object: $\n",
  ])
  func refusesWhatCouldMeanSomethingElse(text: String) {
    #expect(files(text) == nil)
  }

  @Test func refusesBytesThatAreNoText() {
    #expect(DependencyRule(Array("object: a".utf8) + [0xff, 0x0a], target: "object") == nil)
  }
}
