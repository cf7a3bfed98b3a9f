// Package blob keeps media by what they are: the address of a blob is the
// SHA-256 of its content. A store is a folder (disk.go) or a bucket of an
// S3-compatible object store (s3.go); any number of processes may share it.
//
// Rules
//
//   - What Put, Stage, Join or Keep acknowledged is durable: on disk the file
//     and its folder are synced; an object store answers after it has stored.
//   - Bytes arrive in two steps. Stage writes them under a name that nobody
//     can guess and that nobody shares; Keep moves a staged object to its
//     address. Only staged objects are ever thrown away by the program itself
//     (Discard, Sweep): an address may be shared by equal files of several
//     owners, so Delete is for an owner who knows that there is no other.
//   - An address is never seen half-written: Keep is one rename or one copy.
//   - Plaintext becomes stored bytes in write and comes back in read, the two
//     functions of store.go, and nowhere else: whatever seals media stands
//     there. The address stays that of the plaintext.
//   - Files never fill a disk: it keeps room for the database (room.go). Whoever
//     sends one too many is told that the storage is full.
//   - A store knows nothing about a file but its bytes: no name, no type, no
//     time of upload.
//   - The second judge (Check) reads every blob again and compares it with its
//     address.
//
// Layout, on disk and in a bucket alike:
//
//	blob/ab/ab12…   a blob, under the first two letters of its address
//	staged/…        bytes on their way
package blob
