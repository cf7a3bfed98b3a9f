// Package casework leads a case from its receipt to the archive.
//
// # What it owns
//
// The case file and everything that happens to it: dispatch, clocks, requests,
// dialogue, findings, supervision, call-back. What the reporter said, and who
// the reporter is, belongs to intake; casework asks for it by case.
//
// # States
//
//	received   待受理    accepted  待派单   dispatched 待签收   handling 办理中
//	reviewing  待审核    calling   待回访   archived   已归档
//	rejected   不予受理  merged    已合并   withdrawn  已撤诉
//
//	from        action               to          who             guard
//	(new)       -- open ---------->  received    anyone
//	received    -- accept -------->  accepted    case.triage
//	            -- reject -------->  rejected    case.triage
//	            -- merge --------->  [merged]    case.triage
//	            -- withdraw ------>  withdrawn   case.callback
//	            -- supervise ----->  received    case.supervise
//	            -- note ---------->  received    case.read
//	accepted    -- reject -------->  rejected    case.triage
//	            -- merge --------->  [merged]    case.triage
//	            -- dispatch ------>  dispatched  case.dispatch
//	            -- withdraw ------>  withdrawn   case.callback
//	            -- supervise ----->  accepted    case.supervise
//	            -- note ---------->  accepted    case.read
//	dispatched  -- merge --------->  [merged]    case.triage
//	            -- add_helper ---->  dispatched  case.dispatch
//	            -- sign ---------->  handling    case.handle
//	            -- contact ------->  dispatched  case.handle
//	            -- ask_return ---->  dispatched  case.handle     not-designated
//	            -- take_back ----->  accepted    case.dispatch
//	            -- withdraw ------>  withdrawn   case.callback
//	            -- ask_pause ----->  dispatched  case.handle
//	            -- resume -------->  dispatched  case.handle
//	            -- ask_extension ->  dispatched  case.handle
//	            -- supervise ----->  dispatched  case.supervise
//	            -- note ---------->  dispatched  case.read
//	handling    -- merge --------->  [merged]    case.triage
//	            -- add_helper ---->  handling    case.dispatch
//	            -- sign ---------->  handling    case.handle
//	            -- assign -------->  handling    case.handle
//	            -- contact ------->  handling    case.handle
//	            -- ask_return ---->  handling    case.handle     not-designated
//	            -- take_back ----->  accepted    case.dispatch
//	            -- investigate --->  handling    case.handle
//	            -- submit -------->  reviewing   case.handle
//	            -- withdraw ------>  withdrawn   case.callback
//	            -- ask_pause ----->  handling    case.handle
//	            -- resume -------->  handling    case.handle
//	            -- ask_extension ->  handling    case.handle
//	            -- ask_hard ------>  handling    case.handle
//	            -- ask_exclusion ->  handling    case.handle
//	            -- feedback ------>  handling    case.handle
//	            -- supervise ----->  handling    case.supervise
//	            -- note ---------->  handling    case.read
//	reviewing   -- send_back ----->  handling    case.review
//	            -- approve ------->  calling     case.review
//	            -- withdraw ------>  withdrawn   case.callback
//	            -- ask_exclusion ->  reviewing   case.handle
//	            -- feedback ------>  reviewing   case.handle
//	            -- supervise ----->  reviewing   case.supervise
//	            -- note ---------->  reviewing   case.read
//	calling     -- close --------->  archived    case.callback
//	            -- rework -------->  handling    case.callback
//	            -- ask_exclusion ->  calling     case.handle
//	            -- feedback ------>  calling     case.handle
//	            -- supervise ----->  calling     case.supervise
//	            -- note ---------->  calling     case.read
//	archived    -- reopen -------->  handling    case.review
//	            -- ask_exclusion ->  archived    case.handle
//	            -- feedback ------>  archived    case.handle
//	            -- note ---------->  archived    case.read
//	rejected    -- reopen -------->  accepted    case.triage
//	            -- feedback ------>  rejected    case.handle
//	            -- note ---------->  rejected    case.read
//	withdrawn   -- reopen -------->  accepted    case.triage
//
// # Rules
//
//   - Every step of the table is an event with actor, time and, where the rule
//     wants one, a reason; events are only ever added, and each is a
//     leaf of the transparency log, written in the same transaction (logged.go).
//   - Whatever writes a row of a case (file, parts, requests, orders, clocks, whom
//     it keeps out) records an event in the same transaction. The last one carries
//     a fingerprint of all these rows as the transaction left them, and verify
//     compares it with what is stored (fingerprint.go). Only alarms move
//     something without an event, and what they move is left out.
//   - What has a paper of its own (a message, a request, a call-back, an order of
//     supervision) is on file there, with the same, and the audit log has both.
//   - Clocks run from the event that starts them, whether or not anybody is
//     responsible yet, and no comment resets one. A step that begins again has a
//     clock of its own: a second signature, dispatch, result or promise. Time
//     stands still while a pause that was granted or a return under review holds
//     it, and that adds exactly its length (domain.md 1.4; limits are the setting
//     casework.limits).
//   - A case is overdue when its deadline has come, its time runs and no result
//     was handed in; one that waits in review is not, one that was sent back is.
//   - One policy holds for a case: the first row of the table that matches. A
//     deadline or limit that the sender of a report gave goes before it.
//   - A report in a sensitive category, or about the leader of a unit, never
//     goes to the unit that it concerns: it goes one level up and to the
//     discipline line, and whoever is barred finds no row, count, hit or
//     export of it, and is told nothing of it (visible.go says who sees a case;
//     lists narrow that further). Whatever is bounded is bounded after that, so
//     that hidden cases push nothing out; and the file of one case names no other
//     to whoever may not know that one.
//   - A unit from which a case was taken back, or that returned it, sees it no
//     more; what is said from then on is for the unit that has it.
//   - Three returns, and the commission designates a unit, which may not return.
//   - What was said stands: a second opinion or report is refused, not written
//     over the first. What a use case refuses, the page of the case does not
//     offer; both ask the same functions (refusal.go). What depends on the words,
//     the unit or the person that somebody then chooses is refused there.
//   - A request to leave a case out of the rates fits what the case is, what was
//     found and where it stands (exclusion.go), and is proved: by another case where
//     it is a repeat, by a file everywhere else. A pause says when it is looked at
//     again, as a hard listing does.
//   - What a reporter adds stands in the history with its time and how much it is.
//   - The report on an order of supervision may be sent back; an order ends with a
//     reason. All of it stands in the history.
//   - A report that was merged goes on under the first one, and its reporter reads
//     how far that is: state, deadline, unit, reply, and that the office took its
//     steps, from the merging on; nothing that the first reporter said, did or was
//     answered.
//     Both are asked the three questions. The matter counts once for the rates,
//     under the first case and by the answers of its reporter alone; what the
//     others answer is on file, leads to a decision where it is not solved, and
//     ends nothing. Reports are merged only into one about the same institution
//     that came in first and is still open. Where that one withdraws
//     it goes on for the others as it stands, and the next in line is asked.
//   - Who answers that it is not solved may object at once, and not only after the
//     archive; while the objection waits nobody decides past it, and no step, no
//     call-back and no lapse of time ends the case.
//   - A call-back ends without an answer when the reporter had the days of the
//     setting since the approval and said nothing. Silence ends nothing where
//     somebody answered that it is not solved, or objects: a person decides.
//   - A refusal that is taken up after all was not handled: it is no second
//     handling, and its first clocks begin again. What begins anew has no result.
//   - Only the reporter withdraws, or the office records that the reporter said so
//     and how: never of a clue, nor of somebody without a name, nor by who worked
//     on it. The reporter reads who recorded it, and an objection within the term
//     opens the case again at once, whatever the office thinks of it (retract.go).
//   - What the reporter answered about a result stands: nobody answers over it,
//     and nobody answers for a reporter who gave no name.
//   - Who is kept out of a case (回避) is barred from it and from all that are
//     merged with it, for ever and whether or not it is over; an exclusion (剔除)
//     is something else, it leaves the case
//     out of the rates.
//   - What a unit does with a case is done by its own people and by those to whom
//     it gave the case: a commission signs, contacts and submits only where it is
//     the unit itself.
//   - The box of what is to be done holds the cases on which a person can act next,
//     requests that wait for a decision among them, also those about cases that
//     are over; list and count are one condition over one index (waiting.go).
//   - An anonymous reporter is reached in the dialogue alone: a contact by telephone
//     is refused. An attempt that reached nobody is on file and meets no clock.
//   - The leading unit hands in its result once the helping units have given their
//     opinions, or says why it does not wait. Each unit has a clock of its own to
//     sign, and it is that unit which is warned.
//   - The unit that works on a case does not review it; where that is the
//     commission itself, nobody of it who did a part of the work. Nobody decides
//     on a request of their own.
//   - Who handled a case does not call its reporter back. Where people of an
//     institution typed the report in, they hold its receipt: by that nobody
//     answers the three questions or withdraws; the commission asks the reporter.
//   - A limit keeps the calendar rules under which it began; its deadline follows
//     the holidays that are announced while it runs (reckon.go).
//   - One step writes one instant, so that verify reckons every deadline again
//     from the events; the program itself reckons from the requests (check.go).
//   - Whatever people write about a case of the discipline line, or one that was
//     reported in confidence, is sealed under a key of the case (said.go):
//     events, dialogue, requests, findings, orders, opinions, call-backs, reply.
//     States, times, units and codes are not: clocks, counts and verify need no
//     key, so that the trail outlives the words. Lists and their exports show no
//     sealed word.
//   - Cases that are joined are sealed together; what was written before is
//     sealed in the same transaction and leaves the index (seal.go).
//   - Who reported stands on no page, list, export or file by itself. Whoever works
//     on the case and may know it opens it, of one report, for a purpose; for some
//     hours the page then shows it to that person alone (disclosure.go; settings
//     casework.identity_hours, identity_ask_days, identity_approved_hours).
//   - On the discipline line a custodian approves that first: never who asked,
//     never whom the case keeps out, never one of the three administrators. The
//     custodian reads number, category, who asks and why, and no word of the case.
//     A request lapses, an approval ends, and either is for one person.
//   - Each request, decision, lapse and look is an event of the report's own case.
//     Its reporter reads which unit and what for, also after having withdrawn, and
//     nobody's words (witness.go). Whom a case keeps out loses what was asked for.
//   - Who reported, and what was said and written, is destroyed some years after
//     the end of a case (settings casework.keep_identity and keep_words), by its
//     keys; what lay in the clear is sealed first. The steps stay, and one more
//     says what was destroyed (retain.go). An open request holds it up.
//   - Why somebody did something stands in the event of the case alone. The audit
//     log says who did what to which case.
//   - Sealed words are in no index and are compared with nothing: neither those
//     of the discipline line nor those said in confidence. The number of a case
//     is no secret: who may open the case finds it by its number.
//   - A step that is taken of several cases at once is taken of each by itself, by
//     the rules of each; what is refused of one hinders no other (together.go).
//   - A list leaves the house by the permission to export, and so does the
//     complete file of a case; both are noted before they are made.
//
// Sources: 《北京市接诉即办工作条例》 arts. 10–16, 23; 《医疗机构投诉管理办法》;
// 《纪检监察机关处理检举控告工作规则》 for the integrity line.
package casework
