// Package db runs one SQL text on SQLite and on PostgreSQL.
//
// Rules
//
//   - A write happens in InTx and nowhere else. On PostgreSQL it is a
//     serializable transaction that is run again when another one got in the
//     way; on SQLite writers take turns and share one commit (group.go). The
//     function may run more than once, so it does nothing outside its Tx but
//     what it hands to AfterCommit.
//   - A transaction that only adds rows and decides nothing by what others write
//     may use InAdd, which does not collide. Statements about whose outcome
//     nothing is asked (Tx.Add, InsertMany) travel together on PostgreSQL
//     (pipe.go); what goes wrong with them is told by the next statement or by
//     the commit.
//   - Whoever writes rows that somebody watches says which, before it does
//     (Tx.Changing), in InTx: what they were and what they became is read in one
//     snapshot.
//   - A read that leads to no write happens in Read: a snapshot that never
//     waits for writers and that no writer waits for. Look spares the snapshot
//     where each statement stands by itself.
//   - SQL is written in the subset that both engines share, with $1, $2 …
//     placeholders; the few statements that differ stand beside each other
//     with the reason. SQLite binds $n by order of appearance, so its texts
//     are rewritten to ?n, outside of literals and comments (text.go).
//   - Time is bigint milliseconds UTC, flags are integers 0 and 1, lists of
//     strings are JSON text; Go sees time.Time, bool and []string (values.go).
//     An unset time is NULL in the table and the zero time in Go.
//   - Identifiers are UUIDv7 as text (NewID), so they sort by age.
//
// Modules use Tx and Reader and never database/sql.
package db
