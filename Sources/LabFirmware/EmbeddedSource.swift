// SPDX-License-Identifier: Apache-2.0

extension Submission {
  /// The submission with its embedded files as a source in C, for a build that has no rule for them. The names are those that ESP-IDF gives
  /// (`tools/cmake/scripts/data_file_embed_asm.cmake`).
  var withEmbeddedFilesAsSource: Submission {
    guard !extras.embedded.isEmpty, language == .c else { return self }
    var submission = self
    // No file of a submission is called so: what begins with a dot is not read.
    let name = ".lab/embedded_files.c"
    let text = extras.embedded.map { embedded in
      assembly(of: files.first { $0.path == embedded.path }?.contents ?? [], embedded)
    }.joined()
    submission.sources.append(name)
    submission.files.append(File(path: name, contents: Array(text.utf8)))
    return submission
  }

  private func assembly(of contents: [UInt8], _ embedded: ProjectExtras.EmbeddedFile) -> String {
    // CMake's MAKE_C_IDENTIFIER.
    let identifier = String(
      (embedded.path.split(separator: "/").last ?? "").unicodeScalars.map { scalar -> Character in
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) ? Character(scalar) : "_"
      })
    let name = identifier.first?.isNumber == true ? "_" + identifier : identifier
    let bytes = contents + (embedded.isText ? [0] : [])
    let rows = stride(from: 0, to: bytes.count, by: 32).map { start in
      "\".byte " + bytes[start..<min(start + 32, bytes.count)].map(String.init).joined(separator: ",") + "\\n\"\n"
    }
    func label(_ symbol: String) -> String { "\".global \(symbol)\\n\(symbol):\\n\"\n" }
    return "__asm__(\".section .rodata.embedded,\\\"a\\\"\\n.balign 4\\n\"\n" + label(name)
      + label("_binary_\(identifier)_start") + rows.joined() + label("_binary_\(identifier)_end") + "\".balign 4\\n\"\n"
      + label(name + "_length") + "\".word \(contents.count)\\n.text\\n\");\n"
  }
}
