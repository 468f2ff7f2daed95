// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

@testable import LabFirmware

/// A compiler that something hostile has taken over: it runs a script of the test's in place of its own work.
final class FakeTools: Sendable {
  let fixture: Fixture

  /// - Parameters:
  ///   - compiling: what it does in place of compiling; `$object` is the path of the object that it was told to make.
  ///   - linking: what it does in place of linking; `$object` is the path of the program.
  ///   - copying: what `objcopy` does; `$1` to `$4` are its arguments.
  init(compiling: String, linking: String = "exec \(real) \"$@\"", copying: String = "exec \(realCopy) \"$@\"") throws {
    fixture = try Fixture([
      "bin/\(Toolchain.prefix)gcc": """
      #!/bin/bash
      arguments=("$@")
      for ((i = 0; i < $#; i++)); do
        case "${arguments[i]}" in -o) object=${arguments[i + 1]} ;; -c) compiling=1 ;; esac
      done
      if [ "$compiling" ]; then
      \(compiling)
      else
      \(linking)
      fi

      """,
      "bin/\(Toolchain.prefix)objcopy": "#!/bin/bash\n\(copying)\n",
    ])
    for name in ["gcc", "objcopy"] { chmod("\(fixture.path)/bin/\(Toolchain.prefix)\(name)", 0o755) }
  }

  /// The real ones.
  static let real = (try? Toolchain.tool("gcc")) ?? ""
  static let realCopy = (try? Toolchain.tool("objcopy")) ?? ""

  /// The folders in which the tools are looked for.
  var path: String { fixture.path + "/bin" }
}
