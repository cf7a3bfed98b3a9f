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
//	from        action               to           who             guard
//	(new)       -- open ---------->  received     anyone
//	received    -- accept -------->  accepted     case.triage
//	            -- reject -------->  rejected     case.triage
//	            -- merge --------->  [merged]     case.triage
//	            -- withdraw ------>  [withdrawn]  case.triage
//	            -- supervise ----->  received     case.supervise
//	            -- note ---------->  received     case.read
//	accepted    -- reject -------->  rejected     case.triage
//	            -- merge --------->  [merged]     case.triage
//	            -- dispatch ------>  dispatched   case.dispatch
//	            -- withdraw ------>  [withdrawn]  case.triage
//	            -- supervise ----->  accepted     case.supervise
//	            -- note ---------->  accepted     case.read
//	dispatched  -- merge --------->  [merged]     case.triage
//	            -- add_helper ---->  dispatched   case.dispatch
//	            -- sign ---------->  handling     case.handle
//	            -- contact ------->  dispatched   case.handle
//	            -- ask_return ---->  dispatched   case.handle     not-designated
//	            -- take_back ----->  accepted     case.dispatch
//	            -- withdraw ------>  [withdrawn]  case.triage
//	            -- ask_pause ----->  dispatched   case.handle
//	            -- resume -------->  dispatched   case.handle
//	            -- ask_extension ->  dispatched   case.handle
//	            -- supervise ----->  dispatched   case.supervise
//	            -- note ---------->  dispatched   case.read
//	handling    -- merge --------->  [merged]     case.triage
//	            -- add_helper ---->  handling     case.dispatch
//	            -- sign ---------->  handling     case.handle
//	            -- assign -------->  handling     case.handle
//	            -- contact ------->  handling     case.handle
//	            -- ask_return ---->  handling     case.handle     not-designated
//	            -- take_back ----->  accepted     case.dispatch
//	            -- investigate --->  handling     case.handle
//	            -- submit -------->  reviewing    case.handle
//	            -- withdraw ------>  [withdrawn]  case.triage
//	            -- ask_pause ----->  handling     case.handle
//	            -- resume -------->  handling     case.handle
//	            -- ask_extension ->  handling     case.handle
//	            -- ask_hard ------>  handling     case.handle
//	            -- ask_exclusion ->  handling     case.handle
//	            -- feedback ------>  handling     case.handle
//	            -- supervise ----->  handling     case.supervise
//	            -- note ---------->  handling     case.read
//	reviewing   -- send_back ----->  handling     case.review
//	            -- approve ------->  calling      case.review
//	            -- withdraw ------>  [withdrawn]  case.triage
//	            -- ask_exclusion ->  reviewing    case.handle
//	            -- feedback ------>  reviewing    case.handle
//	            -- supervise ----->  reviewing    case.supervise
//	            -- note ---------->  reviewing    case.read
//	calling     -- close --------->  archived     case.callback
//	            -- rework -------->  handling     case.callback
//	            -- ask_exclusion ->  calling      case.handle
//	            -- feedback ------>  calling      case.handle
//	            -- supervise ----->  calling      case.supervise
//	            -- note ---------->  calling      case.read
//	archived    -- reopen -------->  handling     case.review
//	            -- ask_exclusion ->  archived     case.handle
//	            -- feedback ------>  archived     case.handle
//	            -- note ---------->  archived     case.read
//	rejected    -- reopen -------->  accepted     case.triage
//	            -- feedback ------>  rejected     case.handle
//	            -- note ---------->  rejected     case.read
//
// # Rules
//
//   - Every step is an event with actor, time and, where the rule wants one, a
//     reason; events are only ever added, and each is a leaf of the transparency
//     log, written in the same transaction (record in logged.go).
//   - Clocks run from the event that starts them, whether or not anybody is
//     responsible yet, and no comment resets one. A pause adds exactly its
//     length (domain.md 1.4; limits are the setting casework.limits).
//   - A case is overdue when its deadline has come, its time runs and no result
//     was handed in; one that waits in review is not, one that was sent back is.
//   - One policy holds for a case: the first row of the table that matches. A
//     deadline or limit that the sender of a report gave goes before it.
//   - A report in a sensitive category, or about the leader of a unit, never
//     goes to the unit that it concerns: it goes one level up and to the
//     discipline line, and whoever is barred finds no row, count, hit or
//     export of it (visible.go is the one place that says who sees a case).
//   - Three returns, and the commission designates a unit, which may not return.
//   - What was said stands: a second opinion or report is refused, not written
//     over the first. What a use case refuses, the page of the case does not
//     offer; both ask the same functions (refusal.go).
//   - Who is kept out of a case (回避) is barred from it, for ever and whether or
//     not it is over; an exclusion (剔除) is something else, it leaves the case
//     out of the rates.
//   - The unit that works on a case does not review it, and nobody decides on
//     a request of their own.
//   - Who handled a case does not call its reporter back.
//   - A limit keeps the calendar rules under which it began; its deadline follows
//     the holidays that are announced while it runs (reckon.go).
//   - One step writes one instant, so that verify reckons every deadline again
//     from the events alone (check.go).
//   - Sealed words are in no index and are compared with nothing: neither those
//     of the discipline line nor those said in confidence.
//   - A list leaves the house by the permission to export, and so does the
//     complete file of a case; both are noted before they are made.
//
// Sources: 《北京市接诉即办工作条例》 arts. 10–16, 23; 《医疗机构投诉管理办法》;
// 《纪检监察机关处理检举控告工作规则》 for the integrity line.
package casework
