// Package system is the work of the system administrator and of the audit
// administrator: settings, failed jobs, the calendar, the state of the program,
// and reading the audit log.
//
// # What it owns
//
// The years of holidays that people import, and the setting of how time limits
// are reckoned. The settings themselves are kit/config's, jobs kit/job's, the
// log kit/audit's; here is who may see and change them.
//
// # Who may do what
//
//	setting.manage   see settings; change them at the nodes where the person
//	                 holds it and below; import a year
//	job.manage       see failed jobs and have them tried again; see the status
//	audit.read       read and export the log
//
// The first two are the system administrator's, the third the audit
// administrator's, and nobody holds both roles (domain.md 10, separation of
// duties). Every signed-in person may see the calendar.
//
// # Rules
//
//   - A change of a setting is a version with scope, day, source and reason; no
//     version is edited or deleted. It names the newest version that the person
//     had seen: of two who change one setting at once, the second is told.
//   - What concerns everybody (a year, the rules of the calendar, jobs) needs the
//     permission at the top of the tree, "/".
//   - A year comes from the notice of the State Council, as the JSON file of
//     holiday-cn or as lists of days. It is taken whole or not at all. A year
//     that is known already is replaced only by who says that this corrects it;
//     what was imported before stays in the table.
//   - Nobody writes or deletes entries of the log: there is no permission for
//     it. Whoever reads or exports the log is written into it first. Who holds
//     audit.read at a node reads what the people of the units there did. Of an
//     entry about something that the reader may not know (a clue of the discipline
//     line, a case that keeps the reader out) only who, what and when is shown.
//     Which subject the log was asked about is noted where it is a person or unit;
//     of any other text, that something was searched for.
//   - A year whose holidays are not announced carries a warning (未发布) until it
//     is imported.
//
// Sources: GB/T 22239-2019 8.1.5 (system, security and audit management are
// separated; logs are kept from change); 全国年节及纪念日放假办法; domain.md 11.
package system
