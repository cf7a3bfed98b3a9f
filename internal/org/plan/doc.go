// Package plan takes what an official document says of a rectification campaign, for a
// person to correct beside the text.
//
// # What it owns
//
// The words and forms of such documents (Parse), and what is found in one (Plan). It
// knows no unit and stores nothing: a document may be of any agency, and be read by
// whoever has it.
//
// # Rules
//
// It takes and never adds:
//
//   - Every value has its place in the source (Spans), and what stands there is
//     what it says: a date is that date in digits, a share its number; 全覆盖 is
//     100 %.
//   - What the document leaves blank (20__年__月, x月x日, 张__) is null. So is a
//     month without a year, unless it ends a range whose beginning has one.
//   - A date that no calendar has (2018年2月29日) is null too, and a doubt: whoever
//     imports the plan is shown it, and asks whoever wrote it.
//   - Its own number and issuer are those of its head, signature or imprint, or of the
//     title of its notice (清江市卫生局、清江市公安局关于……的通知), never those of documents
//     that it cites, even where a line has only the end of what is cited (……的通知》).
//     Of 清江市卫生局等3部门 the one that is named issues it. The issuer may stand alone
//     above the number, and a number that lost a bracket or its 号 is one where it has a
//     line of its own. What the document does not say of itself, the card of the site
//     that has it may say (文号：, 发文单位：, 名称：). Its title is the last before the
//     text begins, without what a site, a collection or the head of the document writes
//     into its line; of a notice that forwards no plan, the notice's own.
//   - The scope is what stands below its heading, a sentence each; below a heading that
//     is also about something else (检查范围和时限), only what says whom it is about.
//   - Tasks stand below the first heading of tasks that has any: its items, or theirs
//     where they have some, and deeper where the units stand deeper; the rows of a table
//     that has a column of units, what a paragraph counts (一是, 二是), duties
//     (区卫生局：……, 区卫生局负责……), items that have a bullet or lost their number, or
//     three short sentences and more that others explain. A text that lost that heading
//     has the items that somebody is responsible for, the duties of each unit below
//     another one (组织机构), or is a list and nothing else; one without any heading has
//     what a sentence announces (重点检查以下内容：一是……).
//   - The units of a task are those that the document calls responsible, in brackets,
//     lines or cells, that stand alone in brackets behind it (（医务科）), or that it
//     begins with (由……负责，……配合); the lead is the one that it calls so (牵头), and
//     nobody where that is left open.
//     Whoever leads in person (责任领导) is no unit.
//   - A stage has its number as it stands: （一）, 1, 第一阶段, 第一步. Where only a
//     sentence says from when to when a stage lasts, or which there are, it has none.
//     Items that all have a time in brackets are stages below whatever heading, but one
//     of tasks only where that is also about when (工作内容和安排).
//     即日起 and 年底 are no dates; of a range in one month (3月1日至15日) the month is
//     its beginning's. Two months in brackets are a range whose dash got lost (2026年6月8月).
//   - A milestone is a share of institutions that a stage, a task or the goal demands
//     to be looked at; a share of anything else (合格率), 全覆盖 of departments or staff,
//     and 全覆盖 as the name of something (全覆盖工作) are none. A day that begins a
//     sentence (到2026年底，) is that of all its shares. 全覆盖 with a part of it by a
//     day is both, and where the parts reach the whole, the parts alone.
//   - A report is something that is to be sent by a date; a sentence with two dates
//     is two. 12月5前 is a day.
//   - A leader is a name in a role: behind 组长：, which may stand within a line, below it,
//     or in a sentence (由……任组长, 第一组组长……，). 略 is a place that is left open, and so
//     is a role with nothing behind it above the next role or item. A name begins with
//     a surname and is no post or unit; what has posts alone names nobody.
//   - A file that holds several plans yields several. A speech, a news report, a report
//     of what was done, a regulation, a contract, the notice or minutes of a meeting, a
//     paper, questions and answers, or a text in which nobody plans anything, is refused
//     with the reason; but never one that says that it is a plan (现制定本方案).
package plan
