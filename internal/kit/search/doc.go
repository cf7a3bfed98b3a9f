// Package search finds records by what is written in them, in Chinese and in
// Latin letters, on both engines alike.
//
// # What it owns
//
// The table search_text and, on SQLite, the full-text index search_word. A
// module puts in what should be found (Put), takes it out (Remove), and adds a
// condition to its own list query (Match). Nothing is found by any other way:
// whatever the list hides from a person, its search hides too.
//
// # What is found
//
//   - Text is folded first: full-width letters and digits become ordinary ones
//     (Unicode NFKC), capitals small ones.
//   - A run of Chinese characters is found by every part of it. It is stored as
//     pairs of neighbours, 红包回扣 as 红包, 包回, 回扣 and the last character
//     扣; so every place of the run begins one word, and a single character is
//     found as the beginning of a word. Two characters or more are found only
//     where they stand together, in this order, with nothing between them.
//   - Any other run of letters and digits is one word and is found as a whole:
//     "CT" finds "ct" and not "ctrl". Words are told apart by their first 64
//     characters.
//   - Everything else (spaces, signs, emoji) only parts runs. Several runs in a
//     query must all occur, in any order.
//   - Of a text the first MaxText characters can be found.
//
// # What it refuses
//
// A query without a letter or digit, one longer than MaxQuery characters, one
// of more than 12 runs: each with a fault about the field "q". Nothing else: no
// text is a bad query, for signs that mean something to an engine never reach it.
//
// # Rules
//
//   - Sealed content is never put in. On SQLite the index keeps words and not
//     the text; on PostgreSQL the folded text lies beside it.
//   - What turns out to be sensitive later is taken out by Put or Remove, and
//     forgotten for good by Scrub: FTS5 would keep the words until it happens to
//     write their piece of the index anew.
//   - Put and Remove belong into the transaction that changes the record, so
//     that what is found is what is stored. They touch the record's own row
//     only.
//
// # The engines
//
// engine.go chooses; sqlite.go and postgres.go hold what differs. SQLite asks
// FTS5 for phrases. PostgreSQL keeps at most 256 places of a word, and none past
// the 16,383rd, so there the index finds the texts in which all pairs occur and
// the text beside it decides. The words are made into a tsvector as they are and
// not by a text search configuration, whose parser would cut them again.
package search
