// Package demo makes a fictional city (清江市, region codes 99xxxx) and fills
// it with half a year of cases, so that a newcomer sees a working program.
//
// The cases are not rows that somebody wrote: every one of them was submitted,
// dispatched, signed for, handled, reviewed and called back through the use
// cases of the modules, by a clock that is set to the past (history.go). What
// the demo shows is therefore what the program does.
//
// A city of 500,000 cases (--scale city) cannot be lived through in that way:
// its histories are written down whole, many at a time (past.go), by the bulk
// writers of the modules, and satisfy every check of "qingfeng verify" alike.
// They are in no full-text index.
//
// Its campaigns begin with official documents (plan/*.txt), which are read, filled in
// and started as in the console; that of the county is written down (county.go), and a
// written city has none. Figures that a city and a county published come out
// of records: every one of 2,567 institutions inspected in half a year, 92 in breach,
// 66 punished (half.go); 924 inspections, 322 cases and 331 万元 of fines in a year
// (county.go). Their records are written down month by month (book.go), by the bulk
// writers of the modules. Most of the 2,567 are on the register and have nothing else.
//
// The same seed and the same day give the same city; secret tokens and
// identifiers are random as always. All names are invented (demo/story).
package demo
