// Package attach hangs files on records: evidence on a report, a scan on a
// pledge.
//
// A file exists twice. The original is what was uploaded: it is kept for the
// investigation, with its SHA-256, and nobody opens it here. What people see is
// a sanitised copy that a job makes (kit/media): images re-encoded, audio and
// video remuxed, both without metadata. Until the copy is ready, and when it
// cannot be made, nothing is shown; a failed copy can be tried again.
//
// Who may see a record's files is for the record's module to say: it lists them
// itself and asks for a file only after it has checked.
//
// States: pending → ready, or failed → (Retry) pending.
package attach
