// Package sanction keeps what follows from a violation: penalties, points, credit
// records, the blacklist, transfers to other authorities and vetoes, and what the
// public reads of them.
//
// # What it owns
//
// A subject (Subject) is an institution, a practitioner with a certificate number,
// or another person; each has one credit record, to which everything below hangs.
// A person is known again by the number of a certificate alone: another person
// without one has a record of their own each time they are named, for namesakes
// share none. Whose a number is, is told to who may see them.
// Records that come from another one name it by source and source_id, and a
// campaign by campaign_id: one that concerns who makes the record. Every number below is a setting with its source.
// What "program" stands beside, no person does.
//
// # Penalties
//
//	from      action                to          who              guard
//	(new)     -- file ----------->  filed       sanction.manage
//	          -- punish-on-spot ->  decided     sanction.manage
//	filed     -- notify --------->  noticed     sanction.manage
//	          -- drop ----------->  [dropped]   sanction.manage
//	noticed   -- ask-hearing ---->  hearing     sanction.manage  hearing-open
//	          -- decide --------->  decided     sanction.manage  hearing-over
//	          -- drop ----------->  [dropped]   sanction.manage
//	hearing   -- hear ----------->  heard       sanction.manage
//	          -- drop ----------->  [dropped]   sanction.manage
//	heard     -- decide --------->  decided     sanction.manage
//	          -- drop ----------->  [dropped]   sanction.manage
//	decided   -- serve ---------->  served      sanction.manage
//	          -- hold ----------->  decided     sanction.manage
//	          -- keep-private --->  decided     sanction.manage
//	          -- change --------->  decided     sanction.manage
//	          -- annul ---------->  [annulled]  sanction.manage
//	served    -- pay ------------>  served      sanction.manage  owing
//	          -- execute -------->  executed    sanction.manage  all-paid
//	          -- hold ----------->  served      sanction.manage
//	          -- keep-private --->  served      sanction.manage
//	          -- change --------->  decided     sanction.manage
//	          -- annul ---------->  [annulled]  sanction.manage
//	executed  -- close ---------->  closed      sanction.manage
//	          -- hold ----------->  executed    sanction.manage
//	          -- keep-private --->  executed    sanction.manage
//	          -- change --------->  decided     sanction.manage
//	          -- annul ---------->  [annulled]  sanction.manage
//	closed    -- hold ----------->  closed      sanction.manage
//	          -- keep-private --->  closed      sanction.manage
//	          -- change --------->  decided     sanction.manage
//	          -- annul ---------->  [annulled]  sanction.manage
//
// Its limits, by 行政处罚法:
//
//   - An act is punished within two years of its end, five where life, health or
//     financial safety was harmed, by the day on which it was found (art. 36).
//   - At least two officers with certificates (art. 42). On the spot: a warning, or
//     a fine of at most ¥200 for a person and ¥3,000 for an organisation (art. 51).
//   - The party may ask for a hearing within five days of the notice (art. 64);
//     nothing is decided before, unless that was waived in writing; who tries is told
//     the day. A fine that is paid is not paid again. The decision
//     comes within 90 days of filing (art. 60), or says why not. It is served
//     within seven days (art. 61), and the fine paid within 15 days of that (art.
//     67). Each day later adds 3 %, at most the fine itself (art. 72). Two, three,
//     five and seven days are working days (art. 85).
//   - A measure is a row. A change or annulment revokes rows, never rewrites them.
//   - Money is in 分 and is named with its unit.
//   - Each penalty carries its chain of responsibility: the person, the head of the
//     office, the deputy, the principal leader, and a measure of the ladder each.
//
// # Points
//
//	from       action         to         who              guard
//	(new)      -- confirm ->  confirmed  sanction.manage
//	confirmed  -- notify -->  noticed    sanction.manage
//	           -- void ---->  [voided]   sanction.manage
//	noticed    -- serve --->  served     sanction.manage
//	           -- defend -->  noticed    sanction.manage
//	           -- void ---->  [voided]   sanction.manage
//	served     -- defend -->  served     sanction.manage
//	           -- void ---->  [voided]   sanction.manage
//
// Points for irregular practice follow the rule of the region (Presets): which
// points there are, over which time they add up, and what they lead to. The cycle
// begins with the last pass, which holds for one year, or three from 100 beds on;
// a pass begins anew at zero. Points of people without a pass count by natural
// years. Points never stand in for a penalty. The notice comes within ten working
// days.
//
// Points of the right to insurance payment count per person and natural year, at
// most twelve. From nine the right is suspended for one to six months; twelve end
// it, and bar for a year, or for three where one decision gave all twelve. Lighter
// or heavier is one band, with the reason.
//
// A threshold raises a consequence, once for each cycle or year; a person decides
// on it. It lapses where points are voided before anybody did.
//
//	from    action        to         who              guard
//	(new)   -- raise -->  raised     sanction.manage
//	raised  -- impose ->  [imposed]  sanction.manage
//	        -- waive -->  [waived]   sanction.manage
//	        -- lapse -->  [lapsed]   program
//
// # Credit
//
// A grade from A to D follows from the measures of the last months, the points and
// the blacklist; each change of it is kept. What gets better with time alone is
// graded anew once a day.
//
// # Blacklist and publication
//
//	from    action        to         who              guard
//	(new)   -- list --->  listed     sanction.manage
//	listed  -- remove ->  [removed]  sanction.manage
//	        -- expire ->  [expired]  program
//
// An entry is inside the program until a publication of it is approved.
//
//	from       action          to           who               guard
//	(new)      -- propose -->  proposed     sanction.manage
//	proposed   -- approve -->  published    sanction.publish  other-person
//	           -- refuse --->  [refused]    sanction.publish
//	published  -- withdraw ->  [withdrawn]  sanction.publish
//	           -- expire --->  [expired]    program
//
// Its rules:
//
//   - Nothing is public before somebody else than its proposer has approved it, and
//     nothing that rests on a decision that was changed or annulled meanwhile.
//   - A penalty is public within seven working days of the decision, or it is said
//     why not; never before the decision was served, a changed one served anew. What
//     it imposes, how much and for how long stands in the publication beside its words,
//     without the notes of the file.
//   - It is public from its approval on, for as long as its gravity allows, and leaves
//     the list by itself on its last day. Where the decision is changed or annulled, it
//     is withdrawn within three days, with the reason; its address says that it was.
//   - Institutions are named in full, natural persons as 张某 unless the setting
//     says otherwise; a title, text, basis, decision number or reason with the whole
//     name, a certificate, an identity card or a mobile number, however it is spaced,
//     is refused, when it is proposed and when it is approved. The basis may be written anew for that.
//   - A proposal begins with what the file says, and stars or 张某 where it would be
//     refused; a correction with what is public.
//   - To correct is to propose anew: the old one is withdrawn as the new one is
//     approved.
//
// # Transfers
//
//	from      action         to        who              guard
//	(new)     -- send ---->  sent      sanction.manage
//	sent      -- receive ->  received  sanction.manage  receipt-on-file
//	          -- chase --->  sent      sanction.manage
//	          -- close --->  [closed]  sanction.manage  reason-given
//	received  -- answer -->  answered  sanction.manage
//	          -- chase --->  received  sanction.manage
//	          -- close --->  [closed]  sanction.manage  reason-given
//	answered  -- close --->  [closed]  sanction.manage
//
// A receipt has a number, a day and a file. Nothing is closed without receipt and
// result, or a reason why there is none. What does not come is chased.
//
// # Vetoes
//
//	from      action      to        who              guard
//	(new)     -- veto ->  in-force  sanction.manage
//	in-force  -- lift ->  [lifted]  sanction.manage
//
// A veto names what it rules out and for how long. MayUse and Ask answer whether
// somebody may be appointed, promoted, honoured: Ask by all that there is, MayUse by
// what the actor may see. It tells nothing of those whom the actor may not see, and
// says that it knows none.
//
// # Who sees what
//
// At a unit nobody reads what is prepared against it or its people: no penalty before
// its notice, and none that was dropped without one; no points for irregular practice
// before theirs, nor what these lead to; no transfer to discipline
// inspection, police or procuratorate; nothing that rests on a violation that is a
// matter of integrity, nor on such a penalty. Lists, records, files, sums, vetoes and
// figures at the unit are as if it were not there, and who is in the books for that
// alone has no credit record there (secret.go). Nor does a campaign list whom it looks
// at again for such a penalty alone (PunishedIn), for the unit reads that list. Grades alone count all that was decided.
//
// Read shows what lies at or below a node; Manage acts there; Publish approves
// and withdraws. Numbers of certificates are masked for who does not hold Manage.
//
// # The desk
//
// It counts, as the lists do: penalties with a limit that has passed, or of which four
// fifths are over; points and transfers that are late; what points lead to and nobody
// decided; publications to be approved, and to be withdrawn.
//
// # What it refuses
//
// Days in the future or out of order; a penalty that came too late; too few
// officers; amounts where none belong, and none where they do; a payment that is
// not the fine; points that the rule does not know; a second entry on the
// blacklist of one subject, or of persons without a number who have name and place
// in common; one's own approval.
//
// Sources: 行政处罚法 (2021); 医疗机构管理条例 art. 22; 医保发〔2024〕23号; rules of points of
// 广东, 贵州, 武汉, 贵阳, 天津 (domain.md 0.10, 0.11, 0.21, 4.1–4.3).
package sanction
