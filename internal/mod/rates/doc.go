// Package rates computes the three rates by which units are assessed:
// response, resolution and satisfaction (三率).
//
// # What it owns
//
// One fact per case (rate_fact), the windows of time over which facts are
// counted, and the stored result of each window: who stood where, under which
// version of the rules. It owns no case: casework says that a case changed
// (JobObserve) and answers what it means (Facts).
//
// # Formulas
//
//	valid         the reporter answered all three questions of the call-back
//	response      contacted ÷ sample
//	resolution    solved ÷ sample
//	satisfaction  (satisfied + 0.9 × basically satisfied) ÷ sample
//	score         100 × (response × 0.10 + resolution × 0.50 + satisfaction × 0.40)
//	sample        valid, and in the assessed rates also the waiting cases below
//
// The factor, the weights (by class of unit and class of demand) and the
// roundings are settings. No sample means "无考核数据": no rate, no rank. A
// sample below rates.min_sample has rates and intervals but no rank
// ("样本过少"), because one caller must not sink a township; such rows are listed
// by how many cases they have, not by score. Equal scores share a rank; more
// cases received stand first. Intervals are Wilson's, 95 %.
//
// Moves against last time (环比) and the year before (同比) are in percent for
// counts. Rates and scores run from 0 to 100 themselves, so theirs are in
// points: a score that went from 10 to 100 gained 90, it did not grow by 900 %.
//
// # Raw and assessed
//
// Raw counts every case of the general line. Assessed leaves out, from
// numerator and denominator alike, what was granted an exclusion (剔除, thirteen
// reasons; evidence and reviewer are casework's) and the classes of
// rates.left_out (questions, suggestions, praise). Both stand side by side, and
// each row shows its share of exclusions, so that excluding one's way up is
// seen. A merged case is counted once: under the case that it joined.
//
// A case that is open past its deadline at the end of the window, and has no
// valid call-back, is waiting. It joins the assessed denominator as neither
// solved nor satisfied (rates.overdue_counts): averages over what was finished
// reward whoever lets cases lie.
//
// # Windows
//
//	month   a calendar month
//	period  the assessment period (月考核期), 19th 00:00 to 18th 24:00, named by
//	        the month in which it ends; start and end rule are settings
//	day     D is [D−1 12:00, D 12:00)
//	custom  whatever days somebody asked for
//
// A window belongs to a region that has a health commission. Cases are counted
// by when they were received, finished ones (办结量) by when they were finished;
// the two bases are kept apart. Everything is Asia/Shanghai. The rules of a
// window are those in force when it began. A running window is compared with
// the same span one month (one year) earlier, its day clipped to the end of
// the month; a complete one with the window before, and of the year before.
//
// A change of a fact leaves marks (rate_dirty) that are only ever added; the
// sweep turns them into stale windows, takes the marks away and counts the
// windows: small ones every half minute, one of 80,000 cases every four minutes.
// Reading touches stored results alone. A window that is counted anew and says the
// same keeps the time of its count: it may have been for a case of which the reader
// may not know.
//
// # Signing
//
// A director signs a window off once it has ended. From then on its results
// and rules are frozen, together with the anonymised extract from which they
// can be recomputed. A case that changes later shows as a correction beside
// the frozen figures, never in them. Drill-down of a signed window lists the
// cases as they are now.
//
// # The pack
//
// What the monthly meeting reads is one thing in three forms: the page, the
// workbook with every row, and a circular (通报) of the commission as an official
// document in Chinese (packdoc.go). The circular leaves out who had no case, says
// that it is a draft until the window is signed off, and is dated when it was; its
// number is for who sends it.
//
// # Who sees what
//
//   - rates.Read at a region shows everything below it. Held at an institution
//     it shows that institution's row, departments and categories; the ranks of
//     its peers only when the window is signed and rates.published is on.
//   - Cases of the discipline line, and any case of which somebody is barred
//     from knowing, are in no figure, list or extract of this package but one:
//     the reserved count, which only who holds integrity.read reads, less the
//     cases of which that very person is barred from knowing. So nobody learns
//     from a count that a report about them exists.
//   - A drill-down lists a case only if casework says that the actor may see it.
//
// # What it refuses
//
// Weights that do not add up to one, an exclusion for a reason that is not one
// of the thirteen, signing before the end or twice, a custom window longer than
// two years.
//
// Sources: the assessment code of a Beijing district and the practice of
// 12345 lines (domain.md 1.1, 1.2, 1.5, 1.6);《北京市接诉即办工作条例》 arts. 23, 28, 32, 34.
package rates
