// Package media decides which files a city takes, and makes the copies of
// them that staff may look at.
//
// Rules of taking (Inspect)
//
//   - A file is what its content says. The name must agree with it: a picture
//     may be called .png or .jpg, but a page, a program or an archive called
//     .jpg is refused. Whatever is not on the list (format.go) is refused.
//   - A picture's size in pixels is read before anything is decoded: at most
//     Limits.Pixels in all and Limits.Side a side.
//   - A container with a picture track is video, one without is audio, whatever
//     the name says.
//   - Documents with macros are refused, and so are empty and truncated files
//     where that can be seen without playing them.
//   - Inspect reads little, decompresses nothing and keeps nothing.
//
// Rules of the copy (Sanitise)
//
//   - It fails closed. Whatever goes wrong, there is no copy; the original
//     stays where it is, and the fault says why and that it can be tried again.
//   - A picture is decoded and encoded again: turned as its orientation says,
//     at most 4096 pixels a side, of an animation the first picture. No byte of
//     the original but its pixels comes through. Of one larger than 1600 pixels
//     there is a second copy for the screen.
//   - Sound and video keep their encoded streams but get a new container: one
//     picture track, one sound track, no metadata, chapters, subtitles, data
//     tracks or attachments. What the tool wrote is then read by a second tool,
//     and any tag that a container does not need refuses the copy. What a
//     camera hides inside of the encoded pictures themselves is not touched.
//   - A document becomes a book (kit/book): pictures of its pages, of which there
//     may be 200, at 150 dots an inch. LibreOffice makes a PDF of what is none, in
//     a profile that runs no macro and fetches nothing; poppler draws the pages.
//     Where one of them is not installed the document passes as it is, for
//     download only: whoever opens it is warned first, and its author stays in it.
//   - Disguise changes the voices (voice.go): pitch and formants by a factor that is
//     drawn for each file, the time not at all. It is no proof against experts.
//   - Tag writes who takes sound or video away into the container, each time.
//   - Tools are child processes with a time limit, a memory limit, low
//     priority, no environment, a folder of their own, no network protocol,
//     and the format told by us, so that no content makes them open anything
//     else (tool.go). The folder is removed whatever happens; what a killed
//     server left is removed by the next one.
//   - Pictures share one budget of memory, so that a burst of large ones waits
//     instead of filling the machine.
//
// Tools that are not installed are missed only by the files that need them:
// heif-convert by HEIC, ffmpeg and ffprobe by sound and video, pdfinfo, pdftoppm
// and soffice by documents.
package media
