// Package upload receives files over connections that break: the resumable
// protocol tus 1.0.0 with the extensions creation, creation-with-upload,
// checksum (sha1, sha256), expiration and termination.
//
// Rules
//
//   - A byte that an answer counts is durable: its piece is in the blob store
//     and its length in the database. State lies nowhere else, so the next
//     request may go to any process of the city.
//   - Whatever arrived before a connection broke counts too, unless the
//     request named a checksum: then all of it or nothing.
//   - Each request stores a piece of its own, under a name that it shares with
//     nobody. One request at a time holds an upload; a second one is told
//     "locked". Whoever asks for the offset (HEAD) asks the holder to store
//     what it has and make way; a holder that does not answer, because its
//     process died, loses the upload, and what it may still write is counted
//     nowhere.
//   - A file that came in one request is hashed while it streams to the store
//     and never read again. Pieces are read once more, to be joined, after the
//     last byte.
//   - An id is 128 random bits; who knows it may go on with the upload and
//     nobody else. Neither the address nor the program of the sender is
//     stored, and the name and type that it claims are only as long as the
//     rules allow.
//   - Whatever is stored is sealed under a key of the upload's own (kit/crypt),
//     from its first byte on: nobody knows yet how sensitive it will be. So is
//     what the sender calls it.
//   - What nobody claims expires, its key with it. What was claimed belongs to
//     whoever claimed it, and is never deleted here.
//   - A module claims an upload in its own transaction (Take), once. The same
//     key may claim it again, so that a repeated request finds what the first
//     one did.
//
// How a module takes a file:
//
//	u, err := uploads.Keep(ctx, id)                // before the transaction
//	…
//	err = d.InTx(ctx, func(tx *db.Tx) error {
//		u, err := uploads.Take(tx, id, reportID)  // u.SHA256 is its address
//		…
//	})
//
// The life of an upload:
//
//	receiving ──all bytes──▶ whole ──Keep──▶ kept ──Take──▶ claimed
//	    │                      │              │               │
//	    └──── DELETE, expiry: bytes gone ─────┘  forgotten: bytes stay
//
// Source: the protocol of tus.io, version 1.0.0 (2016).
package upload
