package casework

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/doc"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// Archive returns the complete file of a case as a PDF in the order in which
// an archive binds it, with the name of the actor and the time across every
// page. The copy is noted in the audit log before it is made.
func (s *Service) Archive(ctx context.Context, in ByID) (_ httpapi.File, err error) {
	defer fault.Wrap(&err, "casework.Archive(%s)", in.ID)
	var d Detail
	var held map[string][]CustodyStep
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, err := seenBy(ctx, r, in.ID, Export)
		if err != nil {
			return err
		}
		if d, err = s.detail(ctx, r, c); err != nil {
			return err
		}
		held, err = chains(r, c.ID, d.Content.Files, d.events())
		return err
	})
	if err != nil {
		return httpapi.File{}, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		return s.Audit.Append(ctx, tx, "case.print", in.ID, "", "number", d.Case.Number)
	})
	if err != nil {
		return httpapi.File{}, err
	}
	f := dossier{d, held, ctx}.file(s.Now())
	return httpapi.File{Name: d.Case.Number + ".pdf", ContentType: "application/pdf", Write: f.Write}, nil
}

// dossier is a case on its way to paper, in the language of its reader.
type dossier struct {
	Detail
	custody map[string][]CustodyStep // by file
	ctx     context.Context          //nolint:containedctx // carries the reader's language and name through the making of one file
}

func (d dossier) say(zh, en string) string { return i18n.T(zh, en).Here(d.ctx) }

func (d dossier) file(now time.Time) doc.File {
	c := d.Case
	reader := authz.From(d.ctx).Name
	f := doc.File{Title: d.say("诉求办理卷宗", "File of a case"), Subtitle: c.Title, Contents: d.say("卷内目录", "Contents"),
		Watermark: reader + " " + moment(now), Footer: c.Number, MadeAt: now,
		Cover: []doc.Fact{
			{Label: d.say("编号", "Number"), Value: c.Number},
			{Label: d.say("类别", "Category"), Value: demand.Name(c.Category).Here(d.ctx)},
			{Label: d.say("被反映机构", "About"), Value: c.InstitutionName},
			{Label: d.say("主办单位", "Handled by"), Value: c.LeadName},
			{Label: d.say("受理时间", "Received"), Value: moment(c.ReceivedAt)},
			{Label: d.say("归档时间", "Closed"), Value: moment(c.ClosedAt)},
			{Label: d.say("状态", "State"), Value: life().Text(c.State).Here(d.ctx)},
		}}
	for i, ch := range d.chapters() {
		ch.Heading, ch.Empty = strconv.Itoa(i+1)+"  "+ch.Heading, d.say("（无）", "(none)")
		f.Chapters = append(f.Chapters, ch)
	}
	return f
}

func (d dossier) chapters() []doc.Chapter {
	all := []doc.Chapter{
		{Heading: d.say("反映内容", "Report"), Pieces: d.report()},
		{Heading: d.say("办理过程", "Course"), Pieces: d.course()},
		{Heading: d.say("往来留言", "Dialogue"), Pieces: d.dialogue()},
		{Heading: d.say("核查记录", "Investigation"), Pieces: d.inquiry()},
		{Heading: d.say("认定与措施", "Findings and measures"), Pieces: d.findings()},
		{Heading: d.say("审批与督办", "Decisions and supervision"), Pieces: d.decisions()},
		{Heading: d.say("答复与反馈", "Reply and feedback"), Pieces: d.feedback()},
		{Heading: d.say("附件清单", "Attachments"), Pieces: d.attachments()},
	}
	if d.Case.Route == Integrity {
		all = slices.Insert(all, 5, doc.Chapter{Heading: d.say("线索处置", "Dispositions"), Pieces: d.dispositions()})
	}
	return all
}

func (d dossier) report() []doc.Piece {
	c, said := d.Case, d.Content
	who := d.say("匿名", "anonymous")
	if c.Mode != demand.Anonymous {
		who = d.say("（身份另行开启，不入卷）", "(opened separately, not in the file)")
	}
	facts := []doc.Fact{
		{Label: d.say("来源", "Channel"), Value: demand.NameOf(demand.Channels(), c.Channel).Here(d.ctx)},
		{Label: d.say("类型", "Kind"), Value: demand.NameOf(demand.Classes(), c.Class).Here(d.ctx)},
		{Label: d.say("细类", "Item"), Value: itemName(c.Item).Here(d.ctx)},
		{Label: d.say("紧急程度", "Urgency"), Value: demand.NameOf(demand.Urgencies(), c.Urgency).Here(d.ctx)},
		{Label: d.say("诉求人", "Reporter"), Value: who},
		{Label: d.say("地点", "Place"), Value: said.Place},
		{Label: d.say("发生日期", "When"), Value: said.OccurredOn},
		{Label: d.say("被反映人", "Named"), Value: said.About},
		{Label: d.say("诉求", "Wish"), Value: said.Wish},
	}
	for _, question := range slices.Sorted(maps.Keys(said.Answers)) {
		facts = append(facts, doc.Fact{Label: question, Value: said.Answers[question]})
	}
	facts = slices.DeleteFunc(facts, func(f doc.Fact) bool { return f.Value == "" })
	return []doc.Piece{{Facts: facts}, {Heading: d.say("原文", "In the reporter's words"), Text: said.Narrative}}
}

// table is a piece of rows; without rows there is none.
func table(rows [][]string, columns ...doc.Column) []doc.Piece {
	if len(rows) == 0 {
		return nil
	}
	return []doc.Piece{{Columns: columns, Rows: rows}}
}

func (d dossier) course() []doc.Piece {
	units := make([][]string, len(d.Assignments))
	for i, a := range d.Assignments {
		part := d.say("主办", "leads")
		if a.Part == Assist {
			part = d.say("协办", "helps")
		}
		units[i] = []string{a.UnitName, part, moment(a.DispatchedAt), moment(a.SignedAt), a.Opinion}
	}
	steps, names := make([][]string, len(d.Timeline)), eventNames()
	for i, e := range d.Timeline {
		steps[i] = []string{moment(e.At), demand.NameOf(names, flow.Action(e.Action)).Here(d.ctx), d.person(e.Actor, e.ActorName) + " " + e.UnitName, strings.TrimSpace(d.purpose(e) + "\n" + strings.TrimSpace(e.Reason+"\n"+e.Public))}
	}
	return append(table(units, doc.Column{Heading: d.say("承办单位", "Unit"), Share: 0.3}, doc.Column{Heading: d.say("分工", "Part"), Share: 0.1},
		doc.Column{Heading: d.say("派单", "Dispatched"), Share: 0.2}, doc.Column{Heading: d.say("签收", "Signed"), Share: 0.2}, doc.Column{Heading: d.say("协办意见", "Opinion"), Share: 0.2}),
		table(steps, doc.Column{Heading: d.say("时间", "Time"), Share: 0.2}, doc.Column{Heading: d.say("步骤", "Step"), Share: 0.16},
			doc.Column{Heading: d.say("经办", "By"), Share: 0.24}, doc.Column{Heading: d.say("说明", "Remark"), Share: 0.4})...)
}

// purpose writes what who reported was opened for; nothing beside other steps.
func (d dossier) purpose(e NamedEvent) string {
	if p := Purpose(detailText(e.Detail, "purpose")); p != "" {
		return demand.NameOf(purposes(), p).Here(d.ctx)
	}
	return ""
}

func (d dossier) dialogue() []doc.Piece {
	rows := make([][]string, len(d.Messages))
	for i, m := range d.Messages {
		rows[i] = []string{moment(m.At), d.person(m.Author, d.People[m.Author]), m.Body}
	}
	return table(rows, doc.Column{Heading: d.say("时间", "Time"), Share: 0.2}, doc.Column{Heading: d.say("何人", "Who"), Share: 0.2}, doc.Column{Heading: d.say("内容", "Text"), Share: 0.6})
}

func (d dossier) inquiry() (pieces []doc.Piece) {
	for _, v := range d.Investigations {
		pieces = append(pieces, doc.Piece{Heading: demand.NameOf(investigationNames(), v.Kind).Here(d.ctx) + "  " + moment(v.At), Text: v.Summary, Facts: []doc.Fact{
			{Label: d.say("地点", "Place"), Value: v.Place}, {Label: d.say("核查人员", "People"), Value: strings.Join(v.People, "、")},
			{Label: d.say("记录", "Noted by"), Value: d.People[v.NotedBy] + " " + moment(v.NotedAt)}}})
	}
	return pieces
}

// findings are what each result said that was handed in, the last one last.
func (d dossier) findings() (pieces []doc.Piece) {
	for _, e := range d.Timeline {
		if e.Action != string(doSubmit) {
			continue
		}
		pieces = append(pieces, doc.Piece{Heading: e.UnitName + "  " + moment(e.At), Text: e.Reason, Facts: []doc.Fact{
			{Label: d.say("认定", "Outcome"), Value: demand.NameOf(demand.Outcomes(), demand.Outcome(detailText(e.Detail, "outcome"))).Here(d.ctx)},
			{Label: d.say("原因", "Cause"), Value: demand.NameOf(demand.Causes(), demand.Cause(detailText(e.Detail, "cause"))).Here(d.ctx)},
			{Label: d.say("整改措施", "Measures"), Value: detailText(e.Detail, "measures")}}})
	}
	return pieces
}

func (d dossier) dispositions() []doc.Piece {
	rows := make([][]string, len(d.Dispositions))
	for i, x := range d.Dispositions {
		rows[i] = []string{moment(x.DecidedAt), demand.NameOf(wayNames(), x.Way).Here(d.ctx), d.People[x.DecidedBy], x.Reason}
	}
	return table(rows, doc.Column{Heading: d.say("时间", "Time"), Share: 0.2}, doc.Column{Heading: d.say("方式", "Way"), Share: 0.16},
		doc.Column{Heading: d.say("决定人", "By"), Share: 0.14}, doc.Column{Heading: d.say("理由", "Reason"), Share: 0.5})
}

func (d dossier) decisions() []doc.Piece {
	asked := make([][]string, len(d.Requests))
	for i, q := range d.Requests {
		asked[i] = []string{moment(q.AskedAt), demand.NameOf(requestNames(), q.Kind).Here(d.ctx) + "：" + q.Reason, d.person(q.AskedBy, d.People[q.AskedBy]),
			strings.TrimSpace(demand.NameOf(decisionNames(), q.State).Here(d.ctx) + " " + q.Decision + "\n" + d.People[q.DecidedBy] + " " + moment(q.DecidedAt))}
	}
	ordered := make([][]string, len(d.Supervisions))
	for i, v := range d.Supervisions {
		ordered[i] = []string{moment(v.OrderedAt), supervisionName(v.Level).Here(d.ctx) + "：" + v.Demand, d.People[v.OrderedBy], strings.TrimSpace(v.Answer + "\n" + moment(v.ClosedAt))}
	}
	columns := func(last string) []doc.Column {
		return []doc.Column{{Heading: d.say("时间", "Time"), Share: 0.2}, {Heading: d.say("事项", "What"), Share: 0.34}, {Heading: d.say("提出", "By"), Share: 0.13}, {Heading: last, Share: 0.33}}
	}
	return append(table(asked, columns(d.say("决定", "Decision"))...), table(ordered, columns(d.say("报告与销号", "Report and end"))...)...)
}

func (d dossier) feedback() (pieces []doc.Piece) {
	if d.Case.Reply != "" {
		pieces = append(pieces, doc.Piece{Heading: d.say("答复诉求人", "Reply to the reporter"), Text: d.Case.Reply})
	}
	rows := make([][]string, 0, len(d.Callbacks))
	for _, e := range d.Timeline {
		if e.Action == string(doFeedback) {
			rows = append(rows, []string{moment(e.At), d.say("反馈", "Feedback"), e.ActorName, e.Reason})
		}
	}
	for _, k := range d.Callbacks {
		rows = append(rows, []string{moment(k.At), d.say("回访", "Call-back"), d.person(k.Actor, d.People[k.Actor]), d.answers(k)})
	}
	return append(pieces, table(rows, doc.Column{Heading: d.say("时间", "Time"), Share: 0.2}, doc.Column{Heading: d.say("事项", "What"), Share: 0.14},
		doc.Column{Heading: d.say("经办", "By"), Share: 0.16}, doc.Column{Heading: d.say("内容", "Text"), Share: 0.5})...)
}

// answers writes a call-back in words.
func (d dossier) answers(k Callback) string {
	if !k.Valid {
		return strings.TrimSpace(d.say("未取得有效评价 ", "no valid answer ") + k.Remark)
	}
	contacted, solved, satisfied := demand.NameOf(demand.Contacts(), demand.Contact(k.Contacted)), demand.NameOf(demand.Resolutions(), demand.Resolution(k.Solved)),
		demand.NameOf(demand.Satisfactions(), demand.Satisfaction(k.Satisfied))
	return i18n.T("联系：%s；解决：%s；评价：%s", "contacted: %s; solved: %s; opinion: %s").With(contacted, solved, satisfied).Here(d.ctx) + "\n" + k.Remark
}

func (d dossier) attachments() []doc.Piece {
	rows := make([][]string, len(d.Content.Files))
	for i, f := range d.Content.Files {
		rows[i] = []string{strconv.Itoa(i + 1), f.Name, strconv.FormatInt(f.Size, 10), f.SHA256}
	}
	list := table(rows, doc.Column{Heading: d.say("序号", "No."), Share: 0.08}, doc.Column{Heading: d.say("名称", "Name"), Share: 0.3},
		doc.Column{Heading: d.say("字节", "Bytes"), Share: 0.14}, doc.Column{Heading: d.say("原件 SHA-256", "SHA-256 of the original"), Share: 0.48})
	for i, f := range d.Content.Files {
		list = append(list, d.chain(strconv.Itoa(i+1)+"  "+f.Name, d.custody[f.ID]))
	}
	return list
}

// chain prints what became of a file.
func (d dossier) chain(name string, steps []CustodyStep) doc.Piece {
	rows, called := make([][]string, len(steps)), custodyNames()
	for i, x := range steps {
		rows[i] = []string{moment(x.At), called[x.What].Here(d.ctx), d.person(x.Actor, x.ActorName), x.Reason}
	}
	return doc.Piece{Heading: d.say("保管记录：", "Custody: ") + name, Rows: rows, Columns: []doc.Column{{Heading: d.say("时间", "Time"), Share: 0.2},
		{Heading: d.say("事项", "What"), Share: 0.24}, {Heading: d.say("经手", "By"), Share: 0.2}, {Heading: d.say("理由", "Reason"), Share: 0.36}}}
}

// person writes who acted: a member of staff by name, the others by what they are.
func (d dossier) person(id, name string) string {
	switch id {
	case "reporter":
		return d.say("诉求人", "Reporter")
	case "system":
		return d.say("系统", "System")
	}
	return name
}

// moment writes a time for paper; nothing for one that has not come.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(clock.Shanghai).Format("2006-01-02 15:04")
}
