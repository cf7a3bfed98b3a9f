// Package ooxml opens the files of Word and Excel (ECMA-376): parts of XML in a
// zip archive.
//
// # What it owns
//
// The way from an archive to the elements of a part, and the bounds of that way:
// an archive of some kilobytes makes gigabytes out of nothing, and hours of work.
// What the elements mean is its readers' business.
//
// # Bounds
//
//   - What the archive declares for all parts together is at most MostUnpacked,
//     and there are at most 5,000 of them.
//   - All reading together, of one part again and again too, takes no more than
//     twice that, and no more than MostElements elements.
//   - Elements stand at most 256 deep in each other.
//   - Of a part at most 8 MiB are held at a time: a token, or what its reader
//     decodes as one. They are several times as many in memory.
//   - Reading ends when its context does: nobody waits for the answer any more.
//
// # Refusals
//
// ErrTooLarge for what goes beyond the size or the work, and any other error for
// an archive or a part that is damaged, or that no program writes.
package ooxml
