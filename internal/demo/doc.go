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
// The same seed and the same day give the same city; secret tokens and
// identifiers are random as always. All names are invented (demo/story).
package demo
