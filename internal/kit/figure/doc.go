// Package figure lets modules publish numbers by name: how many problems were
// found, how much was fined, how many institutions were inspected.
//
// # What it owns
//
// A Source is rows that a module has, as one select statement with columns of
// fixed names. A Figure counts them: the rows, the sum of their amounts, or the
// different things that they speak of, those alone that fulfil a condition. A
// figure may be the share that another is of a third. The package puts the
// query together from that, for any node of the tree, any time and any
// dimension; and Rows lists, under the same conditions, the very rows that
// were counted. So a number and what stands behind it cannot disagree.
//
// # The columns of a source
//
//	id      identifier of the record, unique in the source
//	record  identifier of what a person opens, for Source.Link
//	label   what people call the record: its number
//	path    node of the tree to which it belongs
//	at      when it happened, for what happens (a visit, a fine); in milliseconds
//	until   when it ended or null, for what lasts (an institution in scope): with
//	        Lasting, at is when it began
//	amount  what Sum adds, in 分 where Figure.Money says so
//	thing   what Things counts once, however often it comes
//	…       the dimensions, as text
//
// # Rules
//
//   - A period is [from, until). What happens counts in the period in which it
//     happened; what lasts counts where it lasts at the last instant of the period.
//   - A figure is read at a node by who holds the permission of its source there,
//     and so are its rows. Faults are the same for a figure that does not exist.
//   - Where a source has rows that a unit is not told of, figures at the node of a unit
//     and below count the others alone, whoever asks: Source.Told.
//   - Money is in 分. A share is two numbers, never a rounded one, and has none
//     where nothing is in the denominator.
//   - Freeze keeps figures as they are, with the versions of the settings on which
//     they depend, for whoever signs: a return, a summary. They are never read
//     otherwise afterwards; Rows shows the rows as they are now.
//
// # What it refuses
//
// A figure that is published twice, one without a text, a unit or a source, a
// share of unknown figures, a dimension that the source has not: mistakes of the
// program, which panics when it is put together.
package figure
