// Package prose reads the plain text of a document that somebody wrote: txt, docx,
// and pdf through poppler's pdftotext.
//
// # Rules
//
//   - What a file is, is read from its content, not from its name.
//   - A txt file is UTF-8, UTF-16 with a mark, or GB18030.
//   - Of a docx (ECMA-376) the body is read: a line for a paragraph, a line for a
//     row of a table with its cells apart by tabs. Numbers that Word makes by itself
//     are written out, because readers see them. Deleted words, comments, headers
//     and footers are not read.
//     A number whose text has more than 100 characters is not written: Word takes
//     31.
//   - A pdf is read in a process of its own with the bounds of kit/tool; its page
//     breaks become line breaks.
//   - Bounds: MostBytes for the file, MostText characters for what is in it, those
//     of kit/ooxml for a docx. Reading ends as soon as one is passed, and when nobody
//     waits any more. Two documents are read at a time; others wait.
//
// # Refusals
//
// Another kind of file (an old .doc with the way out), a damaged or locked one, one
// without text (a scan), one that is too large, and a pdf where pdftotext, prlimit or
// nice is not installed.
package prose
