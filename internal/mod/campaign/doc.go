// Package campaign is about rectification campaigns of many agencies (专项整治):
// their plans, stages, coverage, reports and what came of them.
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
