// Package crypt seals what a stolen database or blob folder must not tell.
//
// # Keys
//
//		key ring (kit/keyring, outside the database)
//		   └─ wraps ─▶ one key for each record (table sealed_key)
//		                  └─ seals ─▶ values in tables, streams in blobs
//
//	  - Each record has a random key of its own. What lies in the database is
//	    that key wrapped by the newest generation of the ring.
//	  - Wrapping again (Rewrap) touches only wrapped keys, never what they seal,
//	    while the program runs; a run that is killed goes on where it was.
//	  - Destroy forgets the key of a record for good. What it sealed stays where
//	    it is and can be read by nobody, also in every backup that lacks the
//	    ring; that the key was there, and when it went, stays known.
//
// # Sealed values and streams
//
//   - AES-256-GCM. The associated data is the version of the suite, the record
//     and the field, so that a sealed value which is copied into another row or
//     column does not open.
//   - A sealed value is text: "sealed:" and the base64 of version, nonce and
//     ciphertext. It is about 1.4 times as long as what it seals, plus 50
//     characters, and shows how long that is.
//   - A stream is cut into pieces of 64 KiB, each sealed under its number and
//     whether it is the last, so that a cut, swapped or repeated piece does not
//     open. Any place of it can be read without what comes before.
//   - A value that does not open is an error and never an empty value.
//
// # Another suite
//
// The first byte of everything sealed names its Suite. A second one (SM4-GCM
// for a city that must use it) is one more case of suiteOf; what was sealed
// before still opens.
//
// Sources: NIST SP 800-38D (GCM, random nonces: at most 2³² for a key; a
// record's key seals some dozens); RFC 5869 (the keys of streams); the STREAM
// construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015).
package crypt
