// SPDX-License-Identifier: Apache-2.0
import CGLib
import Foundation

/// What all pages have in common: one file each that loads nothing, says so to the browser, and runs no script but our own.
struct PageShell {
  /// What the window is called.
  var title: String
  /// The page's own script, if it has one.
  var script: String?
  /// What is within `main`.
  var content: Markup

  /// The whole file.
  var html: String {
    let script = script.map { "<script>\($0)</script>\n" } ?? ""
    let head: Markup = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy(script: self.script))">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex">
      <title>\(title)</title>

      """
    return head.html + "<style>\(PageStyle.css)</style>\n</head>\n<body>\n<main>\n" + content.html + "\n</main>\n"
      + script
      + "</body>\n</html>\n"
  }

  /// Nothing from anywhere, no form, no frame; our style sheet and our script by their hashes, so that what a student printed could
  /// neither run nor load anything even if it became markup.
  static func policy(script: String?) -> String {
    let scripts = script.map { "'sha256-\(sha256($0))'" } ?? "'none'"
    return
      "default-src 'none'; style-src 'sha256-\(styleHash)'; script-src \(scripts); base-uri 'none'; form-action 'none'"
  }

  private static let styleHash = sha256(PageStyle.css)

  /// The SHA-256 of a text, in Base64.
  private static func sha256(_ text: String) -> String {
    let checksum = g_checksum_new(G_CHECKSUM_SHA256)
    defer { g_checksum_free(checksum) }
    let bytes = Array(text.utf8)
    g_checksum_update(checksum, bytes, bytes.count)
    var digest = [UInt8](repeating: 0, count: 32)
    var length = digest.count
    g_checksum_get_digest(checksum, &digest, &length)
    return Data(digest).base64EncodedString()
  }
}
