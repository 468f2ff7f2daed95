// SPDX-License-Identifier: Apache-2.0

extension Step {
  /// The step as a lab file has it, on one line: `{client: ann, connect: 3333}`. Reading it again makes the same step.
  ///
  /// - Returns: nil for a step that conversations have no use for.
  public var yaml: String? {
    guard var entries = action.entries else { return nil }
    if within != Step.defaultWithin, action.mayTakeTime { entries.append(("within", within.yaml)) }
    if let expected { entries.append(("expected", expected.yaml)) }
    return "{" + entries.map { "\($0): \($1)" }.joined(separator: ", ") + "}"
  }
}

extension StepAction {
  fileprivate typealias Entry = (key: String, value: String)

  fileprivate var entries: [Entry]? {
    switch self {
    case .client(let name, .connect(let port, let window)):
      [("client", name.yaml), ("connect", "\(port)")] + (window.map { [("window", "\($0)")] } ?? [])
    case .client(let name, .stream(let action)):
      action.entries.map { entries -> [Entry] in [("client", name.yaml)] + entries }
    case .server(let name, .listen(let listening)): listening.entries.map { [("server", name.yaml)] + $0 }
    case .server(let name, .accept(let isOptional)):
      [("server", name.yaml), ("accept", "true")] + (isOptional ? [("optional", "true")] : [])
    case .server(let name, .stop): [("server", name.yaml), ("stop", "true")]
    case .server(let name, .stream(let action)):
      action.entries.map { entries -> [Entry] in [("server", name.yaml)] + entries }
    case .uart(.mark): [("uart", "mark")]
    case .uart(.send(.text(let text))): [("uart", "send"), ("text", text.yaml)]
    case .uart(.send(.data(let data))) where data.name.isEmpty: [("uart", "send"), ("data", data.yaml)]
    case .uart(.expectData(let data)) where data.name.isEmpty: [("uart", "expect"), ("data", data.yaml)]
    case .uart(.expect(let pattern)): [("uart", "expect"), ("matches", pattern.yaml)]
    case .uart(.absent(let pattern)): [("uart", "absent"), ("matches", pattern.yaml)]
    case .uart(.absentLeftover(let peer)): [("uart", "absent"), ("leftover_of", peer.yaml)]
    case .uart(.absentUnsent(let peer)): [("uart", "absent"), ("unsent_of", peer.yaml)]
    case .device(.listens(let port)): [("device", "listens"), ("port", "\(port)")]
    case .device(.address): [("device", "address")]
    case .device(.restart): [("device", "restart")]
    case .device(.dials(let dial)): [("device", "dials")] + dial.entries
    case .device(.idles(let duration)): [("device", "idles"), ("for", duration.yaml)]
    case .device(.quiet(let port, let duration)): [("device", "quiet"), ("port", "\(port)"), ("for", duration.yaml)]
    case .wait(let duration): [("wait", duration.yaml)]
    case .client, .uart, .device, .network: nil
    }
  }

  fileprivate var mayTakeTime: Bool {
    switch self {
    case .wait, .uart(.mark), .uart(.send), .uart(.absent), .uart(.absentLeftover), .uart(.absentUnsent),
      .device(.restart),
      .server(_, .listen), .server(_, .stop):
      false
    case .client(_, .stream(let action)), .server(_, .stream(let action)): action.mayTakeTime
    case .client, .server, .uart, .device, .network: true
    }
  }
}

extension StreamAction {
  fileprivate var entries: [StepAction.Entry]? {
    switch self {
    case .send(.data(let data), let manner) where data.name.isEmpty: [("send_data", data.yaml)] + manner.entries
    case .send(.text(let text), let manner): [("send", text.yaml)] + manner.entries
    case .expect(let pattern, nil): [("expect", pattern.yaml)]
    case .expectData(let data, let anyLineEnds) where data.name.isEmpty:
      [("expect_data", data.yaml)] + (anyLineEnds ? [("line_ends", "any")] : [])
    case .expectNothing(let duration): [("expect_nothing", duration.yaml)]
    case .expectClose: [("expect_close", "true")]
    case .read(let paused): [("read", paused ? "paused" : "resumed")]
    case .close: [("close", "fin")]
    case .halfClose: [("close", "half")]
    case .reset: [("close", "reset")]
    case .send, .expectData, .expect, .expectProbe, .vanish: nil
    }
  }

  fileprivate var mayTakeTime: Bool {
    switch self {
    case .expectNothing, .halfClose, .close, .reset, .vanish, .read: false
    case .send, .expect, .expectData, .expectClose, .expectProbe: true
    }
  }
}

extension DialExpectation {
  fileprivate var entries: [StepAction.Entry] {
    var entries: [StepAction.Entry] = [("port", "\(port)")]
    if let timing, timing.mayBeLater {
      entries.append(("at_least", timing.after.yaml))
    } else if let timing {
      entries.append(("after", timing.after.yaml))
      if timing.tolerance != Timing.defaultTolerance { entries.append(("tolerance", timing.tolerance.yaml)) }
    }
    if isOptional { entries.append(("optional", "true")) }
    return entries
  }
}

extension Listening {
  fileprivate var entries: [StepAction.Entry]? {
    guard address == nil, window == nil else { return nil }
    switch gate {
    case nil: return [("listen", "\(port)")]
    case .attempts(let count, .refused): return [("listen", "\(port)"), ("refuse_first", "\(count)")]
    case .attempts, .time: return nil
    }
  }
}

extension SendManner {
  fileprivate var entries: [StepAction.Entry] {
    switch self {
    case .plain: []
    case .acknowledged: [("acknowledged", "true")]
    case .pieces(let size): [("pieces", "\(size)")]
    }
  }
}

extension LabData {
  /// The recipe of generated bytes, text where a person can read it, else hexadecimal digits.
  fileprivate var yaml: String {
    if let origin { return "{bytes: \(bytes.count), seed: \(origin.seed), alphabet: \(origin.kind.rawValue)}" }
    if let text = String(bytes: bytes, encoding: .utf8), !text.unicodeScalars.contains(where: \.isHiddenInYAML) {
      return "{text: \(text.yaml)}"
    }
    let digits = bytes.map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }
    return "{hex: \"\(digits.joined(separator: " "))\"}"
  }
}

extension GuestDuration {
  fileprivate var yaml: String { description.filter { $0 != " " } }
}

extension String {
  /// As it is where it is a name, else in the quotes that need fewer escapes (YAML 1.2, 7.3).
  fileprivate var yaml: String {
    let isName = utf8.allSatisfy {
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
    }
    if isName, utf8.first.map({ $0 >= UInt8(ascii: "a") }) == true,
      !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(self)
    {
      return self
    }
    guard unicodeScalars.contains(where: { ["\n", "\r", "\t"].contains($0) }) else {
      return "'\(replacing("'", with: "''"))'"
    }
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}

extension Unicode.Scalar {
  /// Whether YAML cannot have it as it is (YAML 1.2, 5.1), or nobody would see it.
  public var isHiddenInYAML: Bool {
    if ["\n", "\r", "\t"].contains(self) { return false }
    return [.control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate]
      .contains(properties.generalCategory) || value == 0xfffe || value == 0xffff || value == 0xfeff
  }
}
