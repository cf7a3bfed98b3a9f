// Package intake turns what a person has to say, by whatever channel, into an
// accepted report with a receipt.
//
// # What it owns
//
// The codes on the walls and their scans, the report as it was given (never
// edited afterwards), the reporter's identity, the receipt, the list of files
// that were imported. What happens to a report is casework's; intake hands it
// over inside the same transaction, so that there is no report without a case.
//
// # Reports
//
//   - A report is accepted only when it is durable: report, receipt, identity,
//     evidence and case are one transaction. The answer is sent after the commit.
//   - The receipt is sixteen digits. Only an HMAC of it is stored, under a key
//     that lies outside the database; it cannot be recovered. The same
//     submission sent twice (idempotency key and content) gives the same
//     receipt and one report.
//   - Nobody is turned away for not knowing a place: the report is about the
//     region then, or the whole city. Only before any commission exists is there
//     nobody to take it, and the answer says so.
//   - A leaf of the transparency log commits to the whole record, in the same
//     transaction: what its reporter said and the deadline that was promised, and
//     as one digest the rest (logged.go). A deadline of the case may move, that
//     of the report never.
//   - The receipt file opens that commitment for its holder: it proves text and
//     deadline offline. It holds neither the receipt nor who reported; whoever
//     gets hold of it reads what was said, and the page says so.
//   - The page of a case judges its report by the rules by which the file is judged
//     (InLog), and never says that something holds that it has not checked. What
//     cannot be proven takes nobody's page away.
//   - Identity passes through identity.go alone, and no report that is read has
//     it: casework asks for it where somebody opens it (OpenIdentity). Anonymous
//     reports have none; that of a confidential report, or of one on the
//     discipline line, is for the commission only.
//   - Nothing about the sender's device, address or browser is read or kept.
//
// # Codes
//
//	        rotate (a new code is made, and is live)
//	live ───────────────▶ replaced
//	  │ revoke                ▲
//	  └──────▶ revoked ───────┘ replace (likewise)
//
// What holds for them:
//
//   - A place has one live code at a time. A token is never given out twice and
//     never moves to another place; a code that ended never lives again.
//   - A replaced code opens a page that says so, with the institution chosen; an
//     unknown or revoked one a page that asks where it was. Both take reports.
//   - A code carries two words that the poster shows too, against swapped
//     stickers.
//   - Every change has an actor, a time and, but for making, a reason; each is
//     in the audit log, and so is printing.
//   - Scans are counted by day and code and say nothing about anyone. A live
//     code that has hung for 30 days and was not scanned for 30 days is silent:
//     somebody should go and look.
//   - Codes are seen and changed within the subtree where the permission is
//     held, by the place's path of today.
//
// # Entries and imports
//
//   - What staff type in or import is the same record with its channel, who
//     entered it and the number of the sending office. Whoever may enter may do
//     so about any institution; an import stays within the importer's subtree.
//   - What is typed in came in seven days ago at most, and not so long ago that
//     its deadline is over: nobody makes another unit late by a date.
//   - An order of the 12345 hotline becomes one case, whoever enters it and
//     however often its file comes; the hotline's deadline or limit goes before
//     the policy's.
//   - A file is checked row by row before anything is stored. With one bad row
//     nothing is imported, unless the good rows alone are asked for; what is
//     imported is one transaction.
//   - Categories of the file are ours. An order without one is "other" (Z),
//     never guessed.
//
// # Refusals
//
// Empty or over-long text, an unknown category, an impossible day or one to
// come, a name or number that cannot be one, more than 20 files; codes of
// retired places; posters whose texts nobody could read; orders with a formula,
// an unknown institution or region, a number that is a case already.
//
// Sources: product.md 1; domain.md 0.1, 1.5, 9.1; 《北京市接诉即办工作条例》
// arts. 8, 10, 13; seed document S0.
package intake
