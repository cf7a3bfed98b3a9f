// Package campaign is about rectification campaigns of many agencies (专项整治):
// their plans, stages, coverage, reports and what came of them.
//
// # What it owns
//
// A campaign with its plan (Content): goal, kinds of institution in scope, table of
// responsibilities, stages, milestones of coverage, reporting calendar, people. The
// plan is written and amended as a whole; who saves says which revision they saw.
// It owns no inspection, no problem and no penalty: it asks those who do. What an
// official document says of a campaign is read by org/plan.
//
// # Life
//
//	from     action        to         who              guard
//	(new)    -- draft -->  draft      campaign.manage
//	draft    -- save --->  draft      campaign.manage
//	         -- start -->  running    campaign.manage
//	         -- drop --->  [dropped]  campaign.manage
//	         -- table -->  draft      campaign.manage
//	running  -- drop --->  [dropped]  campaign.manage
//	         -- amend -->  running    campaign.manage
//	         -- close -->  closed     campaign.manage
//	         -- table -->  running    campaign.manage
//	         -- ask ---->  running    campaign.manage
//	closed   -- reopen ->  running    campaign.manage
//
// What is planned, and who sees it:
//
//   - A draft may leave days open, as documents do. What starts may not: each stage,
//     milestone and report has its day, each task who leads it. Whoever starts it is told
//     every place. Of a document, nobody leads whom it does not call so: the draft asks.
//   - Milestones and reports whose day is over on the day of the start are owed by nobody,
//     for nobody was asked in time; or they are, and late at once, if whoever starts it
//     says so. Without a word there is no start. Where they are not, no amendment may
//     give a report such a day: those who owe it would owe it no more.
//   - Members owe returns, so they lie in the region of the campaign; who helps from
//     elsewhere is named in a task.
//   - The document from which it was drafted stays with it as it was, whatever the plan
//     says since, and whoever sees the plan may read it.
//   - Once it runs, a plan is amended with a reason. The trail keeps it, with
//     each part that changed, as it was and as it is.
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
// than all. A milestone is judged at the end of its own day, and never again after:
// JudgeAll keeps within the hour what is known by then. What is entered later stands
// beside it and changes nothing. It is judged by the plan that was in force when its day
// had ended, with the kinds of that plan. No amendment after the day changes that: to
// change or to add a milestone of the past is refused, and one that the plan has no more
// stands as it was judged. Everybody reads when the plan was amended, and which
// milestones it had before.
//
// Everybody reads how many were inspected; which, and when, who reads for a region. A unit
// that inspection tells of no task would know of a clue by a date that stands here.
//
// Coverage is cut and never rounded up, for it is held against milestones; shares of
// the table are rounded. Neither says 100 % of what is not all, or 0 % of what is
// something.
//
// # Returns
//
// A duty of the plan makes what is owed (Return): one of each unit, when the
// campaign starts, when its plan is amended, and within the hour for units that
// come later. A table of regions is handed down from commission to commission, so
// that each level sums and signs, the owner last. Words are not handed down: the
// commissions directly below send them, or the members or the institutions in scope
// where the duty says so.
//
//	from       action           to         who      guard
//	(new)      -- owe ------->  owed       program
//	owed       -- fill ------>  owed       unit
//	           -- submit ---->  submitted  unit
//	           -- lapse ----->  lapsed     program
//	submitted  -- sign ------>  signed     signer   another-hand
//	           -- send-back ->  returned   above
//	returned   -- fill ------>  returned   unit
//	           -- submit ---->  submitted  unit
//	           -- lapse ----->  lapsed     program
//	signed     -- correct --->  returned   above
//	lapsed     -- revive ---->  owed       program
//
// Who signs, and what counts:
//
//   - A unit fills in what it owes itself: who reports for it, by a role at its node (for
//     a commission its region) and not above. Who is above reads it and sends it back,
//     and neither writes nor submits nor signs it.
//   - A commission signs off what it owes, by a role at its node; of any other unit the
//     owner of the campaign signs. Never does anybody who filled it in, in whichever
//     revision. The program owes, lapses and revives.
//   - It is late when it was first submitted after its day, and missing when its day
//     is over and it never was. Who owes is told three working days before, and when
//     the day is over; then the owner is told too.
//   - A correction is a new revision. What was signed stays as it is and goes on to
//     count until the correction is signed.
//   - A duty may be a sentence of the document. It stays so in the plan, of the kind that
//     the clause of its day speaks of; its returns are called by what is sent and the day
//     that holds, until they are handed in.
//   - The life of a return begins with its first step: thousands are owed at once.
//   - Nothing changes in a campaign that does not run.
//
// # The desk
//
// Of campaigns that run, it counts the returns that the level of the actor fills in
// (and of them those due within a week), signs or sends back; those below that are
// late; the milestones two weeks before their day and after it, until they are
// reached; the institutions of a round that sent nothing. Each number is that of a list.
// Of every campaign it names the drafts that were handed in to the level of the actor.
// Whose a return is to fill in and to sign, here and there is one rule.
//
// # The statistics table
//
// Its rows are data (Table), in versions: a return keeps that in which it was
// signed. A row that stays keeps its key, and with it its unit.
//
//   - Numbers are typed, counted (a published figure; typed where nobody publishes
//     it), a share of two rows, or the sum of sub-rows. Amounts are in 分. A unit
//     that is not the row's is asked about, never converted.
//   - Each change of the rows is a step of the campaign, with the rows before and
//     after. Once somebody reported by it, a row that is counted stays counted.
//   - A return comes to what the unit typed plus what is signed below it. Different
//     things and shares are never summed: they are figures of the whole subtree, or
//     typed by each level anew, or divided from the rows that they are made of.
//   - Rules (Rule) name the row, both numbers and the way out. Who submits or signs
//     what breaks a hard one is refused; a soft one asks for a remark.
//   - A row that follows another (fined after filed, put right after found) may be
//     more than it in one period, and never since the start.
//   - At signature figures are frozen (holder: return/revision), with the returns
//     that were summed. What changes below afterwards stands beside, never in it.
//   - Whoever signs says what they saw; if it has changed, they look again.
//
// # Self-examination
//
//	from   action         to     who     guard
//	(new)  -- ask ----->  due    office
//	due    -- send ---->  done   link
//	       -- relink -->  due    office
//	       -- revoke -->  due    office
//	       -- remind -->  due    office
//	       -- end ----->  ended  office
//	done   -- correct ->  done   link
//	       -- relink -->  done   office
//	       -- revoke -->  done   office
//	       -- end ----->  ended  office
//	ended  -- return -->  due    office  unsent
//	       -- return -->  done   office  sent
//
// Beside that:
//
//   - Every institution in scope is asked (AskAll), for as long as it is; a scope that
//     has none is refused. Who leaves
//     the scope is not asked any more; what it sent stays.
//   - Which stage it ends with, and which before, stands in the life of the campaign.
//   - An institution answers through a link, without an account. The link comes from
//     a key and stands in no table; it opens nothing after the last day of the stage,
//     once it is revoked, or once the campaign does not run. Nobody is reminded, and
//     no code printed, of what opens nothing.
//   - The checklist is the tasks of the plan without who is responsible for them, or
//     the groups of violations where there are none. Or it is a form: a line for each
//     choice that it asks of everybody, in the version in force when it was chosen.
//   - Each line has an answer, each that does not apply the reason, each problem what
//     is done, by whom, and by when where it was not put right at once.
//   - Another checklist asks nobody anew: what was sent stays with that to which it was
//     given, until the institution corrects it.
//   - A problem is handed to the ledger when it is sent, once for each key. From then
//     on it is the ledger's: a correction may reword it, and not take it away. It
//     stands with its day once that is over, and once its line left the plan.
//   - The same answers with the same files again are the same sending; a file more is
//     a correction. Who corrects says which revision they saw.
//   - Of an institution at most 60 files are kept, of 4 GB in all: its link may stand
//     on paper, in many hands.
//
// # Look back
//
//	from     action            to       who              guard
//	(new)    -- list ------->  open     anyone
//	open     -- ground ----->  open     anyone
//	         -- check ------>  checked  campaign.manage
//	         -- ask_off ---->  open     campaign.manage  unasked
//	         -- refuse_off ->  open     campaign.manage  asked
//	         -- off -------->  off      campaign.manage  asked
//	checked  -- ground ----->  open     anyone           new
//	         -- ground ----->  checked  anyone           old
//	off      -- ground ----->  open     anyone           new
//	         -- ground ----->  off      anyone           old
//
// Beside that:
//
//   - Every institution that was punished or had something put right in the campaign
//     is looked at again, with every reason for it, by the end of the stage of looking
//     back. The list is rebuilt within the hour, and when somebody asks for it.
//   - A rebuilding only adds. In which order reasons come makes no difference, and no
//     decision is lost: a reason later than a decision opens the line again, one that
//     is older was looked at with it.
//   - Nobody is taken off without a reason and a second person.
//
// # Typical cases
//
//	from       action          to           who              guard
//	(new)      -- write ---->  draft        campaign.manage
//	draft      -- save ----->  draft        campaign.manage
//	           -- submit --->  asked        campaign.manage
//	           -- approve -->  approved     campaign.sign    another-hand
//	           -- withdraw ->  [withdrawn]  campaign.manage
//	asked      -- recall --->  draft        campaign.manage
//	           -- approve -->  approved     campaign.sign    another-hand
//	           -- return --->  draft        campaign.sign
//	           -- withdraw ->  [withdrawn]  campaign.manage
//	approved   -- return --->  draft        campaign.sign
//	           -- publish -->  published    campaign.manage
//	           -- withdraw ->  [withdrawn]  campaign.manage
//	published  -- withdraw ->  [withdrawn]  campaign.manage
//
// Beside that:
//
//   - A text names nobody. The program warns of what looks like a name, an identity
//     number or a telephone, of staff that it knows, and of institutions where none is
//     to be named. It cannot know every name: who approves reads the text, and says
//     why where a warning may stay.
//   - Who wrote in it never approves it, whoever changed it last, and however often
//     it was sent back. Whoever decides says which revision they saw.
//   - What leaves something open （请填写） is neither handed in nor approved nor published.
//   - To hand a draft in tells the directors of the unit that leads the campaign. It waits
//     for them as it is, on their desk, until they decide or it is taken back.
//   - Everybody reads what is published, and nothing of it once it is withdrawn.
//
// # Briefs and the summary
//
//	from    action        to        who              guard
//	(new)   -- draft -->  draft     campaign.manage
//	draft   -- save --->  draft     campaign.manage
//	        -- submit ->  asked     campaign.manage
//	        -- sign --->  signed    campaign.sign    another-hand
//	asked   -- recall ->  draft     campaign.manage
//	        -- sign --->  signed    campaign.sign    another-hand
//	        -- return ->  draft     campaign.sign
//	signed  -- return ->  draft     campaign.sign
//	        -- issue -->  [issued]  campaign.manage
//
// Beside that:
//
//   - A first text is put together from what the campaign has. Its figures are marks
//     ([[coverage]]) with the value of the day; what has changed since is shown, and
//     taken anew when somebody asks for it. All figures of a brief are of one reading: a
//     mark that was not known then takes all of them anew. A list counts what it lists.
//   - A mark is stored by the name of its figure, and read and written in the language of
//     the person ([[覆盖率]]), or in either. What is no figure is not saved.
//   - To hand a draft in tells the directors of the unit that leads the campaign. It waits
//     for them as it is, on their desk, until they decide or it is taken back.
//   - Nobody hands in, signs or issues what leaves something open （请填写）, or a mark without a
//     value, of no figure or without an end; who tries is told the paragraph.
//   - The rows of the table that the owner signed last are such figures, too
//     ([[row_fined]]): cumulative, as they were signed, whatever changed below since. Before
//     them stands how many of those that owe a table they sum. A figure that knows no
//     campaigns is told as that of the whole region in the same period.
//   - Who wrote in it never signs it, whoever changed it last, and however often it
//     was sent back. Whoever decides says which revision they saw.
//   - A brief gets its number (第N期) when it is issued, so that there is no gap.
//   - A summary is signed once the stages are over, or with the reason why before.
//
// # Staffing
//
// Commissions, and institutions of level two and above, have somebody who keeps
// their conduct as their only work (domain.md 0.12). The register says who and since
// when, and the audit who entered or ended them; WithoutConduct names those that have nobody.
package campaign
