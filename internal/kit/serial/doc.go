// Package serial hands out the numbers that people read: 1, 2, 3 … in each
// series, never one twice.
//
// # What it owns
//
// The table serial, one row per series: the next number that nobody has
// reserved. A series is any text; whoever counts by region and day makes one
// series of each pair, such as "case 990102 20260728".
//
// # Rules
//
//   - A number is handed out once, whatever happens: processes that die, two
//     processes on one database, transactions that are rolled back.
//   - Numbers of one process rise. Gaps are allowed: what is left of a block
//     when a process ends is never used, nor what was drawn for an entry that is
//     then refused. Two processes take turns by blocks,
//     so a higher number is not always a later one.
//   - No hot row. A process reserves a block of numbers in a transaction of its
//     own and hands them out from memory, so that two reports accepted at the
//     same moment update no row in common. The first block of a series is one
//     number and each further one twice as many, up to 64: a quiet series has
//     few gaps, a busy one few reservations.
//   - Next is called before the caller's transaction begins, never inside of
//     it: on SQLite the reservation waits for the writer that waits for it.
//
// # What it refuses
//
// Nothing. It fails only when the database does, and then hands out nothing.
package serial
