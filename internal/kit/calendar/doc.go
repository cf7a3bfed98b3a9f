// Package calendar knows which days are working days in mainland China and
// reckons time limits by them.
//
// # What it owns
//
// The table of days off and make-up working days that the State Council
// announces each autumn for the next year (table.txt, 2007 to 2026), the years
// that an administrator adds, the office hours, and the arithmetic of limits:
// due, paused, resumed, extended, half used. It stores nothing and reads no
// clock: every answer depends on its arguments alone, so a deadline can be
// reckoned again from the facts at any time (Run).
//
// # What it refuses
//
// A notice that does not belong to its year, names a day twice, lets people
// make up work on a weekday, leaves out a statutory holiday of fixed date or
// names no day at all; a limit without a unit; office hours that overlap.
//
// # Working days
//
//   - A day is a working day when the notice names it a make-up day, or when it
//     is Monday to Friday and the notice does not name it a day off
//     (全国年节及纪念日放假办法, and the yearly 国务院办公厅关于部分节假日安排的通知).
//   - The notice of a year may reach back into the last week of December before
//     it (2007, 2008, 2012, 2019 and 2023 did) and then overrules what the older
//     notice said.
//   - A year without a notice has its weekends and the statutory holidays of
//     fixed date: 1 January, 1 May (from 2025 also 2 May), 1 to 3 October.
//     Whatever rests on such a year is Provisional, and so is a day of the last
//     week of December while the next notice is out.
//   - Days are days in Shanghai, UTC+8, without daylight saving time.
//
// # Limits
//
//		24h   hours          natural hours, to the nanosecond
//		7d    days           until 24:00 of the 7th day after the event
//		5wd   working days   until 24:00 of the 5th working day after the event
//		16wh  working hours  time inside office hours of working days
//
//	  - "N 个工作日内" and "N 日内" count from the day after the event: the day of
//	    the event is not counted (民法典 art. 201).
//	  - 24:00 of a day is stored as the next midnight, and a deadline excludes its
//	    instant: what happens at t is in time when t is before Deadline.At. People
//	    read "24:00" (Deadline.Text).
//	  - Rules, all off by default, move a limit of days whose last day is no
//	    working day to the next one (民法典 art. 203), end working days at close of
//	    business, or count what arrives after hours as received on the next
//	    working day.
//
// # Pauses and extensions
//
//   - A pause of natural hours or days adds exactly its length.
//   - A pause of working days adds as many working days as lie after the day of
//     the pause, up to and including the day of the resumption: the number of
//     working days still to come is the same before and after.
//   - A pause of working hours adds the office time that passed in it.
//   - No deadline passes during a pause that began before it: what is resumed is
//     not overdue at once. Where the rest of the last working day would fall
//     outside working days, it becomes the next working day.
//   - A limit that has run out cannot be paused; it stays overdue.
//   - An extension counts from the deadline as it stands, not from today.
//   - The share of a limit that is used (warnings at 50 % and 80 %) leaves out
//     pauses, and nights and holidays where the limit does.
package calendar
