// SPDX-License-Identifier: Apache-2.0
import LabModel
import Testing

@testable import LabReports

@Suite struct CSVTests {
  @Test func aRowForEachStudent() {
    #expect(
      GradebookCSV.render(ClassFixture.result).split(separator: "\r\n").map(String.init) == [
        "id,name,email,verdict,points,maximum,check:boots,check:get-temp,check:twice,attempts",
        "ann,Ann A.,ann@example.org,pass,50,50,10,20,20,2",
        "bob,,,fail,10,50,10,0,0,1",
        "carl,,,fail,0,50,0,0,0,1",
        "dora,,,error,,50,,,,3",
        "eve,\"Eve, E.\",,missing,,50,,,,0",
      ])
  }

  @Test func aRowForEachFailureOfTheLab() {
    #expect(
      ErrorsCSV.render(ClassFixture.result).split(separator: "\r\n").map(String.init) == [
        "id,name,email,verdict,attempt,attempts,code,reason,run folder",
        "ann,Ann A.,ann@example.org,pass,1,2,emulator.ended,QEMU ended with SIGSEGV,runs/ann/1",
        "dora,,,error,1,3,emulator.ended,QEMU ended with SIGSEGV,runs/dora/1",
        "dora,,,error,2,3,emulator.ended,QEMU ended with SIGSEGV,runs/dora/2",
        "dora,,,error,3,3,emulator.ended,QEMU ended with SIGSEGV,runs/dora/3",
      ])
  }

  @Test func everyRowEndsWithALineBreak() {
    #expect(GradebookCSV.render(ClassFixture.result).hasSuffix("\r\n"))
    #expect(ErrorsCSV.render(ClassResult(lab: Fixture.lab, students: [])).hasSuffix("run folder\r\n"))
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "\\t=1"),
    ("\r=1", "\\r=1"), (" =1", "' =1"), ("＝1", "'＝1"), ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
    ("a\"b", "\"a\"\"b\""), ("a,b", "\"a,b\""), ("a;=b", "\"a;'=b\""), ("a\nb", "a\\nb"), (" a", "\" a\""),
    ("|a", "'|a"),
    (";=1+1;", "\";'=1+1;\""), ("a; @b;-c", "\"a;' @b;'-c\""), ("a;\"=b", "\"a;'\"\"=b\""),
    ("a\t=b", "a\\t=b"),
    ("\u{202e}a", "\\u{202e}a"), ("O'Neil", "O'Neil"), ("", ""),
  ]) func noSpreadsheetRunsACell(text: String, cell: String) {
    var table = CSVTable(header: ["x"])
    table.append([.text(text)])
    #expect(table.text == "x\r\n\(cell)\r\n")
  }
}
