// Package bulk brings in records from the tables that people keep: it walks
// through a file row by row, and takes it whole or not at all.
//
// # What it owns
//
// The way from an upload to stored records. What a file is and what its cells
// say is kit/sheet's; what a row must be and where it is stored is the module's,
// which says so in a Table and a Batch.
//
// # Rules
//
//   - A file is only checked until Commit is asked for. What is wrong with rows is
//     in the report, with the cell and the way out, and is no fault: all of it at once,
//     and of a cell that could not be read only that.
//   - A file that is only checked comes back with what its first good rows become,
//     where its Batch is a Previewer.
//   - With one bad row nothing is imported, unless OnlyValid asks for the others.
//   - Rows are checked against what is stored in the transaction that stores them.
//     A Table whose records need what a transaction cannot give (Ready), such as
//     numbers, is checked before it: then the keys of the database decide.
//   - Whoever loses a race for a key gets a Conflict, and nothing is stored.
package bulk
