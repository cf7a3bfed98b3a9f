// Package authn knows who is there: passwords, second factors and sessions. Who
// may sign in, and who must have a second factor, it is told.
//
// # Passwords
//
//   - They are hashed with argon2id, a bounded number at a time: each takes
//     19 MiB and some 50 ms, and a flood of logins must not take the machine.
//     Who waits too long is told that the system is busy.
//   - A password has twelve to 128 characters of two kinds and holds no name of
//     its owner. At least six different characters are left of it without what
//     everybody chooses: the words of easy.txt in whatever spelling, years and
//     dates, rows of keys, repetitions.
//
// # Second factors
//
//   - A code of a telephone (RFC 6238, six digits, 30 seconds) is good one step
//     early or late, once, and never after a younger one. Its secret is sealed
//     for its owner under a key outside of the database; a secret that was shown
//     is worth nothing until its first code, which must come within 15 minutes.
//   - Ten recovery codes of 80 bits stand in for it, each once, stored as hashes.
//   - A passkey (WebAuthn level 3) belongs to the address that people use. By
//     itself it must check finger, face or PIN and is both steps; after a
//     password its touch is enough. One that counts backwards has been copied
//     and is refused.
//   - The two halves of a ceremony find each other once, within ten minutes, and
//     not when its owner was signed out everywhere in between.
//
// # Sessions
//
//   - They live in the database, so they are valid on every server. The cookie
//     holds a random token, the database only its hash. A session ends after
//     twelve hours, or after one hour without use. One that was ended stays
//     ended, whatever requests of it are still under way.
//   - One that began by a personal link lasts as long as it was told to (BeginFor),
//     used or not, and no longer than any other.
//   - One that waits for its second step makes its owner a stranger
//     everywhere, and waits for five minutes. One that is held lets its owner do
//     nothing but set up a second factor.
//   - Of a session is kept when it began, when it was last used, by which method,
//     and a name that its owner may give it: no address and no browser.
//   - Strangers get no cookie and no session. A browser in which somebody signed
//     in gets a second cookie for half a year by which it is known again; it
//     opens nothing (Device).
package authn
