// Package tlog keeps an append-only, publicly checkable log of facts: whoever
// holds a proof can tell that a fact was there and is unaltered, and nobody can
// take one out, or put one in between, without the signed heads of the log
// giving it away.
//
// # What it owns
//
// The leaves, what rows stood like after each change, the tiles of the hash tree, the checkpoints and the signatures of
// witnesses, and what is served of them under /log/. What a leaf is about is
// the business of whoever appends it; the log knows a kind, the identifier of a
// record and a Fact.
//
// # Rules
//
//   - A leaf is appended in the transaction of its fact (Append): both are there
//     or neither. It is written without an index, so that two facts never wait
//     for each other.
//   - The public entry of a leaf is a commitment: HMAC-SHA-256 of the fact
//     under a salt of 32 random bytes. It says nothing to whoever lacks the salt,
//     not even when the fact can be guessed.
//   - A fact is in plain words, also where the record is sealed (kit/crypt): to
//     seal it late (Protect) or to wrap its key again changes no leaf. Its salt
//     lies under the same key, and is destroyed with it; the leaf stays.
//   - What was destroyed is counted and not compared (Checks). That it was
//     destroyed, and when, must be said by a leaf that can be compared.
//   - One sequencer at a time gives waiting leaves their index: it holds the row
//     of log_head for the length of a batch. Index, tiles, head and signed
//     checkpoint of a batch are one transaction, so that the head that is stored
//     is always one that is signed, however a process ends.
//   - Before signing, the sequencer reckons the last checkpoint from the tiles
//     again and refuses to sign what does not extend it.
//   - There is one checkpoint for a size, for ever. A batch begins once a minute
//     when leaves wait; Promised is by when a leaf is in the log at the latest.
//   - Where nothing happens, a remark once an hour gives the log something to
//     sign (Attest), so that no head is much older.
//   - The key is derived from the key ring; its name follows from the key, so
//     that a log keeps its name wherever it is served.
//   - The signature of a witness is verified before it is stored, and only those
//     of the witnesses that the operator has named are taken.
//   - Each checkpoint is signed twice by the log: plainly, and with the time, as
//     witnesses do.
//   - Facts that are older than the log are adopted once, when it begins
//     (Adopt); from then on a record without a leaf is a fault. How many there
//     were is a leaf itself, and so is that histories were written down later
//     (AppendPast), that a restore was accepted (AcceptRestore) and that nothing
//     could be signed for a time (AcceptOutage).
//   - Of rows that change it keeps a standing record for each change (Stand): a
//     digest of all rows of a subject, under a key that lies outside of the
//     database. The newest must fit what is stored. It is told of a change before
//     it happens and before it is committed (db.Watcher), in one snapshot.
//   - What was altered before the program changed it gets a record as it was found,
//     so that no change hides it; a person may accept it (AcceptRows).
//   - Rows that are older than their kind stand once (Adopt).
//   - Each server remembers outside of the database what was signed last
//     (Remember, Guard). What does not go on from there is not signed, adopted
//     or served, and Checks say so. Whoever appends leaves is not kept from it.
//   - A fact has a time, and its leaf is appended within minutes of it (AtOnce);
//     a leaf is in the log within Promised. Whatever is otherwise is wrong, unless
//     a leaf excuses it: an older fact by its own word (Late) or by a remark.
//   - Checkpoints are linked by signatures, so that none can be taken out, and
//     none is signed as of a time before the last.
//   - What people are shown (Overview) is what signatures say: a checkpoint that
//     does not open by the key of the log is not shown.
//   - A witness says when it saw a checkpoint; a key whose signatures carry no
//     time is no witness's.
//
// # The tree
//
//	leaf hash   SHA-256(0x00 ‖ entry)          RFC 6962 2.1
//	node hash   SHA-256(0x01 ‖ left ‖ right)
//	tile        256 hashes of one level; level l+1 holds the roots of whole
//	            tiles of level l
//
// # What is served
//
//	GET  /log/checkpoint              the latest signed head, with witnesses
//	GET  /log/tile/<l>/<n>[.p/<w>]    hash tiles
//	GET  /log/tile/entries/<n>[.p/<w>] the entries of 256 leaves
//	GET  /log/proof/<leaf>[?size=]    inclusion; leaf is an index or a leaf hash
//	GET  /log/consistency/<old>/<new> that one head extends another
//	GET  /log/key                     the public key
//	POST /log/cosignature             a checkpoint that a witness has signed
//
// These are text and bytes in formats that others have defined, addressed by
// their paths; the OpenAPI document describes JSON and leaves them out, as it
// does the upload protocol.
//
// # Refusals
//
// Tiles and proofs beyond the signed head, unknown leaves, checkpoints that this
// log has not made, signatures of strangers, bodies over 16 KB. Rows that stand are
// changed in db.InTx alone; how many are accepted must be said.
//
// # What it does not protect from
//
// Who can write into the tables can put in a fact together with its leaf. It is
// in the log for ever, from the next checkpoint on, and neither its date nor that
// of its leaf may be older than that by more than minutes and Promised. A fact
// that says of itself that it was written down late may be older by a year, and
// says so for ever.
//
// Who can write the tables and the folder of the key ring can put yesterday's of
// both in their place; who holds the ring and the database can sign what they
// like. What was signed in the instant in which a server was killed may be missing
// in its note. All this is found out by any checkpoint, receipt or witness's
// signature that lies elsewhere: "qingfeng verify --checkpoint" compares one. Keep
// them elsewhere.
//
// A change of a row whose leaf is not signed yet can be taken back, together with
// its standing record: that is a minute.
//
// The index and the minute of a leaf are public: at night two new leaves say that
// somebody reported within that minute.
//
// A server of an older version that runs beside this one after Adopt accepts
// reports without leaves, which Checks name for ever: stop all of them first.
//
// Sources: RFC 6962; C2SP tlog-tiles, tlog-checkpoint, tlog-cosignature,
// tlog-proof, signed-note.
package tlog
