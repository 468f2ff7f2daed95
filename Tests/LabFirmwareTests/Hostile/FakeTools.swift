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
  init(compiling: String, linking: String = "exec \(realLinker) \"$@\"", copying: String = "exec \(realCopy) \"$@\"")
    throws
  {
    fixture = try Fixture([
      "bin/\(Toolchain.prefix)gcc": "\(Self.start)\(compiling)\n",
      "bin/\(Toolchain.prefix)ld": "\(Self.start)\(linking)\n",
      "bin/\(Toolchain.prefix)objcopy": "#!/bin/bash\n\(copying)\n",
    ])
    for name in ["gcc", "ld", "objcopy"] { chmod("\(fixture.path)/bin/\(Toolchain.prefix)\(name)", 0o755) }
  }

  /// Finds out what the tool is to make.
  private static let start = """
    #!/bin/bash
    arguments=("$@")
    for ((i = 0; i < $#; i++)); do
      if [ "${arguments[i]}" = -o ]; then object=${arguments[i + 1]}; fi
    done

    """

  /// The real ones.
  static let real = (try? Toolchain.tool("gcc")) ?? ""
  static let realLinker = (try? Toolchain.tool("ld")) ?? ""
  static let realCopy = (try? Toolchain.tool("objcopy")) ?? ""

  /// The folders in which the tools are looked for.
  var path: String { fixture.path + "/bin" }
}
