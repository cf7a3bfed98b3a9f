// Package sheet reads the tables that people hand in, as xlsx or csv, and says
// of every cell that it cannot take where it is and why.
//
// # What it owns
//
// The way from a file to typed rows: which table of the file is meant, where
// its header stands, which column is which, what a cell says. It stores
// nothing and knows no business rule: a module checks its own with Refuse and
// takes the rows with Accept.
//
// # The file
//
//   - What a file is, its content says. xlsx (and xlsm, whose macros are never
//     run) and csv are read; csv may be UTF-8, UTF-16 or GB18030 (with GBK and
//     GB2312), parted by commas, tabulators or semicolons.
//   - The header is the row, among the first 30 of a visible sheet, that names
//     most columns. A column is found by its name in either language or by a
//     synonym; case, spaces, line breaks, full-width forms, asterisks and a note
//     in brackets at the end make no difference. Only the first 64 columns count.
//   - Columns that nobody asked for are left out and named in the report.
//   - Rows without any value are passed over. Rows are numbered as Excel does.
//
// # The cells
//
//   - Text loses the spaces at its ends and the apostrophe of export.Guard. A
//     number in a text column is written out, with the zeros that its format
//     puts before it, up to 32 of them. One of more than 15 digits is refused: Excel
//     has lost the last ones already.
//   - Dates are dates of Excel, serials included, or 2026-07-28, 2026/7/28,
//     2026.7.28, 20260728, 2026年7月28日, with a time or a day of the week behind
//     them, or RFC 3339. Without a zone they are in Asia/Shanghai. A day of the
//     week is not checked. Years are 1900 to 2200.
//   - Money is read with its unit and kept in 分: the unit stands in the cell
//     (12.5元, ￥12.5), or in the header (金额（万元）), or the column declares it;
//     otherwise the cell is refused. Where the cell names another unit than its
//     column (5万元 under 金额（元）), nobody knows which of the two is meant: the
//     cell is refused with both readings. It is never rounded.
//
// # What it refuses
//
// As a whole, with a fault that says what to do: other kinds of file, damaged or
// truncated ones, those with a password, more than 20 MiB, more than 400 MiB
// when unpacked, more than 100,000 rows, or half a million empty ones in xlsx, or a
// million cells or 128 MiB of text in the columns asked for; a row or a text of more
// than 8 MiB; more than 255 visible sheets, rows that no Excel has, elements deeper in each other or more of them than
// kit/ooxml reads; a header that lacks
// a required column or names one twice; several sheets with the same header; no
// row at all.
//
// Cell by cell, as a Problem: formulas (in csv: what begins with =), errors of
// Excel such as #N/A, merged cells, dates that no calendar has, numbers that are
// none, empty required cells, values that must not come twice.
//
// # How much work a file is
//
// A small file makes much work where it says a thing once and refers to it often. So
// what is referred to (texts, formats) is looked at once; of a cell, no more than 600
// bytes are read as a header, a number or a date; and what is refused counts towards
// the bounds like what is taken. Reading ends with its context. A Reader, of which the
// program has one, reads two files at a time; others wait for their turn.
//
// Nothing of a refused file is imported: Accept returns no row while there is a
// problem, unless the caller asks for the good rows alone.
//
// # Why not excelize
//
// Reading row by row, it shows neither formulas nor formats, and it takes the
// first malformed byte of a sheet for its end: half a file would look like a
// whole one. So xlsx.go reads the few parts that a table needs by itself; the
// tests let excelize write what it reads.
package sheet
