package inspection

import (
	"context"
	"time"

	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// taken are the targets that other draws have, and a draw may not have again.
type taken struct {
	byPlan map[string]bool // whatever their class
	lately map[string]bool // those of the best class, in the years of the setting
}

// takenFrom returns what a draw may not have.
func (s *Service) takenFrom(ctx context.Context, r db.Reader, d Drawing) (t taken, err error) {
	if t.byPlan, err = drawnBy(r, d); err != nil {
		return t, err
	}
	t.lately, err = s.spared(ctx, r, d)
	return t, err
}

// spares reports whether a target of a class is left alone although no draw of the
// plan has it.
func (t taken) spares(id, credit string) bool { return !t.byPlan[id] && credit == best && t.lately[id] }

// has reports whether a target of a class may not be drawn.
func (t taken) has(id, credit string) bool { return t.byPlan[id] || t.spares(id, credit) }

// spared are the targets that other draws of the years in which nobody of the best
// class is drawn twice have taken.
func (s *Service) spared(ctx context.Context, r db.Reader, d Drawing) (map[string]bool, error) {
	years, _, err := config.At(ctx, s.Settings, onceIn, d.Path, d.PreparedAt)
	if err != nil || years == 0 {
		return nil, err
	}
	return drawnSince(r, d, yearOf(d.PreparedAt).AddDate(1-years, 0, 0), &db.Where{})
}

// drawnSince are the targets that other draws have taken since a time, where w has it.
func drawnSince(r db.Reader, d Drawing, since time.Time, w *db.Where) (map[string]bool, error) {
	w.And("kind = ? and draw_id <> ? and state not in ('unable', 'replaced')", DoubleRandom, d.ID)
	w.And("created_at >= ?", since)
	org.Within(w, "path", []string{d.Path})
	return setOf(db.Values[string](r, `select distinct target_id from inspection_task `+w.String(), w.Args()...))
}

// again are how many of a list can be drawn although a draw of the year that is not of
// the same plan has taken them, and the actor may know of it: a list can be made of one
// target alone.
func (l List) again(ctx context.Context, r db.Reader, d Drawing) (n int, err error) {
	var w db.Where
	seeTasks(ctx, &w)
	w.AndIf(d.PlanID != "", "plan_id <> ?", d.PlanID)
	others, err := drawnSince(r, d, yearOf(d.PreparedAt), &w)
	for _, x := range l.Targets {
		if others[x.ID] && !x.Drawn && !x.Spared {
			n++
		}
	}
	return n, err
}

// drawnBy are the targets that other draws of the plan have taken.
func drawnBy(r db.Reader, d Drawing) (map[string]bool, error) {
	if d.PlanID == "" {
		return nil, nil
	}
	return setOf(db.Values[string](r, `select distinct target_id from inspection_task where plan_id = $1 and draw_id <> $2 and state not in ('unable', 'replaced')`, d.PlanID, d.ID))
}

// setOf is a list of identifiers to look things up in.
func setOf(ids []string, err error) (map[string]bool, error) {
	out := make(map[string]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}

// alone refuses a list beside one that is still to be drawn and could take the same
// targets. Fault: Conflict.
func (s *Service) alone(ctx context.Context, r db.Reader, d Drawing, l List) error {
	if err := firstOfBatch(r, d); err != nil || d.Of != OfTargets {
		return err
	}
	years, _, err := config.At(ctx, s.Settings, onceIn, d.Path, d.PreparedAt)
	if err != nil {
		return err
	}
	open, err := db.All[Drawing](r, `select `+drawColumns+` from inspection_draw where state in ('frozen', 'sealed') and what = $1 order by prepared_at, id`, OfTargets)
	if err != nil {
		return err
	}
	for _, other := range open {
		if d.PlanID != "" && d.PlanID == other.PlanID {
			return fault.New(fault.Conflict, i18n.T("同一计划的抽取 %s 尚未完成", "draw %s of the same plan is not drawn yet"), other.Number).
				WithFix(i18n.T("计划的批次依次抽取：请先完成该次抽取，或作废并说明原因", "the batches of a plan are drawn in turn: draw that one first, or declare it void and say why"))
		}
		if years == 0 {
			continue
		}
		lot, err := lotOf(r, other.ID)
		if err != nil {
			return err
		}
		if both := l.bestOn(lot.List); len(both) > 0 {
			return fault.New(fault.Conflict, i18n.T("抽取 %s 尚未完成，名录上有相同的 A 级对象 %d 个（%s）", "draw %s is not drawn yet, and has the same targets of class A on its list: %d (%s)"),
				other.Number, len(both), i18n.Some(both, 3)).
				WithFix(i18n.T("请先完成该次抽取，或作废并说明原因，或把这些对象移出本次范围", "draw that one first, or declare it void and say why, or leave these targets out"))
		}
	}
	return nil
}

// firstOfBatch refuses a second draw of a batch. Fault: Conflict.
func firstOfBatch(r db.Reader, d Drawing) error {
	if d.BatchID == "" {
		return nil
	}
	n, err := db.Value[int64](r, `select count(*) from inspection_draw where batch_id = $1 and state <> 'void'`, d.BatchID)
	if err == nil && n > 0 {
		err = fault.New(fault.Conflict, i18n.T("该批次已经准备过抽取", "a draw of this batch has been prepared already")).
			WithFix(i18n.T("请打开该次抽取；要重来须先作废并说明原因", "open that draw; to begin again, declare it void and say why"))
	}
	return err
}

// bestOn names the targets of the best class that two lists could take both.
func (l List) bestOn(other List) (names []i18n.Text) {
	could := func(x Target) bool { return x.Credit == best && !x.Drawn && !x.Spared }
	there := map[string]bool{}
	for _, x := range other.Targets {
		there[x.ID] = could(x)
	}
	for _, x := range l.Targets {
		if could(x) && there[x.ID] {
			names = append(names, i18n.Same(x.Name))
		}
	}
	return names
}

// takenSince names the targets that a list could take and that another draw has taken
// since. Who fell out since stays out: the order of the draw that had them goes on.
func (l List) takenSince(now List) (names []string) {
	free := map[string]bool{}
	for _, x := range l.Targets {
		free[x.ID] = !x.Drawn && !x.Spared
	}
	for _, x := range now.Targets {
		if free[x.ID] && (x.Drawn || x.Spared) {
			names = append(names, x.Name)
		}
	}
	return names
}
