// Package inspection is about who is inspected by whom, what was found, and that
// both can be checked.
//
// # What it owns
//
// The libraries of targets and inspectors with recusals and credit classes, the
// items, the plan of a year with its batches, the draws with their witnesses, the
// tasks with their results, and what is published of all that. What a target is
// (institution, region) is org's; what becomes of a problem that was found is for
// whoever takes Findings; the life of every record is in the trail.
//
// # Two classes
//
// The class of the library (抽查信用等级) is given by the office, and decides which share
// is drawn and who is spared. The class on the credit record (信用档案等级) follows from
// sanctions and is sanction's. Neither changes the other: a target says both, where it
// has them, and who gives it a class is proposed that of the record.
//
// # Inspectors
//
// One account stands on the library of inspectors once, so that no one person goes as
// two, whether drawn, assigned or in place of another. Who works elsewhere and has no
// account is told apart by the certificate. What is changed of the libraries and the
// items stands in the trail, as it was and is.
//
// # The draw (双随机, domain 5.1)
//
// Targets, inspectors, shares and recusals are frozen as one list. Its hash and
// the secrets of the program and of at least two people, its witnesses, make a seed;
// the seed decides everything that is left to chance. Whoever has the published record repeats the draw and
// compares (Verify, "qingfeng draw verify").
//
//   - Witnesses say the hash of their secret before the secret (commit, reveal), so
//     that the last of them cannot choose a draw by choosing a secret. The list is
//     frozen before. The secret stays with the witness until all have committed.
//   - The time in the seed is when the last witness committed, not when somebody
//     pressed a button.
//   - The program is a witness of every draw, under a name that nobody else has. It
//     commits in the step that freezes the list, before anybody else can; its secret
//     lies sealed until the draw, which reveals it together with the result. So
//     whoever prepares a draw, and tries the secrets of all people in advance, learns
//     nothing of the result. Records of before hold, with the remark that they were
//     made without it (HasProgram). A backup has the sealed secret, and with the key
//     ring draws on.
//   - What is left to trust: whoever has both the database and the key ring can open
//     the secret before the draw, or draw in a copy, and then declare void what came.
//   - Of a stratum (district × kind × credit class) of n targets share × n are
//     drawn, rounded up, so at least one where the share is not nought. A share
//     that names more of the three goes before one that names fewer. Targets that
//     the plan has drawn count, and are not drawn again; what draws outside the plan
//     have taken in the year does not, and is said before the list is frozen, as far as
//     whoever prepares it may know of it. Those of class A
//     that a draw took within two years (a setting) stand on the list and are spared.
//   - The order of a stratum is a Fisher–Yates shuffle by HMAC-SHA-256 of the seed
//     in counter mode, without a modulo's bias. The first are drawn; the rest, in
//     their order, replace those that fall out.
//   - Each target gets two inspectors: those who have the fewest, and of these
//     whom the seed puts first; nobody who is recused from it, and not the two who
//     were there last.
//   - A replacement has a reason and takes the next in the order; replaying the
//     record replays it too. Whoever is next and may not go any more (recused
//     since, no longer active, taken by another draw) is passed over, with that reason.
//     Who made the last replacement at a place of the draw does not make the next one
//     there; how many there were is public.
//   - Districts and days are drawn by the same machinery, as targets without
//     inspectors.
//   - That the libraries are still those of the list is looked at in the transaction
//     that makes the draw.
//   - How many a list will give, by stratum, is said before it is frozen (PreviewDraw);
//     one that would give nobody is not frozen.
//   - Four seals (list, commitment of the program, time, record) have leaves in the transparency log with
//     public salts. A void draw stays public, and each draw says how many others of the
//     batch (without one: of the region, of what is drawn, and of the year) are void or
//     still to be drawn: nobody draws until they like it. Who declared a draw of a batch
//     void does not do so with the next.
//   - The link of a witness is shown once; the draw says since when it was opened. Whoever
//     has it can act for the witness, and chooses nothing.
//   - A stranger's record is checked as theirs (Examine): that it holds, and whether
//     it is the one published here. One made up as a whole holds too. What is no record
//     at all is called so (NoRecord), and is not said to be forged.
//
// The algorithm has a name (Algorithm). What would change a result is another one.
//
//	from         action         to           who                guard
//	(new)        -- freeze -->  frozen       inspection.manage
//	frozen       -- commit -->  frozen       anyone             one-open
//	             -- commit -->  sealed       anyone
//	             -- void ---->  [void]       inspection.manage  another-voids
//	sealed       -- reveal -->  sealed       anyone
//	             -- draw ---->  made         inspection.manage  all-revealed
//	             -- void ---->  [void]       inspection.manage  another-voids
//	made         -- replace ->  made         inspection.manage
//	             -- publish ->  [published]  inspection.manage
//	[published]  -- replace ->  [published]  inspection.manage
//
// # Plans
//
//	from       action         to         who                guard
//	(new)      -- write --->  draft      inspection.manage
//	draft      -- change -->  draft      inspection.manage
//	           -- publish ->  published  inspection.manage
//	published  -- finish -->  [done]     inspection.manage
//
// A plan that is published changes no more; its batches are drawn in turn: while one
// is to be drawn no other is frozen.
//
// # Tasks
//
// A task is one inspection of one target. Double-random ones come out of a draw
// and out of nothing else; the other kinds are assigned, for a reason, and for no
// campaign that whoever assigns does not see; nobody goes to their own district in a
// cross-inspection, where the setting says so. Whoever inspects enters the result (谁检查、谁录入、谁公开); for a team without accounts
// the office does. A result that names a violation (责改, 立案, 不配合) has two
// people: who entered it does not confirm it, and the problems go to Findings when
// it is confirmed. So has any other result of a task that named something before:
// by a result that was sent back, by a visit, in whatever version, or by a problem of
// social supervisors that the office says does not hold. Who put that aside is not the
// second person either, and nobody says of such a task that it could not be inspected.
// A time of the inspection up to five minutes from now is taken as now (ahead).
// What is sent back is kept as it was, for who inspects and who orders it (SentBack).
// Results are public within 20 working days (国发〔2019〕5号); those that are not are
// listed, and told of once, when somebody is there to be told.
//
// Inspections that were made before the program knew of them are written down whole
// (WritePast), by the same table of steps; double-random ones never.
//
// Nobody hears of an inspection before it comes: where a task is ordered it is
// seen at once; those who are inspected see it when it has a result. Who inspects is told
// where and until when, once for all that a draw gave them.
//
// Every figure about inspections is a count of tasks that have a result, whatever it
// is (what was sent back has none), by path, month, kind, level, ownership and
// campaign; 户次 counts tasks, 家 distinct targets.
//
//	from       action           to           who                guard
//	(new)      -- draw ------>  pending      inspection.manage
//	           -- assign ---->  pending      inspection.manage
//	pending    -- start ----->  running      inspection.visit
//	           -- visit ----->  running      inspection.visit   of-team
//	           -- conclude -->  concluded    inspection.visit   may-judge
//	           -- unable ---->  unable       inspection.visit   nothing-named
//	           -- replace --->  pending      inspection.manage  from-draw
//	running    -- visit ----->  running      inspection.visit   of-team
//	           -- conclude -->  concluded    inspection.visit   may-judge
//	           -- unable ---->  unable       inspection.visit   nothing-named
//	           -- replace --->  running      inspection.manage  from-draw
//	concluded  -- confirm --->  concluded    inspection.manage  unchecked
//	           -- send-back ->  running      inspection.manage  unchecked
//	           -- publish --->  [published]  inspection.manage  two-people
//	unable     -- replace --->  [replaced]   inspection.manage  from-draw
//
// The desk counts the boxes of the list of tasks, and names the actor's own
// inspections by their last day.
//
// # Social supervisors (社会监督员)
//
// They are volunteers whom the office recruits, trains and appoints for a term. They
// stand on the library of inspectors without a certificate, are never drawn, and go
// to tasks of their own kind: two of them, or one with an inspector.
//
//   - Only who is trained, within the term until the task is due, and visits where
//     the target is, can be assigned.
//   - Each has an account that holds nothing but the role of social supervisors. A
//     personal link and a PIN open it (org), until the last day of the term.
//   - They hand in visits and judge nothing: the office decides of each problem of a
//     visit what becomes of it, and enters the result. A line of the ledger comes
//     with the result; a clue becomes a case at once, with its finder as a reporter
//     in confidence.
//   - Once anything of a visit is decided there is no other version of it: what became
//     a clue would be told again, and become another.
//
// # Matters of integrity (violation.Integrity)
//
// They become clues and nothing else, whatever the inspection is: social supervisors'
// as soon as the office has decided, those of inspectors with the result, which takes
// along what the visit in force names of them. No result names one, no line of the
// ledger, and no page of the public or of who was inspected.
//
//   - They count for no conclusion: where nothing else was found it is "nothing found".
//     Such a result is on no public page, and the unit does not read it (hushed):
//     "nothing found" would be untrue, and anything else a warning. So it is with what
//     older programs wrote of nothing else.
//   - What became a clue is told in no visit, in whatever version, task or history any
//     more: who found it is protected as a reporter is. Who inspects and who ordered it
//     see how many there were.
//   - The same words are one clue, however often a result is entered anew.
//   - An inspection that is written down later (WritePast) names none.
//
// # Visits
//
// What the inspectors wrote down on the spot, on a phone that may have been out of
// reach: the answers to the checklist of the task, photos, problems, two signatures,
// a place where somebody chose to say so. A task has the checklist that was chosen
// for it, or that of its first item which has one; a visit keeps the version that
// the phone had.
//
//   - Only the team hands a visit in, and only while the task is open.
//   - The phone makes the identifier. The same content again is the same visit;
//     when it was sent is no content.
//   - There is one visit to a task, in versions. Each is based on the one before,
//     and says why it is there. What is based on an older one is refused, with whose
//     the newer is; the phone shows both and may hand its own in as the next, under
//     the identifier that it has. Nothing that was handed in is ever changed.
//   - Two different inspectors of the task sign, by a drawing. Who hands the visit in
//     may type the own name instead; of the other that would be no sign of anything.
//     One drawing is the signature of one, and no photo is.
//     Whether a drawing is by whose it should be, no phone knows: it is kept, and shown
//     under the name.
//   - A signature is of what the visit says: a change after it drops it on the phone, and
//     here one that is older than the last change is refused. Both times are the phone's;
//     visits that older pages kept say neither.
//   - The times are those of the phone; ours of the arrival stands beside them.
//     A clock that is off is flagged and not refused: the visit has been made.
//   - What it brought, photos, signatures and the files that the checklist asked for, is
//     opened under the version that brought it.
//   - A visit is read by its inspectors, and by who else inspects or orders where the
//     task is ordered; readers of inspections have the result, which is entered
//     apart from it.
//
// # Refusals
//
// An empty list, names that are there twice, a share above one, fewer than two people
// as witnesses, a person by the name of the program, a secret that is not what was
// committed to, a target for which no two
// inspectors are free (by district, with the way out), libraries that have changed
// since the list was frozen (with what did), a list beside one that is still to be
// drawn and could take the same targets, drawing twice, a replacement without a
// reason or with nothing left to take, a double-random inspection that somebody
// wants to assign, a conclusion that does not fit the problems, one person alone
// for a violation.
package inspection
