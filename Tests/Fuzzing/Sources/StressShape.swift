// SPDX-License-Identifier: Apache-2.0

/// A text that is made of one piece, again and again: what turns a reader that looks back, or that looks ahead too far, into a slow one.
struct StressShape {
  /// What it begins with.
  var prefix = ""
  /// What is repeated.
  var unit: [UInt8]
  /// What it ends with.
  var suffix = ""

  /// What a failure calls it.
  var name: String { "\(prefix)[\(String(decoding: unit, as: UTF8.self))]…\(suffix)".debugDescription }

  /// The text.
  /// - Parameter count: its length in bytes, exactly.
  func bytes(_ count: Int) -> [UInt8] {
    var bytes = Array(prefix.utf8)
    let end = Array(suffix.utf8)
    while bytes.count + unit.count + end.count <= count { bytes += unit }
    bytes += end
    return bytes + [UInt8](repeating: UInt8(ascii: " "), count: count - bytes.count)
  }

  init(_ unit: String, after prefix: String = "", before suffix: String = "") {
    (self.prefix, self.unit, self.suffix) = (prefix, Array(unit.utf8), suffix)
  }

  init(_ unit: [UInt8]) {
    self.unit = unit
  }
}

extension FuzzedReader {
  /// The shapes that a reader is tried with.
  var shapes: [StressShape] { Self.common + own }

  /// Those for every reader: one character, one line, no line, marks that open and are not closed, and what is more than one byte or one scalar.
  private static let common: [StressShape] =
    [
      "a", "A", "0", "_", " ", "\t", "\n", "\r\n", "\r", "/", "/a", "/a/", "//", "(", "[", "{", "<", "\"", "'", "`",
      "\\",
      "\"\\", "\\\"", "''", "\"a\" ", "a\n", "a \n", " \n", "a: ", "- ", "-", ":", ";", ",", ".", "..", "#", "# ", "$",
      "${",
      "${a.b}", "$e", "%", "&", "&a ", "*a ", "=", "a=", "|", "?", "!", "~", "a,", "a\tb\t", "a b ", "1:", "\u{1b}",
      "\u{1b}[",
      "\u{1b}]", "\u{1b}[31m", "\u{1b}]8;;a", "é", "e\u{301}", "\u{301}", "\u{fe0f}", "\u{200d}", "🇦", "👩\u{200d}",
      "中", "\u{2028}", "\u{202e}", "\u{0}",
    ].map { StressShape($0) } + [[0xff], [0xc2], [0xf0, 0x9f], [0xed, 0xa0, 0x80]].map { StressShape($0) }
    + [("[", "]"), ("(", ")"), ("{", "}"), ("\"a\":{", "}")].map { StressShape($0, after: $0, before: $1) }

  /// Each word of the reader's own grammar, without its end.
  private var own: [StressShape] {
    switch self {
    case .buildLog, .buildFailure:
      [
        "/bin/ld: ", "/a/bin/ld: ", "main.c:1:2: error: x\n", "main.c:1:", "main.c:1:2: ", "main.c:1:2: error: ",
        "a:1: note: ",
        "In file included from a\n", "x is not in the bundled SDK",
        "main.c:1:2: error: #error x is not in the bundled SDK\n",
        ": No such file or directory", "undefined reference to `", "undefined reference to `a' ",
        "undefined reference to `a'\n",
        "multiple definition of `", "multiple definition of `a'\n", "a.c:1: ", "a.c:1: first defined\n", "region `",
        "region `a' overflowed by ",
        "cannot find '", "main.c:1:2: error: cannot find 'a' in scope\n", "module compiled with Swift ", "ld: a.o: ",
        "ld: a.o", " [#", " [#a]",
        "a: (", "a: x.c:(", "a-gcc: fatal error: ", "error: a command failed due to signal 9 ", "$e1a",
      ].map { StressShape($0) } + [
        StressShape("a", after: "main.c:1:2: error: "), StressShape("/a", after: "main.c:1:2: error: #error \""),
      ]
    case .idfOutput:
      [
        "[1/2] ", "[1/2] a\n", "[1/", "FAILED: ", "FAILED: a\n", "ninja: ", "__idf_main.dir/", "partition ",
        "CMake Error",
        "CMake Error at\n  error:\n", "error:\n", " binary size 0x", "input:\n", "| a\n", "set(IDF_VERSION_MAJOR ",
      ].map { StressShape($0) }
    case .names:
      [
        "$e1a", "$e1a ", "$s", "{\"Address\":\"", "0x00000000\n", "a\nb:1\n", "/main/", "/main/a:1\n", ":1", "./",
        "Swift runtime failure: ",
      ].map { StressShape($0) } + [
        StressShape("{\"Address\":\"0x1\",\"Symbol\":[]},", after: "[", before: "{\"Address\":\"\"}]"),
        StressShape("/main", after: "0x00000000\na\n/", before: ":1\n"),
      ]
    case .cmake:
      [
        "idf_component_register(", "idf_component_register", "idf_component_register (",
        "idf_component_register(SRCS main.c)",
        "idf_component_register(SRCS ", "idf_component_register(EMBED_FILES a.html)", "SRCS ", "EMBED_FILES a.html ",
        "project(", "\nproject(",
        " project", "${COMPONENT_DIR}/", "../",
      ].map { StressShape($0) } + [
        StressShape("main.c ", after: "idf_component_register(SRCS ", before: ")"),
        StressShape("a.c ", after: "idf_component_register(SRCS ", before: ")"),
        StressShape("a/", after: "idf_component_register(SRCS ", before: ")"),
        StressShape("a.html ", after: "idf_component_register(EMBED_FILES ", before: ")"),
        StressShape("a", after: "idf_component_register(EMBED_FILES ", before: ")"),
        StressShape("../", after: "idf_component_register(EMBED_FILES ", before: "a.html)"),
        StressShape("\"", after: "idf_component_register(SRCS ", before: ")"),
        StressShape("a ", after: "idf_component_register("),
      ]
    case .kconfig:
      ["config ", "config A\n", "config A\ndefault 1\n", "default 1\n", "default \"", "bool\n", "default 1 if "].map {
        StressShape($0)
      } + [
        StressShape("\\\"", after: "config A\ndefault \"", before: "\"\n"),
        StressShape("a", after: "config A\ndefault \"", before: "\"\n"),
        StressShape(" ", after: "config A\ndefault 1"), StressShape("1", after: "config A\ndefault "),
      ]
    case .sdkconfig:
      ["CONFIG_", "CONFIG_A=", "CONFIG_A=y\n", "CONFIG_A=?\n", "# CONFIG_", "# CONFIG_A is not set\n", "CONFIG_A=\""]
        .map {
          StressShape($0)
        } + [
          StressShape("\\\"", after: "CONFIG_A=\"", before: "\"\n"),
          StressShape("a", after: "CONFIG_A=\"", before: "\"\n"),
          StressShape(
            "a", after: "CONFIG_PARTITION_TABLE_CUSTOM=y\nCONFIG_PARTITION_TABLE_CUSTOM_FILENAME=\"", before: "\"\n"),
          StressShape(" ", after: "CONFIG_A=1"), StressShape("A", after: "CONFIG_"),
        ]
    case .componentManifest:
      ["dependencies:\n", "  a/b: \"1\"\n", "  path: a\n"].map { StressShape($0, after: "dependencies:\n") } + [
        StressShape("a/", after: "dependencies:\n  "), StressShape("a", after: "dependencies:\n  ", before: ": 1\n"),
      ]
    case .source:
      [
        "#include", "#include \"", "#include \"a.h\"\n", "#include \"a", "# ", "#include M\n", "incbin", "import ",
        "import Foundation\n",
        "@a import ", "a import ", "import struct ", "canImport(Foundation)", "import ESP32\n",
      ].map { StressShape($0) } + [
        StressShape("a/", after: "#include \"", before: "\"\n"),
        StressShape("../", after: "#include \"", before: "\"\n"),
      ]
    case .labPatterns, .console, .record:
      [
        "GET ", "\r\n\r\n", "a\r\n", "Host:", "\r\nhost: ", "temperature", "temperature: 25", "temperature: 25.5 ",
        "humidity: 4", "unknown ",
        "Hello\n", "10.0.2.15", "10.0.2.15:", "2.2.0.10", "connect 10", "dns ", "lookup 20", "errno 11", "Disk at 50",
        "%, 100", "50001",
        "50001 ", "I (1) a: ", "Guru Meditation Error: Core  0 panic'ed (", "task_wdt: ", "rst:0x", "assert failed: ",
        "Interrupt wdt ",
      ].flatMap { [StressShape($0), StressShape($0 + "\n")] } + [
        StressShape("a", after: String(repeating: "a", count: 1900) + "b\n"),
        StressShape("\u{1}", after: String(repeating: "\u{1}", count: 400) + "b\n"),
      ]
    case .panic:
      [
        "Guru Meditation Error: Core  0 panic'ed (", "Guru Meditation Error: Core  0 panic'ed (a)\n", "MEPC    : 0x",
        "MEPC    : 0x42000000  ",
        "A", "A ", "A : 0x", "Backtrace:", "0x42000000:0x3fc00000 ", "Stack memory:\n", "3fc91160: 0x00000000 ",
        "task_wdt: CPU 0: a\n",
        "task_wdt: Task watchdog got triggered\n", " at PC 0x", "abort() was called at PC 0x42000000\n",
        "***ERROR*** A stack overflow in task ", "Debug exception reason: ", "Stack canary watchpoint triggered (",
      ].flatMap { [StressShape($0), StressShape($0, after: "Guru Meditation Error: Core  0 panic'ed (a)\n")] }
    case .lab, .mistake:
      [
        "a:\n", "- a\n", "a: &a [*a]\n", "? ", "\"\\x41", "!!str ", "--- ", "%TAG ", "a: |\n ", "lab: 1\n", "id",
        "- {wait: 1s}\n",
      ].map { StressShape($0) } + [
        StressShape("a", before: ": 1\n"), StressShape("a\n", after: "title: "),
        StressShape("a", after: "lab: \"", before: "\"\n"),
        StressShape("{a: 1}, ", after: "checks: [", before: "]\n"),
      ]
    case .control, .qmp, .flasherArguments:
      ["{\"", "{\"a\":", "{\"a\":1}\n", "[1,", "\"\\u0041", "1e", "-", "true", "{\"event\":\"a\",\"data\":", "{}\n"].map
      { StressShape($0) }
    case .roster:
      ["id,name\n", "a,b\n", "\"\"", "\"a\"\"b\",", "a;b;"].map { StressShape($0) } + [
        StressShape("a b ", after: "id,name\n1,"), StressShape("a,A B\n", after: "id,name\n"),
      ]
    case .transcript:
      [
        "   0.001  uart    a\n", "   0.001  wire    device:1 > 2 SYN seq 1\n", "   0.001  lab     check a: A\n",
        "   0.001  lab     ",
        "   0.001  ann     connects\n", "   0.001  uart    a\tb\t\n", "   ",
      ].map { StressShape($0) }
    default: []
    }
  }
}
