// Package export writes a list as a file that people open in Excel (xlsx) or
// that programs read (csv).
//
// # What it owns
//
// How a value looks in a file: a Table says what its columns hold, and both
// formats follow from that.
//
// # Rules
//
//   - Rows are written as they come and are not kept: a million rows need no
//     more memory than ten. An xlsx file waits in a temporary file until its
//     last row is known to be good, so a failing query gives an error and not
//     half a file. A csv file breaks off, and httpapi cuts its connection.
//   - Times are shown in Asia/Shanghai: as 2026-07-28 09:30:00 in csv, as dates
//     that Excel calculates with in xlsx. Money comes in 分 and is shown in 元 to
//     the 分, and the header says so. What is unset (nil, the zero time) is an
//     empty cell.
//   - No text becomes a formula. A text that a spreadsheet might calculate,
//     because it begins with = + - @, a tabulator or a line break, or a
//     full-width = + - @, is written with an apostrophe before it, in both
//     formats: people save one as the other (OWASP, CSV Injection). Unguard takes
//     the apostrophe away; kit/sheet does so when it reads such a file back.
//     Numbers, money and times are not text and are never guarded.
//   - csv is UTF-8 with a byte order mark, without which Excel takes it for GBK,
//     and has lines that end in CR LF (RFC 4180).
//   - The header row is in the language of the reader and stays in view.
//
// # What it refuses
//
// More rows than a sheet of Excel holds, as a fault that says what to do. A
// cell that is not of its column's kind, and a row of another length than the
// header, are mistakes of the program. A text longer than the 32,767 characters
// that a cell of Excel holds ends in "…" in xlsx and is whole in csv.
package export
