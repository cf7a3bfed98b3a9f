// Package rectify keeps the one ledger of problems and hazards (问题整改台账),
// wherever they come from, until they are put right and have stayed so.
//
// # What it owns
//
// One line for each problem (problem), from its entry to the look back. What
// happened to it stands in kit/trail; its files are kit/attach's. It owns no
// inspection, case or campaign: it keeps the kind and the identifier of the record
// that a problem comes from. Other modules open problems (Open, one for each
// record), people enter them, ledgers are imported.
//
// # States
//
//	open 未启动  doing 整改中  applied 申请销号  reviewing 待复核
//	closed 已销号  held 回头看合格  withdrawn 误登撤回
//
//	from         action                to           who         guard
//	(new)        -- open ----------->  open         anyone
//	             -- import --------->  open         anyone
//	             -- import_begun --->  doing        anyone
//	             -- import_closed -->  closed       anyone
//	open         -- number --------->  open         program
//	             -- correct -------->  open         commission
//	             -- plan ----------->  open         work
//	             -- assign --------->  open         desk
//	             -- start ---------->  doing        work        prepared
//	             -- list ----------->  open         list        unlisted
//	             -- delist --------->  open         list        its-lister
//	             -- ask_extension -->  open         work        first-time
//	             -- ask_withdrawal ->  open         desk        unasked
//	             -- extend --------->  open         commission  extension-asked
//	             -- withdraw ------->  [withdrawn]  commission  withdrawal-asked
//	             -- refuse --------->  open         commission  asked
//	             -- press ---------->  open         program
//	doing        -- number --------->  doing        program
//	             -- correct -------->  doing        commission
//	             -- plan ----------->  doing        work
//	             -- assign --------->  doing        desk
//	             -- report --------->  doing        work
//	             -- apply ---------->  applied      work        shown
//	             -- list ----------->  doing        list        unlisted
//	             -- delist --------->  doing        list        its-lister
//	             -- ask_extension -->  doing        work        first-time
//	             -- ask_withdrawal ->  doing        desk        unasked
//	             -- extend --------->  doing        commission  extension-asked
//	             -- withdraw ------->  [withdrawn]  commission  withdrawal-asked
//	             -- refuse --------->  doing        commission  asked
//	             -- press ---------->  doing        program
//	applied      -- number --------->  applied      program
//	             -- correct -------->  applied      commission
//	             -- assign --------->  applied      program
//	             -- pass ----------->  reviewing    desk        apart
//	             -- send_back ------>  doing        desk        apart
//	             -- list ----------->  applied      list        unlisted
//	             -- delist --------->  applied      list        its-lister
//	reviewing    -- number --------->  reviewing    program
//	             -- correct -------->  reviewing    commission
//	             -- assign --------->  reviewing    program
//	             -- send_back ------>  doing        commission  apart
//	             -- close ---------->  closed       commission  fit
//	             -- list ----------->  reviewing    list        unlisted
//	             -- delist --------->  reviewing    list        its-lister
//	closed       -- number --------->  closed       program
//	             -- remind --------->  closed       program
//	             -- hold ----------->  [held]       commission  apart
//	             -- rebound -------->  doing        commission
//	[held]       -- number --------->  [held]       program
//	[withdrawn]  -- number --------->  [withdrawn]  program
//
// # Who does what
//
//   - work: who holds rectify.work where the problem lies: the department's people.
//   - desk: the same for the whole unit, or the commission. The desk passes the
//     first review (初审).
//   - commission: rectify.review. It closes (复核), on site or by the papers, looks
//     back, corrects entries and decides on what is asked.
//   - Whose turn a review is, the record says, by what they may, not by name; the box of
//     what somebody may review (turn.go) follows the steps.
//   - list: rectify.list. Delisted is a problem by those who hold it at the very
//     node from which it was listed, and by nobody above or below.
//   - Matters of integrity (violation.Integrity) go to the discipline line and do not
//     stand here, whoever opens, enters, imports or corrects them, for the unit reads
//     the ledger. What a unit found out about itself at a self-examination may, where
//     it enters or hands that in itself. Lines from before that are read and counted
//     at regions alone, and nobody at the unit is told of them (secret.go).
//   - A unit enters what it found itself; every other source is the commission's.
//   - A problem that is entered hangs on no campaign, or on one that concerns who
//     enters it.
//
// # Rules
//
//   - No evidence, no closing: files that were handed in with a report of progress
//     since the problem last came up. What was found is no evidence.
//   - Who planned, began, reported or applied, whenever that was, and who is
//     responsible, reviews nothing. The two reviews are two people's.
//   - A major hazard names the clause by which it is one, and is not begun with
//     until responsibility, measures, funds, time limit and contingency plan are
//     there (整改五到位); they are not taken away again.
//   - A listed problem is neither closed nor withdrawn before it is delisted.
//     Listing names the authority, the reason and a deadline, which is then the
//     problem's.
//   - A deadline ends with its day in Shanghai. It is extended once, with a reason,
//     by somebody else than who asked. What was asked lapses when the problem is
//     applied for or comes up again; more time also where listing sets another
//     deadline. "At once" without a day is a number of days
//     from the entry (rectify.at_once_days); "standing" has none.
//   - A problem is late while it is not applied for past its deadline. Lateness
//     goes from pressing to a talk to accountability after set days
//     (rectify.escalation), whether or not anybody is responsible; with another
//     deadline it begins anew.
//   - Who leaves hands over all that is not closed, in review too.
//   - An entry is corrected with a reason, and the trail keeps what it said; one
//     made in error is withdrawn, by a second person, before it is applied for.
//   - A closed problem is looked at again after rectify.look_back_days; who looks
//     back is told once when the day has come, and finds it in a list of its own. If
//     it has come back it is put right anew, with new evidence and a new deadline.
//   - Of a case only its number is shown, to who may read the case. What a problem
//     says is the words of who opened it, never a reporter's.
//
// # Ledgers that are imported
//
// All lines or none, unless only the good ones are asked for. All that is wrong is said
// at once, by row and column, and what the good lines become. A line that names no source
// or category takes those that the person chose for such lines; nothing is guessed, nor
// what stands there overruled. A line is there
// already when its unit, day and description are. It comes as not begun, being
// put right, or closed. Closed it comes only if it names where its evidence lies
// and two reviewers who neither put it right nor applied; the line keeps these
// words, and says thereby that its evidence is on paper. Lines that wait for a
// review come as being put right and apply here. Listing is done here.
//
// # What it refuses
//
// A category that the taxonomy (org/violation) does not have, a matter of integrity
// that the unit did not find out itself, a deadline before
// the day of finding, an amount without its unit, a day that no calendar has.
//
// Sources: domain.md 5.4 (ledger, listing, closing), 5.6 (hazards;
// 国卫办密安函〔2023〕490号, of which the text after 六(一) was not seen: every clause
// says that it is not verified);《安全生产法》 art. 41. No source sets the days of
// escalation and of the look back: they are settings.
package rectify
