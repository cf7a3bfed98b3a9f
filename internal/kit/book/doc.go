// Package book writes and reads books: PDF files of which each page is one
// picture and nothing else.
//
// Rules
//
//   - A book holds JPEG pictures, their sizes and no other word: no text, link,
//     script, font, form, attachment, title or time. Whoever needs to know that
//     nothing of a stranger's document is left looks at one page of this package.
//   - Pages are written one after the other and never kept: a book of two
//     hundred pages takes the memory of one.
//   - The longer side of each page is that of A4, so that it prints.
//   - Open reads what Writer wrote and refuses everything else; any other
//     program that shows PDF shows a book.
//
// Source: ISO 32000-1, 7.5 (file structure) and 8.9 (images).
package book
