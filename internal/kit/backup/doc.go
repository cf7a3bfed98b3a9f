// Package backup copies a running program into a folder and makes a program
// out of such a copy again, on the same engines or on others.
//
// # What it owns
//
// The format of a backup, and the folder that backups lie in:
//
//	blob/ab/ab12…            contents of blobs, each under its SHA-256; shared
//	20261122T081246.123Z/    one backup, named after the instant it was begun
//	    rows.jsonl.zst       the rows of all tables, as JSON lines (dump.go)
//	    blobs.txt.zst        which blobs there are (list.go)
//	    keys                 the key ring, only where it was asked for
//	    manifest             sizes and SHA-256 of the files above, and its own
//	unfinished-…/            a backup on its way, or what a killed one left
//	lock                     held while a backup is made
//
// # Rules of making
//
//   - The rows are one snapshot of the database, read in one transaction that
//     waits for no writer and that no writer waits for. They are written as
//     values and not as an engine's own file, so that either engine takes them.
//   - What becomes of a table is said for every one (Table): its rows are kept,
//     or it is made again from others, or it is forgotten. A table of which
//     nothing is said, or a version of the tables that is not the program's
//     own, is refused: nothing is left out in silence.
//   - Blobs come after the snapshot, and all that it refers to. A blob that is
//     gone by then is looked up again: when no row names it any more it was
//     deleted meanwhile, and the backup says so; when one does it was lost
//     before, the backup is made all the same, and whoever made it is told.
//   - A content that the folder has is not copied again. What stands in blob/ is
//     whole and on disk: it is written elsewhere, synced, and moved there.
//   - Blobs travel as they are stored, sealed or not; their address is the SHA-256
//     of what is stored. One that is not what its address says counts as lost.
//   - The key ring lies outside unless it is asked for. A backup without it
//     opens no receipt and no seal.
//   - The manifest is written last, after everything else is on disk, and the
//     folder gets its name after the manifest: a backup without a whole manifest
//     is none. Whatever a killed or failed backup left is swept by the next.
//   - Files have mode 0600, folders 0700.
//   - Memory is bounded: one row, one buffer for each blob on its way.
//
// # Rules of restoring
//
//   - The whole backup is read and judged first (Check): every file against its
//     size and SHA-256, every row, every blob. One fault and nothing is written.
//     Names come from a fixed list, so that none leads anywhere else; a file
//     that the manifest does not name is a fault too.
//   - Only an empty place takes a backup. The first thing that is written there
//     is a mark (the table restore_unfinished), the last is its removal. While it
//     stands the program does not start, and a restore begins from the beginning.
//   - Tables are made at the versions that the backup has, filled, and brought
//     to the program's own by its migrations. A backup with a version or a part
//     that the program does not know is newer than it, and refused.
//
// # What it refuses
//
// Two backups into one folder at once; a folder that is no folder of backups and
// not empty; a full disk, with what to do. Each with a fault.
package backup
