package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/mod/sanction"
	"qingfeng/internal/org"
)

// inspected is an inspection of the past, and what followed from it.
type inspected struct {
	house org.Unit
	at    time.Time
	way   int  // which of the invented breaches it is, and who went
	found bool // something was wrong
	fine  int64
	task  string // once it is written
	fined bool   // the penalty is written
}

// breach is something that an inspection found.
type breach struct{ category, words string }

func breaches() []breach {
	return []breach{
		{"V0701", "抽查病历，三份CT检查没有检查指征"}, {"V0604", "同一住院日床位费重复收取"}, {"V0606", "候诊区没有公示新增收费项目"},
		{"V0105", "开展了执业许可证没有登记的诊疗科目"}, {"V0107", "一名未取得执业资格的人员单独接诊"}, {"V1104", "门诊病历缺少主诉和查体记录"},
	}
}

// book writes the inspections of a campaign and their penalties down, many at a time,
// as they are brought over from the system in which they were made.
type book struct {
	*history
	ctx    context.Context //nolint:containedctx // of the whole demo
	name   string          // of the campaign
	region string
	path   string // of the region
	basis  string
	seen   []*inspected
}

// write writes what happened before an instant and is not written yet.
func (b *book) write(until time.Time) error {
	acting, ok := b.as(b.ctx, "campaign", cityPath)
	if !ok {
		return nil
	}
	if err := b.visits(acting, until); err != nil {
		return err
	}
	return b.penalties(acting, until)
}

// visits writes inspections.
func (b *book) visits(ctx context.Context, until time.Time) error {
	l, err := b.rosters(ctx)
	if err != nil {
		return err
	}
	var due []*inspected
	var pasts []inspection.Past
	for _, x := range b.seen {
		if x.task == "" && x.at.Before(until) {
			due, pasts = append(due, x), append(pasts, b.visit(x, l))
		}
	}
	tasks, err := b.Inspections.WritePast(ctx, pasts)
	for i, t := range tasks {
		due[i].task = t.ID
	}
	return err
}

func (b *book) visit(x *inspected, l rosters) inspection.Past {
	p := inspection.Past{Kind: inspection.Special, Round: 1, Region: org.NewRegion(b.region, ""), CampaignID: b.driven[b.name], Reason: "按专项行动方案检查", Target: l.targets[x.house.ID], Team: l.team(x),
		GivenAt: x.at.AddDate(0, 0, -2), EnteredBy: l.officers[0].StaffID, PublishedBy: authz.From(l.ctx).ID, PublishedAt: x.at.AddDate(0, 0, 3)}
	p.Region.Path = b.path
	p.Result = inspection.ResultInput{InspectedAt: x.at, Conclusion: string(inspection.Clean)}
	if x.found {
		found := breaches()[x.way%len(breaches())]
		p.Result.Conclusion, p.Result.Problems = string(inspection.Corrected), []inspection.ProblemInput{{Category: found.category, Text: found.words}}
		p.Result.OpinionNo = fmt.Sprintf("清卫监意〔%d〕%d号", x.at.Year(), 1000+x.way)
		if x.fine > 0 {
			p.Result.Conclusion = string(inspection.Filed)
		}
	}
	return p
}

// penalties writes the penalties that followed, once they are over.
func (b *book) penalties(ctx context.Context, until time.Time) error {
	var pasts []sanction.Past
	for _, x := range b.seen {
		if x.fine > 0 && !x.fined && x.task != "" && x.after(20).Before(until) {
			x.fined = true
			pasts = append(pasts, b.penalty(x, len(pasts)))
		}
	}
	return b.Sanction.WritePast(ctx, pasts)
}

// after is a day so many days after an inspection.
func (x *inspected) after(days int) time.Time { return clock.Day(x.at).AddDate(0, 0, days) }

func (b *book) penalty(x *inspected, n int) sanction.Past {
	found := breaches()[x.way%len(breaches())]
	day := func(days int) string { return x.after(days).Format(time.DateOnly) }
	return sanction.Past{
		Filing: sanction.Filing{Subject: sanction.Who{Kind: sanction.Institution, UnitID: x.house.ID}, Violations: []string{found.category}, Basis: b.basis, Facts: found.words + "。",
			EndedOn: day(0), FoundOn: day(0), On: day(2), Officers: lawOfficers(), Origin: sanction.Origin{Source: "inspection", SourceID: x.task, CampaignID: b.driven[b.name]}},
		DecisionNo: fmt.Sprintf("清卫罚〔%d〕%s-%d号", x.at.Year(), strings.TrimPrefix(day(9), "20"), n+1),
		Measures:   []sanction.NewMeasure{{Kind: "correct"}, {Kind: sanction.Warning}, {Kind: sanction.Fine, AmountFen: x.fine}},
		NoticeOn:   x.after(5), DecidedOn: x.after(9), ServedOn: x.after(11), PaidOn: x.after(18), ClosedOn: x.after(20)}
}

// lawOfficers are the two who enforce the law in the demo.
func lawOfficers() []sanction.Officer {
	return []sanction.Officer{{Name: "周正", Certificate: "ZF990100018"}, {Name: "何敏", Certificate: "ZF990100027"}}
}

// rosters are whom the city inspects, and by whom.
type rosters struct {
	ctx      context.Context //nolint:containedctx // of who acts
	targets  map[string]inspection.Candidate
	officers []inspection.Officer
}

// rosters reads both.
func (h *history) rosters(ctx context.Context) (l rosters, err error) {
	l = rosters{ctx: ctx, targets: map[string]inspection.Candidate{}}
	for q := (list.Query{Limit: 200}); ; {
		page, err := h.Inspections.ListTargets(ctx, inspection.ListTargetsInput{Query: q})
		if err != nil {
			return l, err
		}
		for _, t := range page.Items {
			l.targets[t.UnitID] = t
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			break
		}
	}
	people, err := h.Inspections.ListOfficers(ctx, inspection.ListOfficersInput{Query: list.Query{Limit: 200}})
	l.officers = people.Items
	return l, err
}

// team is who went: two by two, the first of them never, for they are the ones who
// may have to stay away.
func (l rosters) team(x *inspected) []inspection.Officer {
	rest := l.officers[1:]
	i := x.way % len(rest)
	return []inspection.Officer{rest[i], rest[(i+1)%len(rest)]}
}

// housesOf are the institutions at or below a path, in their order.
func (h *history) housesOf(path string) (all []org.Unit) {
	for _, u := range h.units {
		if u.Kind == org.Institution && strings.HasPrefix(u.Path, path) {
			all = append(all, u)
		}
	}
	slices.SortFunc(all, func(a, b org.Unit) int { return cmp.Compare(a.Sort, b.Sort) })
	return all
}
