// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A headless Chromium, spoken to over its DevTools protocol on a pair of pipes (https://chromedevtools.github.io/devtools-protocol/).
///
/// What is evaluated in a page comes from outside of it: the page's own policy does not hold for that.
final class Browser {
  /// The program, where there is one.
  static let program = ["chromium", "chromium-browser", "google-chrome"].lazy
    .flatMap { name in ["/usr/bin/", "/usr/local/bin/", "/snap/bin/"].map { $0 + name } }
    .first(where: FileManager.default.isExecutableFile)

  /// What the page did that a page of ours must not: console messages, violations of its policy, uncaught exceptions.
  private(set) var complaints: [String] = []
  /// The addresses that were asked for, the page's own included.
  private(set) var requests: [String] = []

  private let folder: URL
  private let process = Process()
  private let commands: FileHandle
  private let replies: FileHandle
  private var buffer = Data()
  private var lastID = 0
  private var session: String?

  /// Starts it with an empty page.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "lab-browser-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let (input, commands) = try Self.pipe("in", in: folder)
    let (output, replies) = try Self.pipe("out", in: folder)
    self.commands = commands
    self.replies = replies
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c",
      "exec \"$0\" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --remote-debugging-pipe --user-data-dir=\"$1\" 3<\"$2\" 4>\"$3\"",
      try #require(Self.program), folder.appending(path: "profile").path, input, output,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let target = try call("Target.createTarget", ["url": "about:blank"])["targetId"] as? String
    session =
      try call("Target.attachToTarget", ["targetId": try #require(target), "flatten": true])["sessionId"] as? String
    for domain in ["Page", "Runtime", "Log", "Network", "Audits"] { try call("\(domain).enable") }
  }

  /// Makes a named pipe.
  private static func pipe(_ name: String, in folder: URL) throws -> (String, FileHandle) {
    let path = folder.appending(path: name).path
    try #require(mkfifo(path, 0o600) == 0)
    // Opened both ways, so that nobody waits for the other side.
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    try #require(descriptor >= 0)
    return (path, FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Loads a page, and waits until it has.
  /// - Parameter width: the window's width in CSS pixels.
  func load(_ file: URL, width: Int = 1000) throws {
    try call(
      "Emulation.setDeviceMetricsOverride", ["width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false])
    complaints = []
    requests = []
    try call("Page.navigate", ["url": file.absoluteString])
    try wait(for: "document.readyState === 'complete' && location.href === '\(file.absoluteString)'")
  }

  /// Waits until an expression holds.
  func wait(for expression: String) throws {
    let deadline = ContinuousClock.now + .seconds(600)
    while try evaluate(expression) as? Bool != true {
      try #require(ContinuousClock.now < deadline, "\(expression)")
    }
  }

  /// What an expression comes to, as JSON has it.
  func evaluate(_ expression: String) throws -> Any? {
    let reply = try call("Runtime.evaluate", ["expression": expression, "returnByValue": true, "awaitPromise": true])
    #expect(reply["exceptionDetails"] == nil, "\(reply)")
    return (reply["result"] as? [String: Any])?["value"]
  }

  /// Sends a command, and takes up what happens until its reply comes.
  @discardableResult
  func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    lastID += 1
    var message: [String: Any] = ["id": lastID, "method": method, "params": parameters]
    if let session { message["sessionId"] = session }
    try commands.write(contentsOf: try JSONSerialization.data(withJSONObject: message) + [0])
    while true {
      let reply = try nextMessage()
      if reply["id"] as? Int == lastID {
        try #require(reply["error"] == nil, "\(method): \(reply)")
        return reply["result"] as? [String: Any] ?? [:]
      }
      take(reply)
    }
  }

  private func take(_ event: [String: Any]) {
    let parameters = event["params"] as? [String: Any] ?? [:]
    switch event["method"] as? String {
    case "Network.requestWillBeSent":
      requests.append((parameters["request"] as? [String: Any])?["url"] as? String ?? "?")
    case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded", "Audits.issueAdded",
      "Page.javascriptDialogOpening":
      complaints.append("\(parameters)")
    default: break
    }
  }

  private func nextMessage() throws -> [String: Any] {
    let deadline = ContinuousClock.now + .seconds(600)
    while true {
      if let end = buffer.firstIndex(of: 0) {
        let message = buffer[..<end]
        buffer = Data(buffer[(end + 1)...])
        return try #require(try JSONSerialization.jsonObject(with: message) as? [String: Any])
      }
      var descriptor = pollfd(fd: replies.fileDescriptor, events: Int16(POLLIN), revents: 0)
      try #require(ContinuousClock.now < deadline && process.isRunning, "the browser does not answer")
      guard poll(&descriptor, 1, 200) > 0 else { continue }
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(replies.fileDescriptor, &bytes, bytes.count)
      if count > 0 { buffer.append(contentsOf: bytes[..<count]) }
    }
  }
}
