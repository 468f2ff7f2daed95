// SPDX-License-Identifier: Apache-2.0
import Testing

/// An archive that wants what it must not have.
struct HostileArchive: Sendable, CustomTestStringConvertible {
  /// What it tries.
  let attempt: String
  /// Its name.
  let file: String
  /// How it is made.
  let script: String
  /// What the refusal says.
  let reason: String

  init(_ attempt: String, _ file: String, _ script: String, _ reason: String) {
    (self.attempt, self.file, self.script, self.reason) = (attempt, file, script, reason)
  }

  var testDescription: String { attempt }

  /// Out of the folder that it is unpacked to.
  static let escapes = [
    Self("parent folder in a zip", "a.zip", "zip('a.zip', [('../up.c', 'x')])", "leads out of it"),
    Self(
      "parent folder in a tar", "a.tar", "tar('a.tar', [('main.c', b'x'), ('d/../../up.c', b'x')])", "leads out of it"),
    Self("absolute path in a zip", "a.zip", "zip('a.zip', [('/tmp/lab-abs.c', 'x')])", "leads out of it"),
    Self("absolute path in a tar", "a.tar", "tar('a.tar', [('/tmp/lab-abs.c', b'x')])", "leads out of it"),
    Self(
      "symbolic link out in a tar", "a.tar",
      "tar('a.tar', [('main.c', dict(type=SYMTYPE, linkname='/etc/passwd'))])", "is a link to something else"),
    Self(
      "symbolic link out in a zip", "a.zip", "zip('a.zip', [(link('main.c'), '../canary')])",
      "is a link to something else"),
    Self(
      "writing through a symbolic link", "a.tar",
      "tar('a.tar', [('d', dict(type=SYMTYPE, linkname='..')), ('d/canary', b'gone')])", "more than once"),
    Self(
      "a link to a link", "a.tar",
      "tar('a.tar', [('a', dict(type=SYMTYPE, linkname='b')), ('b', dict(type=SYMTYPE, linkname='/etc/passwd'))])",
      "is a link to something else"),
    Self(
      "hard link out", "a.tar", "tar('a.tar', [('main.c', dict(type=LNKTYPE, linkname='../../../etc/passwd'))])",
      "is a link to something else"),
    Self(
      "device", "a.tar", "tar('a.tar', [('null', dict(type=CHRTYPE, devmajor=1, devminor=3))])", "is a device"),
    Self("pipe", "a.tar", "tar('a.tar', [('main.c', dict(type=FIFOTYPE))])", "is a device"),
    Self(
      "list that names files of the host", "a.tar",
      """
      open('a.tar', 'w').write('#mtree\\n./main.c type=file contents=' + os.path.abspath('canary') + '\\n')
      """, "is a list of files"),
    Self(
      "packed list that names files of the system", "a.tar.gz",
      """
      gzip.open('a.tar.gz', 'wb').write(b'#mtree\\n./main.c type=file mode=0644 contents=/usr/lib/os-release\\n')
      """, "is a list of files"),
  ]

  /// More than there is room or time for.
  static let bombs = [
    Self(
      "200 MB of zeros", "a.zip",
      "zip('a.zip', [('main.c', bytes(200 << 20))])", "unpacks to more than 64 MiB"),
    Self(
      "entries that overlap", "a.zip",
      """
      # Each file quotes the header of the next in a stored block and goes on with its data: 100 files of a megabyte in one.
      import zlib
      packer = zlib.compressobj(9, zlib.DEFLATED, -15)
      plain = bytes(1 << 20)
      packed, listing = packer.compress(plain) + packer.flush(), []
      for i in range(99, -1, -1):
          fields = (20, 0, 8, 0, 33, zlib.crc32(plain), len(packed), len(plain), 5, 0)
          head = struct.pack('<4s5H3L2H', b'PK\\x03\\x04', *fields) + b'%03d.c' % i
          listing.insert(0, (fields, b'%03d.c' % i, len(head) + len(packed)))
          quoted = struct.pack('<BHH', 0, len(head), 0xffff ^ len(head)) + head
          body, plain, packed = head + packed, head + plain, quoted + packed
      central = b''.join(
          struct.pack('<4s6H3L5H2L', b'PK\\x01\\x02', 20, *fields, 0, 0, 0, 0, len(body) - rest) + path
          for fields, path, rest in listing)
      end = struct.pack('<4s4H2LH', b'PK\\x05\\x06', 0, 0, 100, 100, len(central), len(body), 0)
      open('a.zip', 'wb').write(body + central + end)
      """, "unpacks to more than 64 MiB"),
    Self(
      "a hole of a terabyte", "a.tar",
      """
      open('hole.c', 'w').truncate(1 << 40)
      subprocess.run(['tar', '-cSf', 'a.tar', 'hole.c'], check=True)
      os.remove('hole.c')
      """, "with holes"),
    Self(
      "200,000 files", "a.tar.gz",
      """
      head = tarfile.TarInfo('0000000.c').tobuf(tarfile.USTAR_FORMAT)
      base = int(head[148:154], 8)
      with gzip.open('a.tar.gz', 'wb', 1) as out:
          for i in range(200000):
              digits = b'%07d' % i
              out.write(digits + head[7:148] + b'%06o' % (base + sum(digits) - 7 * 48) + head[154:])
          out.write(bytes(1024))
      """, "holds more than 2000 files"),
    Self("a name of 2000 letters", "a.tar", "tar('a.tar', [('x' * 2000 + '.c', b'x')])", "too long a name"),
    Self("100 folders deep", "a.zip", "zip('a.zip', [('d/' * 100 + 'main.c', 'x')])", "24 folders deep"),
    Self(
      "an archive in an archive", "a.zip",
      "zip('inner.zip', [('main.c', 'x')]); zip('a.zip', [('d/inner.zip', open('inner.zip', 'rb').read())])",
      "is an archive again"),
  ]

  /// Nothing that could be read.
  static let broken = [
    Self("nothing", "a.zip", "open('a.zip', 'w')", "is empty"),
    Self("text", "a.zip", "open('a.zip', 'w').write('int main;' * 99)", "no zip archive"),
    Self("noise", "a.tar.gz", "open('a.tar.gz', 'wb').write(os.urandom(4096))", "cannot be unpacked"),
    Self(
      "half a zip", "a.zip",
      "zip('a.zip', [('main.c', os.urandom(9999)), ('b.c', b'x')]); os.truncate('a.zip', 5000)",
      "its list of contents is missing"),
    Self(
      "half a tar", "a.tar", "tar('a.tar', [('main.c', bytes(9999))]); os.truncate('a.tar', 5000)", "cannot be unpacked"
    ),
    Self(
      "half a tar.gz", "a.tgz",
      "tar('a.tgz', [('main.c', os.urandom(9999))], 'w:gz'); os.truncate('a.tgz', 5000)", "cannot be unpacked"),
    Self(
      "a wrong sum", "a.zip",
      """
      with zipfile.ZipFile('a.zip', 'w') as archive: archive.writestr('main.c', 'int before;')
      data = open('a.zip', 'rb').read()
      open('a.zip', 'wb').write(data.replace(b'before', b'behind'))
      """, "bad CRC"),
    Self(
      "a password", "a.zip",
      """
      open('main.c', 'w').write('int main;')
      subprocess.run(['bsdtar', '-cf', 'a.zip', '--format', 'zip', '--options', 'zip:encryption=zipcrypt',
                      '--passphrase', 'abc', 'main.c'], check=True)
      """, "locked with a password"),
    Self("no file", "a.zip", "zip('a.zip', [])", "holds no file"),
    Self("the same name twice", "a.tar", "tar('a.tar', [('main.c', b'a'), ('./main.c', b'b')])", "more than once"),
    Self("a file that is a folder", "a.tar", "tar('a.tar', [('a', b'a'), ('a/main.c', b'b')])", "more than once"),
  ]
}
