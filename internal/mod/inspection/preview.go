package inspection

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// Preview is how many a draw will take, before its list is frozen. Whom it takes nobody
// knows.
type Preview struct {
	Targets    int     `json:"targets" doc:"On the list."`
	Inspectors int     `json:"inspectors" doc:"On the list."`
	Drawn      int     `json:"drawn" doc:"How many will be drawn."`
	TeamSize   int     `json:"team_size" doc:"How many inspectors go to each."`
	Again      int     `json:"again" doc:"How many can be drawn although a draw of the year that is not of this plan has taken them."`
	Groups     []Group `json:"groups"`
}

// PreviewDraw says how many a draw will take, by stratum. Faults: those of Freeze, but for
// Conflict.
func (s *Service) PreviewDraw(ctx context.Context, in org.Posted[FreezeInput]) (p Preview, err error) {
	if err := in.Body.check(); err != nil {
		return p, err
	}
	d, l, err := s.prepared(ctx, in.Body)
	if err != nil {
		return p, err
	}
	p = l.preview()
	p.Again, err = read(ctx, s, func(r db.Reader) (int, error) { return l.again(ctx, r, d) })
	return p, err
}

// preview counts what a draw of a list will take.
func (l List) preview() Preview {
	p := Preview{Targets: len(l.Targets), Inspectors: len(l.Inspectors), TeamSize: l.team()}
	p.Groups = l.groups(newTable(l, nil).quota)
	for _, g := range p.Groups {
		p.Drawn += g.Drawn
	}
	return p
}

// some refuses a list of which nobody would be drawn. Fault: Invalid.
func (l List) some() error {
	if l.preview().Drawn > 0 {
		return nil
	}
	return fault.Field("targets", i18n.T("名录里有 %d 个对象，但按比例一个也抽不到（本年计划已抽够，或免抽，或比例为 0）", "there are %d targets on the list, and by the shares none would be drawn: the plan has drawn enough this year, they are spared, or the share is nought").With(len(l.Targets))).
		WithFix(i18n.T("请放宽范围，或核对抽取比例", "draw from a wider scope, or look at the shares"))
}
