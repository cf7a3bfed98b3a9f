// Package doc puts text on paper: PDF pages with an embedded Chinese font, and
// QR codes for paper and for the terminal.
//
// It owns typography and nothing else: sizes of paper, fitting a text into a
// box, the typeface, the code. Every word on a page comes from the caller, in
// Chinese with English beneath it, so the package knows no business word.
//
// # Posters
//
// A poster is one page with one code (see Poster). The rules, and where each
// comes from:
//
//   - Five sizes: A3, A4, A5, A6 and a door sticker of 10 × 10 cm. The four A
//     sizes are one drawing at four scales, because the ISO series keeps its
//     proportions (design: Posters).
//   - The code is vector art, at least 35 mm wide on the smallest size, and
//     stands in a quiet zone of four modules on every side, as ISO/IEC 18004
//     asks. It survives a quarter of its surface being scratched (level Q).
//   - A module is at least half a millimetre wide. An address too long for that
//     is refused: a code that a cheap phone cannot read is worse than none.
//   - Nothing depends on colour. The accent prints as a dark grey, text on it
//     is white, and every other word is dark on white.
//   - A text never leaves its box. It wraps where Chinese may wrap, prefers to
//     break after a pause, and shrinks when it must. A text longer than
//     MaxText characters is refused rather than printed too small to read;
//     nothing is ever cut off.
//   - A character that the font lacks is printed as 〓, the printer's mark for
//     a missing sort, never as a blank; Lacking names such characters so that
//     the caller can warn before printing.
//   - The same posters give the same bytes: the file carries no time.
//
// # The font
//
// The typeface is embedded from the folder font, whose README says where it
// comes from and under which licence. A program that was built without it
// still runs; Font and Posters then refuse with a fault that says how to mend
// it.
package doc
