// Package web is what people without an account see: the report form behind a
// code on the wall, the receipt page, the telephone directory, the notice board
// (公开栏). It also serves the built console (web/console) as files.
//
// # What it owns
//
// The pages as HTML, made on the server (templ), their style sheet and their
// small script. It decides nothing: what a report may be is intake's, what a
// reporter may do next is casework's, and both say so in words that the pages
// pass on.
//
// # Rules
//
//   - Everything works without a script. The script (client/) only spares
//     waiting and typing: uploads that survive a dropped connection, a draft
//     that survives a reload, one step at a time on a telephone.
//   - An error never loses what was typed, nor a file that arrived: the form
//     comes back filled in, with the complaint beside the field. Nothing of it is
//     stored, except uploads, which nobody has claimed and which expire.
//   - A form that its sender cannot mend, because it was one too many, did not
//     come whole or is not for them, leaves no file behind. A file is stored only
//     after the texts before it were asked (door.go): for the work that a flooded
//     place wants, for a receipt; and it counts as an upload of its sender.
//   - A receipt travels in the body of a request, never in an address: an
//     address is logged by proxies and remembered by browsers. The code on the
//     receipt carries it behind a #, which browsers do not send.
//   - No cookie, no third party, nothing inline that a content security policy
//     without 'unsafe-inline' would refuse. What a person chose (language, large
//     type) travels in the address of each link.
//   - A page holds nothing that tells who reads it. A scan is counted only when
//     the bare address of a code is opened.
//   - Static files have their content's hash in the address and never change;
//     every answer is compressed for who takes it. The form with all that it
//     needs is at most 40 KB (product.md 1).
//   - A form is read as a stream, with limits on parts, text and files, those that
//     came with an earlier form among them; no field is trusted to be text before it
//     was checked.
//   - What the receipt page says of the public log was checked for that very page,
//     by the rules of "receipt verify". Where nothing can be checked it says so,
//     and shows all else as ever; so does the public page of a log that is stopped.
//   - What is public is the same for everybody and may be kept for a minute. A record
//     of a draw is checked in memory, a few at a time, and stored nowhere.
//   - Twice the same message in a row is sent once: a reload repeats a form.
//
// # Accessibility
//
// One column, 18 px and in large type 24 px, targets of at least 44 px,
// contrast of at least 4.5:1 in light and dark, a label for every field, an
// error summary that takes the focus and links to the fields, headings in
// order, no meaning by colour alone, no motion for who wants none. It holds at
// 320 px and at 400 % zoom. Sources: ui.md (Citizen pages), 《无障碍环境建设法》
// arts. 32–35, WCAG 2.1 AA.
//
// # Files
//
//	pages.go     routes and what the pages stand on
//	view.go      what every page knows; rendering and compression
//	static.go    files with hashed addresses
//	filled.go    a form as it came: texts, files, complaints
//	door.go      which files come in, and which go again
//	report.go    the report form
//	cards.go     the categories as people choose among them
//	label.go     what fields are called, for complaints and screen readers
//	choice.go    where it was, for people without a code
//	receipt.go   the receipt page and what a reporter can do there
//	given.go     the files that a reporter gave, by name, size and fingerprint
//	selfcheck.go the self-examination of an institution, behind its link
//	log.go       the public page of the log, and what it knows of a report
//	public.go    notice board: campaigns, results, sanctions
//	draws.go     draws, and the page that checks the record of one
//	witness.go   the page of a witness of a draw
//	finder.go    lists that are narrowed by region and name
//	front.go     front page, directory, privacy
//	refusal.go   errors in plain words
//	words.go     plain words for states, days and amounts of time
//	*.templ      the pages themselves
package web
