// SPDX-License-Identifier: Apache-2.0

/// Which column of a roster is what, by its heading. Case, spaces and punctuation in headings do not count.
struct RosterColumns {
  /// The ids by which results name the students.
  let id: Int?
  /// The students' addresses.
  let email: Int?
  /// Other ids that may stand in the name of a file.
  let identifiers: [Int]
  private let names: [Int]

  /// - Parameter header: the headings, in their order.
  init(_ header: [String]) {
    let header = header.map { $0.lowercased().filter { $0.isLetter || $0.isNumber } }
    func column(_ spellings: [String]) -> Int? {
      spellings.lazy.compactMap(header.firstIndex(of:)).first
    }
    let email = column(Self.emails)
    let id = column(Self.ids) ?? email
    self.email = email
    self.id = id
    identifiers = header.indices.filter { $0 != id && $0 != email && Self.identifiers.contains(header[$0]) }
    // A gradebook of Canvas has the name under "Student", beside its ids.
    if let whole = column(Self.wholeNames) ?? column(["student"]).flatMap({ $0 == id ? nil : $0 }) {
      names = [whole]
    } else {
      names = [column(Self.firstNames), column(Self.lastNames)].compactMap(\.self)
    }
  }

  /// The student's name in a row.
  func name(_ row: RosterFile.Row) -> String? {
    let name = names.map { row[$0] }.filter { !$0.isEmpty }.joined(separator: " ")
    return name.isEmpty ? nil : name
  }

  /// Most telling first: what a university gives goes before what a platform counts. "SIS Login ID" and "SIS User ID" are
  /// Canvas's, "ID number" and "Identifier" Moodle's, "SID" Gradescope's.
  private static let identifiers = [
    "studentid", "sisloginid", "loginid", "login", "username", "sid", "idnumber", "studentnumber", "sisuserid", "id",
    "identifier",
  ]
  private static let ids = identifiers + ["student", "user"]
  private static let emails = ["email", "emailaddress", "mail", "studentemail"]
  private static let wholeNames = ["name", "fullname", "studentname", "displayname"]
  private static let firstNames = ["firstname", "givenname", "forename"]
  private static let lastNames = ["lastname", "surname", "familyname"]
}
