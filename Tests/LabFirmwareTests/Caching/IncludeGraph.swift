// SPDX-License-Identifier: Apache-2.0

/// A small program whose files take in one another in whatever ways there are. The same seed makes the same programs and the same edits.
struct IncludeGraph {
  private(set) var files: [String: String] = [:]
  private var random: SeededRandom
  /// Counts what has been made, so that no name in a file comes twice.
  private var serial = 0

  private static let folders = ["", "a/", "b/", "a/c/"]
  private static let headers = ["one.h", "two.h", "three.h", "four.c", "five.inc"]
  private static let texts = ["bytes.txt", "more.txt"]
  private static let listings = ["list.inc", "table.inc"]

  init(seed: UInt64) {
    random = SeededRandom(state: seed)
    for name in Self.texts { files[place(name)] = text() }
    for level in 0..<Self.listings.count { files[place(Self.listings[level])] = listing(below: level) }
    for level in 0..<Self.headers.count {
      files[place(Self.headers[level])] = header(below: level)
      // The same name in another folder: which one is taken depends on who asks.
      if chance(3) { files[place(Self.headers[level])] = header(below: level) }
    }
    files["main.c"] = source("main")
    files["b/other.c"] = source("other")
  }

  /// Changes something of the program: what its author may do, or what makes it another one's who has the same sources.
  mutating func edit() {
    let names = files.keys.filter { !["main.c", "b/other.c"].contains($0) }.sorted()
    switch pick(10) {
    case 0: rewrite(names[pick(names.count)])
    case 1, 7, 8, 9: for name in names { rewrite(name) }
    case 2: rewrite(["main.c", "b/other.c"][pick(2)])
    // A file that hides another one, or is found where none was.
    case 3: rewrite(place((Self.headers + Self.texts + Self.listings + ["new.h"])[pick(10)]))
    case 4: files[names[pick(names.count)]] = nil
    case 5:
      let (one, other) = (names[pick(names.count)], names[pick(names.count)])
      (files[one], files[other]) = (files[other], files[one])
    default: files["new.h"] = files["new.h"] == nil ? "#define NEW \(pick(1000))\n" : nil
    }
  }

  private mutating func rewrite(_ path: String) {
    let name = String(path.split(separator: "/").last ?? "")
    files[path] =
      switch name {
      case "main.c": source("main")
      case "other.c": source("other")
      case _ where Self.texts.contains(name): text()
      case _ where Self.listings.contains(name): listing(below: Self.listings.firstIndex(of: name) ?? 0)
      case "new.h": "#undef NEW\n#define NEW \(pick(1000))\n"
      default: header(below: Self.headers.firstIndex(of: name) ?? 0)
      }
  }

  private mutating func source(_ name: String) -> String {
    let values = Self.headers.indices.map { "VALUE\($0)" } + ["NEW"]
    let defaults = values.map { "#ifndef \($0)\n#define \($0) 0\n#endif\n" }.joined()
    var text = "#include \"uart.h\"\n"
    for _ in 0..<(2 + pick(3)) { text += inclusion(Self.headers[pick(Self.headers.count)]) }
    text += "#if __has_include(<new.h>)\n" + inclusion("new.h") + "#endif\n"
    if chance(4) { text += "static int not_used_\(name);\n" }
    let assembly = pick(4) > 0 ? taken(by: name) : "\".byte 0\\n\""
    text +=
      defaults + """
        __asm__(".section .rodata.taken_\(name),\\"a\\"\\ntaken_\(name):\\n" \(assembly) ".byte 0\\n.text\\n");
        extern const char taken_\(name)[];
        static const int values[] = { \(values.joined(separator: ", ")) };
        void \(name == "main" ? "app_main" : "run_\(name)")(void) {
          uart_print(taken_\(name)); uart_print((const char *)values); uart_print(__FILE__);
        \(name == "main" ? "  void run_other(void); run_other();\n" : "")}

        """
    return text
  }

  private mutating func header(below level: Int) -> String {
    var text = chance(2) ? "#pragma once\n" : ""
    if level > 0, chance(2) { text += inclusion(Self.headers[pick(level)]) }
    return text + "#undef VALUE\(level)\n#define VALUE\(level) \(pick(1000))\n"
  }

  private mutating func listing(below level: Int) -> String {
    switch pick(level > 0 ? 3 : 2) {
    case 0: ".byte \(pick(200)), \(pick(200))\n"
    case 1: ".incbin \"\(where_(Self.texts[pick(2)]))\"\n"
    default: ".macro take\(level)\n.include \"\(where_(Self.listings[0]))\"\n.endm\ntake\(level)\n"
    }
  }

  private mutating func text() -> String { "text \(pick(1000))\n" }

  private mutating func taken(by name: String) -> String {
    switch pick(3) {
    case 0: "\".include \\\"\(where_(Self.listings[pick(2)]))\\\"\\n\""
    case 1: "\".incbin \\\"\(where_(Self.texts[pick(2)]))\\\"\\n\""
    default: "\".inc\" \"bin \\\"\(where_(Self.texts[pick(2)]))\\\",1,3\\n\""
    }
  }

  /// A directive that takes in a header, in one of its spellings.
  private mutating func inclusion(_ name: String) -> String {
    serial += 1
    let path = chance(3) ? where_(name) : name
    return switch pick(13) {
    case 0: "#include \"\(path)\"\n"
    case 1: "#include <\(path)>\n"
    case 2: "#import \"\(path)\"\n"
    case 3: "#inc\\\nlude \"\(path)\"\n"
    case 4: "%:include <\(path)>\n"
    case 5: "# /* a\ncomment */ include /**/ \"\(path)\" // and more\n"
    case 6: "#define NAME\(serial) <\(path)>\n#include NAME\(serial)\n"
    case 7:
      "#define QUOTED\(serial)(x) #x\n#define SHOWN\(serial)(x) QUOTED\(serial)(x)\n#include SHOWN\(serial)(\(path))\n"
    case 8: "#if __has_include(\"\(path)\")\n#include \"\(path)\"\n#else\n#include <\(name)>\n#endif\n"
    case 9: "#include_next <\(name)>\n"
    case 10: "#include \"../source/\(where_(name))\"\n"
    case 11: "#ifdef __has_include\n#if __has_include(<none/\(name)>)\n#error\n#endif\n#endif\n#include \"./\(path)\"\n"
    default: "_Pragma(\"GCC dependency \\\"\(path)\\\"\")\n#include <./\(path)>\n"
    }
  }

  /// A place where a file of that name is, or might be.
  private mutating func where_(_ name: String) -> String {
    let known = files.keys.filter { $0 == name || $0.hasSuffix("/" + name) }.sorted()
    return known.isEmpty || chance(8) ? place(name) : known[pick(known.count)]
  }

  private mutating func place(_ name: String) -> String { Self.folders[pick(Self.folders.count)] + name }
  private mutating func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
  private mutating func chance(_ oneIn: Int) -> Bool { pick(oneIn) == 0 }
}

/// SplitMix64.
struct SeededRandom {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
