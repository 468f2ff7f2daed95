// SPDX-License-Identifier: Apache-2.0

/// What a peer of the lab does on an established TCP connection, whichever side opened it.
public enum StreamAction: Equatable, Sendable {
  /// It sends bytes.
  case send(Payload, manner: SendManner)
  /// It waits until what it has received, and no step has taken, contains a match; everything up to the end of the match is taken.
  /// `without` must match nothing of what was taken.
  case expect(pattern: String, without: String?)
  /// It waits until exactly these bytes have come next, and takes them. With `anyLineEnds`, CR LF may have come for LF.
  case expectData(LabData, anyLineEnds: Bool = false)
  /// For so long the device sends nothing that no step has taken.
  case expectNothing(GuestDuration)
  /// It waits for the device's FIN, after everything else.
  case expectClose
  /// It waits until the device asks whether it is still there: for a keep-alive probe that no step has taken.
  case expectProbe
  /// It closes the connection in good order (FIN).
  case close
  /// It ends its own sending and goes on receiving (FIN, half-close).
  case halfClose
  /// It aborts the connection (RST).
  case reset
  /// From now on no frame of the connection passes, either way.
  case vanish
  /// It stops reading, so that its window closes, or reads on.
  case read(paused: Bool)
}

/// In which segments a peer sends.
public enum SendManner: Equatable, Sendable {
  /// One write; nothing is waited for.
  case plain
  /// The step ends only when the device has acknowledged all, so that what is sent next travels in a segment of its own.
  case acknowledged
  /// In segments of so many bytes, each of them acknowledged before the next.
  case pieces(of: Int)
}

/// Bytes that a step sends or types.
public enum Payload: Equatable, Sendable {
  /// A text as UTF-8; `${actor.property}` in it is filled in when the step runs.
  case text(String)
  /// A byte string that the lab file names.
  case data(LabData)
}
