// Package attach hangs files on records: evidence on a report, a scan on a
// pledge.
//
// A file exists twice. The original is what was uploaded: it is kept for the
// investigation, with its SHA-256, and nobody opens it here. What people see is
// a sanitised copy that a job makes (kit/media): images re-encoded, audio and
// video remuxed, both without metadata. Until the copy is ready, and when it
// cannot be made, nothing is shown; a failed copy can be tried again.
//
// A picture or page is never shown without the name of who looks across it
// (kit/stamp), drawn for that look and stored nowhere. Where the reporter or the
// discipline line wishes so (Mask), voices are changed in the copies of a record,
// in those that were made already and those that are still to come; the wish
// cannot be taken back, and no copy with the voices as they are is shown from
// that moment on, not even one that was being made.
//
// Each making and failing of a copy, and each wish for another try, is in the
// audit log beside the record.
//
// Who may see a record's files is for the record's module to say: it lists them
// itself and asks for a file only after it has checked (OpenOf: of that record
// alone). It has Reading draw who looks and note it: what is taken away, or cannot
// be shown in place, each time.
//
// States: pending → ready, or failed → (Retry) pending.
package attach
