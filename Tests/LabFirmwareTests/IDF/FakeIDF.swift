// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

@testable import LabFirmware

/// A folder that looks like ESP-IDF with its tools, as far as a build sees it: `idf.py` takes the real one's arguments, and Ninja prints
/// and leaves what the real one does. Neither compiles anything.
final class FakeIDF: Sendable {
  let fixture: Fixture

  /// - Parameters:
  ///   - version: the version's three numbers.
  ///   - extra: further files, or other ones in place of those here.
  init(version: [Int] = [5, 4, 1], extra: [String: String] = [:]) throws {
    let names = ["MAJOR", "MINOR", "PATCH"]
    var files = [
      "idf/tools/cmake/version.cmake": zip(names, version).map { "set(IDF_VERSION_\($0) \($1))\n" }.joined(),
      "idf/tools/idf.py": Self.idfPy,
      // Stands for Python, and is a link as in a real environment: the scripts here are the shell's.
      "venv/bin/python": "->/bin/sh",
      "tools/bin/cmake": "#!/bin/sh\n", "tools/bin/ninja": Self.ninja,
    ]
    for chip in Chip.allCases { files["tools/bin/\(chip.idfToolPrefix)gcc"] = "#!/bin/sh\n" }
    files.merge(extra) { $1 }
    fixture = try Fixture(files)
    for name in files.keys where name.hasPrefix("tools/bin/") {
      chmod(fixture.path + "/" + name, 0o755)
    }
  }

  /// The environment after `export.sh`.
  var environment: [String: String] {
    [
      "IDF_PATH": fixture.path + "/idf", "IDF_PYTHON_ENV_PATH": fixture.path + "/venv",
      "IDF_TOOLS_PATH": fixture.path + "/none", "PATH": fixture.path + "/tools/bin:/usr/bin:/bin", "SECRET": "x",
    ]
  }

  /// Writes down how it was called, and what it would hand to Ninja: the project's name and folder.
  private static let idfPy = #"""
    test "$PYTHON" = "$IDF_PYTHON_ENV_PATH/bin/python" -a "$HOME" = /tmp -a -z "$SECRET" || exit 7
    echo "$*" >>"$5/calls.txt"
    test "$1" = --no-hints -a "$2" = -C -a "$4" = -B || exit 8
    if grep -q refuse "$3/sdkconfig.defaults"; then echo "CMake Error: refused" >&2; exit 1; fi
    case "$*" in *" reconfigure") ;; *) exit 9 ;; esac
    sed -n 's/^project(\(.*\))$/\1/p' "$3/CMakeLists.txt" >"$5/build.ninja"
    echo "$3" >>"$5/build.ninja"
    echo "$*" | sed 's/.*IDF_TARGET=\([a-z0-9]*\).*/\1/' >>"$5/build.ninja"
    touch "$5/sdkconfig"

    """#

  private static let ninja = #"""
    #!/bin/sh
    cd "$2" || exit 1
    echo "${3-all}${4+ $4}" >>targets.txt
    script=esp-idf/esp_system/ld/sections.ld
    library=esp-idf/main/libmain.a
    if [ "$3 $4" = "-t query" ]; then
      printf '%s:\n  input: CUSTOM_COMMAND\n    %s\n    | sdkconfig\n    || later\n  outputs:\n    x.elf\n' "$script" "$library"
    fi
    if [ "$3" = -t ]; then exit; fi
    mkdir -p esp-idf/main esp-idf/esp_system/ld
    { read -r name; read -r project; read -r chip; } <build.ninja
    source=$(ls "$project"/source/*.c "$project"/source/*/*.c 2>/dev/null | head -n 1)
    object=esp-idf/main/CMakeFiles/__idf_main.dir/__/source/main.c.obj
    echo "[1/4] Building C object esp-idf/log/CMakeFiles/__idf_log.dir/log.c.obj"
    echo "log.c:1:1: warning: nobody wants to know"
    if grep -q BAD_TABLE "$source"; then
      echo "FAILED: partition_table/partition-table.bin"
      echo "cd build && python gen_esp32part.py -q partitions.csv partition-table.bin"
      echo "Error at line 1: too few columns"
      echo "ninja: build stopped: subcommand failed."
      exit 1
    fi
    if grep -q BREAK_IDF "$source"; then
      echo "FAILED: esp-idf/log/CMakeFiles/__idf_log.dir/log.c.obj"
      echo "gcc -c log.c"
      echo "log.c:1:1: error: ESP-IDF is broken"
      echo "ninja: build stopped: subcommand failed."
      exit 1
    fi
    if grep -q FOREVER "$source"; then sleep 600 & echo $! >sleeper; sleep 600; fi
    test "$3" = app || echo "[2/4] Building C object $object"
    if grep -q ENDLESS "$source"; then
      echo "FAILED: [code=1] $object "
      echo "gcc -c $source"
      echo "gcc: fatal error: CPU time limit exceeded signal terminated program cc1"
      exit 1
    fi
    if grep -q MISTAKE "$source"; then
      echo "FAILED: [code=1] $object "
      echo "gcc -c $source"
      shown=../project${source#"$project"}
      printf '%s: In function \033[01mapp_main\033[m:\n' "$shown"
      echo "$shown:3:5: error: 'x' undeclared (first use in this function)"
      echo "ninja: build stopped: subcommand failed."
      exit 1
    fi
    test "$3" != app && grep -q WARNING "$source" && echo "$source:2:7: warning: unused variable 'y' [-Wunused-variable]"
    if [ "$3" != app ]; then touch later "$library"; fi
    if [ "$3" = "$library" ]; then exit; fi
    if [ ! -e "$script" ] || [ "$library" -nt "$script" ]; then grep -o 'libmain[.]a' "$source" >"$script"; touch remade; fi
    if grep -q UNDEFINED "$source"; then
      echo "[3/4] Linking CXX executable $name.elf"
      echo "FAILED: $name.elf "
      echo "g++ -o $name.elf"
      echo "/opt/t/bin/../lib/gcc/bin/ld: esp-idf/main/libmain.a(main.c.obj): in function \`app_main':"
      echo "././main.c:4: undefined reference to \`helper'"
      echo "collect2: error: ld returned 1 exit status"
      exit 1
    fi
    echo "[4/4] cd build && python check_sizes.py --offset 0x8000 partition --type app partitions.bin $name.bin"
    echo "$name.bin binary size 0x10 bytes. Smallest app partition is 0x100000 bytes."
    if [ -z "$3" ]; then
      mkdir -p bootloader
      printf boot >bootloader/bootloader.bin
    fi
    printf parts >partitions.bin
    printf program >"$name.bin"
    printf elf >"$name.elf"
    offset=0x0
    test "$chip" = esp32 && offset=0x1000
    cat >flasher_args.json <<END
    { "flash_settings": { "flash_size": "4MB" },
      "flash_files": { "$offset": "bootloader/bootloader.bin", "0x8000": "partitions.bin", "0x10000": "$name.bin" },
      "extra_esptool_args": { "chip": "$chip" } }
    END

    """#
}
