// Package official writes official documents (公文) as docx in the layout of
// GB/T 9704-2012, 党政机关公文格式. Numbers in brackets are its clauses.
//
// # What it owns
//
// The layout and nothing else: every word comes from the caller, so the package
// knows no business word. Text that people may still change is the point of a
// docx; kit/doc makes pages that nobody changes.
//
// # Rules
//
//   - A4; 37 mm above, 28 mm at the left, 156 × 225 mm to write on (5.2.1); 22
//     lines of 28 characters of 3号 fill it (5.2.3). What is not said otherwise is
//     3号 仿宋 (5.2.2).
//   - The name in red begins 35 mm below the edge of the type area; number two
//     lines below it, a red line 4 mm below that (7.2.4 to 7.2.7). Of a report the
//     number stands at the left and who signed at the right.
//   - The title in 2号 小标宋, its lines of one length (7.3.1). Addressees at the
//     edge, with a colon (7.3.2). Headings of four levels get their numbers from
//     their places: 一、 in 黑体, （一） in 楷体, 1. and （1） in 仿宋, the third bold
//     as is usual (7.3.3). kit/outline reads them back.
//   - Enclosures are listed below the text (7.3.4) and begin pages of their own
//     before the colophon (7.3.7).
//   - With a seal to come (notice, report) the date stands four characters from
//     the right and the signature in the middle above it (7.3.5.1), otherwise two
//     (7.3.5.2). Dates are written 2026年7月8日, of the day in Shanghai (7.3.5.4).
//   - The colophon stands at the foot of the last page between lines of 0.35 mm
//     (7.4), page numbers as — 1 — in 4号 宋体 7 mm below the type area, odd ones
//     right, even ones left (7.5).
//   - A bulletin (简报) and a summary (总结) are not in the standard. They follow it
//     where they can, and custom in their heads.
//   - A table gets the largest of three sizes (小4号, 5号, 小5号) in which its columns
//     have room, first on an upright page, then on a turned one, with the headings
//     above it. Columns of text have room for eight characters, for four where
//     there is no other way; numbers are never broken over lines. The header is
//     repeated on each page; a row stays whole unless it may be higher than a page.
//     Nothing is cut off.
//   - Typefaces are named, not embedded: those of the standard belong to their
//     makers. The file names an alternative for each.
//   - The same document gives the same bytes, and the file names no person but
//     those in its text.
//   - A text is text: none becomes a field or an element.
//
// # Refusals
//
// Each with its field, all at once, before a byte is written: a number that is
// not like 甘卫发〔2026〕12号, an empty title, body, paragraph or heading, texts
// that are too long, five levels of headings, tables with uneven rows or too wide
// for a turned page, and texts that are no single line of text: line breaks, tabs,
// control characters, what XML 1.0 cannot carry, and characters that turn the
// direction of others. Whoever lays out texts of records makes them fit with
// Clean first, which drops such characters: nobody can mend a record to print it.
//
// # Where it differs from the standard
//
//   - A long title is divided evenly, not by its sense: that takes a reader.
//   - On a turned page the number stands at the foot of that page, not where it
//     would be on an upright one (8): Word turns feet with their page.
//   - Marks of secrecy and urgency and the number of the copy (7.2.1 to 7.2.3),
//     documents of several bodies, letters, orders and minutes (10) are not made.
package official
