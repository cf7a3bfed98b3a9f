// Package campaign is about rectification campaigns of many agencies (专项整治):
// their plans, stages, coverage, reports and what came of them.
//
// # What it owns
//
// A campaign with its plan (Content): goal, kinds of institution in scope, table of
// responsibilities, stages, milestones of coverage, reporting calendar, people. The
// plan is written and amended as a whole; who saves says which revision they saw.
// It owns no inspection, no problem and no penalty: it asks those who do.
//
// # Life
//
//	from     action        to         who              guard
//	(new)    -- draft -->  draft      campaign.manage
//	draft    -- save --->  draft      campaign.manage
//	         -- start -->  running    campaign.manage
//	         -- drop --->  [dropped]  campaign.manage
//	running  -- drop --->  [dropped]  campaign.manage
//	         -- amend -->  running    campaign.manage
//	         -- close -->  closed     campaign.manage
//	closed   -- reopen ->  running    campaign.manage
//
// What is planned, and who sees it:
//
//   - A draft may leave days open, as documents do. What starts may not: each stage,
//     milestone and report has its day, each task who leads it.
//   - Once it runs, a plan is amended with a reason, which the trail keeps.
//   - Everybody reads of what runs or is over its goal, stages and coverage, no task,
//     and no telephone but that of a role called 举报电话.
//   - A draft is seen by those who may read campaigns in its region. What runs is also
//     seen by every unit of the region, for it runs for them.
//
// # Coverage
//
// Distinct institutions inspected ÷ institutions in scope that day (domain.md 0.6):
// those of the region, of the kinds of the plan, that were there and not closed at
// the end of the day. Only these count as inspected, so that coverage is never more
// than all. A milestone is judged at the end of its own day, and never again after.
//
// # Plans from official documents
//
// ReadPlans takes what an official document says of a campaign, for a person to
// correct beside the text. It takes and never adds:
//
//   - Every value has its place in the source (Spans), and what stands there is
//     what it says: a date is that date in digits, a share its number; 全覆盖 is
//     100 %.
//   - What the document leaves blank (20__年__月, x月x日, 张__) is null. So is a
//     month without a year, unless it ends a range whose beginning has one.
//   - Its own number and issuer are those of its head or signature, never those of
//     documents that it cites.
//   - A task is the smallest numbered item below the heading of tasks; its units
//     are those that the document calls responsible, and the lead is the one that
//     it calls so (牵头).
//   - A milestone is a share of institutions that a stage or task demands.
//   - A report is something that is to be sent by a date; a sentence with two dates
//     is two.
//   - A file that holds several plans yields several. A speech, or a text in which
//     nobody plans anything, is refused with the reason.
package campaign
