// Package i18n holds the texts of the program, in Chinese first and English
// beside it.
//
// A text is written once, as a pair, at the place where it is said:
//
//	i18n.T("请写明发生了什么", "Please say what happened")
//
// so the compiler knows that both languages exist, and whoever reads a rule
// reads its message too. There are no message keys and no catalogue files
// (docs/adr/0005-texts-are-pairs-in-place.md).
package i18n
