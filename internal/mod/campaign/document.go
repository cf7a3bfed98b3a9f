package campaign

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/prose"
	"qingfeng/internal/org"
	"qingfeng/internal/org/plan"
)

// maxDocument is how large an official document may be, in bytes.
const maxDocument = prose.MostBytes

// DocumentInput is an official document: txt, docx or pdf.
type DocumentInput struct {
	Region  string `query:"region" required:"true" maxLength:"12" doc:"Code of the region whose campaign it is: its units are looked for."`
	RawBody []byte `contentType:"application/octet-stream"`
}

// ReadOut is what a document says: its text, and each plan as it stands there
// and as a campaign could begin.
type ReadOut struct {
	Text  string     `json:"text"`
	Plans []ReadPlan `json:"plans" nullable:"false"`
}

// ReadPlan is a plan of a document, for a person to correct beside the text.
type ReadPlan struct {
	Read    plan.Plan `json:"read" doc:"As it stands there, with the place of each value."`
	Title   string    `json:"title"`
	Content Content   `json:"content" doc:"The same as a campaign; what the document leaves open is empty."`
}

// ReadDocument takes out of a document what it says of campaigns, for who manages
// those of the region. It stores nothing. Faults: Invalid for what is no document or
// no plan, with what it seems to be.
func (s *Service) ReadDocument(ctx context.Context, in DocumentInput) (out ReadOut, err error) {
	defer fault.Wrap(&err, "campaign.ReadDocument")
	var region org.Region
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if region, err = org.RegionByCode(r, in.Region); err != nil {
			return err
		}
		return authz.Need(ctx, Manage, region.Path)
	})
	if err != nil {
		return out, err
	}
	if out.Text, err = s.Documents.Read(ctx, in.RawBody); err != nil {
		return out, err
	}
	if utf8.RuneCountInString(out.Text) > mostSource {
		return out, fault.New(fault.TooLarge, i18n.T("这份文件超过 %d 万字，无法随草稿保存", "this document has more than %d0,000 characters, too many to be kept with a draft"), mostSource/10_000).
			WithFix(i18n.T("请只留下方案正文，另存后重新上传", "keep the plan alone, save that, and upload it"))
	}
	plans, err := plan.Parse(out.Text)
	if err != nil {
		return out, err
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		known := units{r, region.Path, map[string]string{}}
		for _, p := range plans {
			content, err := known.content(p)
			if err != nil {
				return err
			}
			out.Plans = append(out.Plans, ReadPlan{Read: p, Title: plan.Said(p.Title), Content: content})
		}
		return nil
	})
	return out, err
}

// units finds the units that a document names by what they are called.
type units struct {
	r     db.Reader
	path  string
	found map[string]string
}

// content is a plan as a campaign could begin.
func (u units) content(p plan.Plan) (Content, error) {
	c := Content{DocNumber: plan.Said(p.DocNumber), Issuer: plan.Said(p.Issuer), Goal: plan.Said(p.Goal), Scope: p.Scope}
	for _, t := range p.Tasks {
		task, err := u.task(t)
		if err != nil {
			return c, err
		}
		c.Tasks = append(c.Tasks, task)
	}
	for _, x := range p.Stages {
		c.Stages = append(c.Stages, Stage{Title: plan.Said(x.Title), Start: firstDay(plan.Said(x.Start)), End: lastDay(plan.Said(x.End)), Text: plan.Said(x.Text)})
	}
	for _, m := range p.Milestones {
		c.Milestones = append(c.Milestones, Milestone{Percent: int(m.Percent), Kinds: kindsOf(plan.Said(m.Kind)), Due: lastDay(plan.Said(m.Due)), Text: plan.Said(m.Text)})
	}
	for _, d := range p.Reports {
		c.Duties = append(c.Duties, dutyOf(plan.Said(d.Text), lastDay(plan.Said(d.Due))))
	}
	for _, l := range p.Leaders {
		c.People = append(c.People, Person{Role: plan.Said(l.Role), Name: plan.Said(l.Name)})
	}
	return c.tidy(), nil
}

// task is a task with those of its units that are in the tree. Nobody leads whom the
// document does not call so.
func (u units) task(t plan.Task) (task Task, err error) {
	task = Task{Group: plan.Said(t.Group), Title: plan.Said(t.Title), Text: plan.Said(t.Text), Named: strings.Join(t.Units, "、")}
	for _, name := range t.Units {
		id, err := u.find(name)
		if err != nil {
			return task, err
		}
		switch {
		case id == "":
		case name == plan.Said(t.Lead):
			task.Lead = id
		default:
			task.Units = append(task.Units, id)
		}
	}
	return task, nil
}

// find returns the unit of the region that a document calls so, or nothing: one of
// that name, or the authority whose business the name speaks of.
func (u units) find(name string) (id string, err error) {
	if id, ok := u.found[name]; ok {
		return id, nil
	}
	var w db.Where
	w.And("(name = ? or short_name = ?) and closed_at is null", name, name)
	w.AndBelow("path", u.path)
	ids, err := db.Values[string](u.r, `select id from unit `+w.String()+` order by path limit 1`, w.Args()...)
	switch {
	case err != nil:
		return "", err
	case len(ids) == 1:
		id = ids[0]
	default:
		id, err = u.authority(name)
	}
	u.found[name] = id
	return id, err
}

// business are words by which documents call an authority, the more telling first;
// without an agency it is the health commission.
func business() []struct {
	word   string
	agency org.AgencyKind
} {
	return []struct {
		word   string
		agency org.AgencyKind
	}{
		{"卫生健康", ""}, {"卫健", ""}, {"卫生计生", ""}, {"医疗保障", org.Insurance}, {"医保", org.Insurance}, {"市场监", org.Market}, {"公安", org.Police},
		{"纪委", org.Discipline}, {"纪检", org.Discipline}, {"监委", org.Discipline}, {"宣传", org.Publicity}, {"网信", org.Publicity}, {"发展改革", org.Development}, {"发改", org.Development},
	}
}

func (u units) authority(name string) (string, error) {
	for _, b := range business() {
		if !strings.Contains(name, b.word) {
			continue
		}
		unit, err := org.CommissionAbove(u.r, u.path)
		if b.agency != "" {
			unit, err = org.AgencyOf(u.r, u.path, b.agency)
		}
		if fault.Is(err, fault.NotFound) {
			return "", nil
		}
		return unit.ID, err
	}
	return "", nil
}

// kindsOf are the kinds of institution that a document speaks of, where it says
// hospitals; none means all.
func kindsOf(text string) []string {
	switch {
	case strings.Contains(text, "其他"):
		return otherKinds()
	case strings.Contains(text, "医院"):
		return org.HospitalKinds()
	}
	return nil
}

// dutyOf is what is to be sent by a day: of a sentence of several, what the clause of
// that day speaks of.
func dutyOf(text string, due Day) Duty {
	d := Duty{Title: text, Kind: TextReport, From: FromRegions, Due: due}
	if strings.Contains(clauseOf(text, due), "统计表") {
		d.Kind = TableReport
	}
	if r := []rune(text); len(r) > mostTitle {
		d.Title = string(r[:mostTitle]) + "…"
	}
	return d
}

// mostTitle is how much of a sentence becomes the title of a report.
const mostTitle = 80

// firstDay is the first day of what a document says: a day, or a month.
func firstDay(text string) Day {
	if month, err := time.Parse("2006-01", text); err == nil {
		return Day(month.Format(time.DateOnly))
	}
	return dayOrNone(text)
}

// lastDay is the last day of what a document says.
func lastDay(text string) Day {
	if month, err := time.Parse("2006-01", text); err == nil {
		return Day(month.AddDate(0, 1, -1).Format(time.DateOnly))
	}
	return dayOrNone(text)
}

func dayOrNone(text string) Day {
	if d := Day(text); d.Valid() {
		return d
	}
	return ""
}
