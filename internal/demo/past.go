package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"qingfeng/internal/demo/story"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// together is how many cases of the past are written in one transaction.
const together = 1000

// write writes the past down: whole histories, many at a time.
func (h *history) write(ctx context.Context) error {
	h.Clock.Set(h.now)
	begin := h.now.AddDate(0, 0, -h.plan.Days)
	for first := 0; first < h.plan.Cases; first += together {
		n := min(together, h.plan.Cases-first)
		reports, cases := make([]intake.Past, n), make([]casework.Past, n)
		for i := range n {
			share := (float64(first+i) + h.rand.Float64()) / float64(h.plan.Cases)
			at := begin.Add(time.Duration(share * float64(h.now.Sub(begin)-time.Hour)))
			at = clock.Day(at).Add(time.Duration(7*60+h.rand.IntN(14*60)) * time.Minute).Add(time.Duration(h.rand.IntN(60)) * time.Second)
			if !at.Before(h.now) {
				at = h.now.Add(-time.Duration(1+h.rand.IntN(180)) * time.Minute)
			}
			var err error
			if reports[i], cases[i], err = h.tell(ctx, uint64(first+i), at); err != nil { //nolint:gosec // no negative number
				return err
			}
		}
		if err := h.keep(ctx, reports, cases); err != nil {
			return fmt.Errorf("demo cases from %d: %w", first, err)
		}
	}
	return nil
}

func (h *history) keep(ctx context.Context, reports []intake.Past, cases []casework.Past) error {
	return h.DB.InAdd(ctx, func(tx *db.Tx) error {
		facts, err := h.Casework.WritePast(ctx, tx, cases)
		if err != nil {
			return err
		}
		for i, f := range facts {
			reports[i].Deadline = f.DueAt
		}
		if err := h.Intake.WritePast(tx, reports); err != nil {
			return err
		}
		return h.Record(tx, facts)
	})
}

// tell invents one report and what became of it.
func (h *history) tell(ctx context.Context, n uint64, at time.Time) (r intake.Past, c casework.Past, err error) {
	where, told, sub, err := h.invent(n, at)
	if err != nil {
		return r, c, err
	}
	p := where.place
	in := intake.Where{Region: h.units[p.Institution].Region, Path: p.Path, Institution: p.Institution, Place: p.ID, Code: where.code, Channel: channelOf(p.Kind)}
	if p.UnitID != p.Institution {
		in.Department = p.UnitID
	}
	from := intake.Origin{Channel: h.channel(n), At: at}
	if n%8 == 0 {
		from.EnteredBy = h.enteredBy(n)
	}
	if r, err = h.Intake.Past(ctx, sub, from, in); err != nil {
		return r, c, err
	}
	c.Opening = h.Opening(r.Opening)
	h.live(&c, n, told)
	return r, c, nil
}

func channelOf(k org.PlaceKind) demand.Channel {
	switch k {
	case org.Clinic:
		return demand.CodeClinic
	case org.Ward:
		return demand.CodeWard
	default:
		return demand.CodeOther
	}
}

// live decides how a case goes: how fast and how well depends on the
// institution, so that ranks have something to rank. What would lie in the
// future has not happened.
func (h *history) live(c *casework.Past, n uint64, told story.Case) {
	quality := int(c.Institution[len(c.Institution)-1]) % 10
	slow := time.Duration(11-quality) * 20 * time.Minute
	c.Unit = h.units[c.Institution]
	region := regionOf(casework.Case{Path: c.Path, Region: c.Region})
	worker, review := casework.RoleCoordinator+" "+c.Unit.Path, casework.RoleSupervisor+" "+region
	if cat, _, ok := demand.Find(c.Category); ok && cat.Sensitive {
		c.Unit = h.commissions[region]
		worker, review = casework.RoleDiscipline+" "+region, casework.RoleDirector+" "+cityPath
	}
	c.Worker, c.Reviewer, c.Contact = h.roles[worker], h.roles[review], "已电话联系诉求人，核实情况。"
	c.Result = casework.Result{Outcome: outcomes[told.Outcome], Cause: causeOf(told.Cause), Findings: told.Finding, Measures: told.Measures, Reply: told.Reply}
	c.AcceptedAt = h.happened(c.ReceivedAt.Add(time.Minute + h.upTo(5*time.Minute)))
	c.SignedAt = h.happened(after(c.AcceptedAt, 10*time.Minute+h.upTo(slow)))
	contact := h.happened(after(c.SignedAt, time.Hour+h.upTo(4*slow)))
	if c.Mode != demand.Anonymous || n%3 != 0 {
		c.ContactedAt = contact
	}
	c.SubmittedAt = h.happened(after(contact, 20*time.Hour+h.upTo(time.Duration(2+(10-quality)/2)*36*time.Hour)))
	c.ApprovedAt = h.happened(after(c.SubmittedAt, 2*time.Hour+h.upTo(20*time.Hour)))
	h.ask(c, n, quality, told)
}

// ask decides what the reporter answers, if anything.
func (h *history) ask(c *casework.Past, n uint64, quality int, told story.Case) {
	if h.rand.IntN(100) >= 82 {
		c.ClosedAt = h.happened(after(c.ApprovedAt, 7*24*time.Hour))
		c.Asked = casework.Callback{Method: "none", Actor: "system"}
		return
	}
	c.ClosedAt = h.happened(after(c.ApprovedAt, time.Hour+h.upTo(80*time.Hour)))
	a := answers(told, n, quality)
	c.Asked = casework.Callback{Method: "receipt", Actor: "reporter", Reached: true, Valid: true, Contacted: a.Contacted, Solved: a.Solved, Satisfied: a.Satisfied, Remark: a.Remark}
}

// happened is t, or nothing when t has not come yet.
func (h *history) happened(t time.Time) time.Time {
	if t.After(h.now) {
		return time.Time{}
	}
	return t.Truncate(time.Millisecond)
}

// after is a moment after a step; nothing when the step was not taken.
func after(step time.Time, d time.Duration) time.Time {
	if step.IsZero() {
		return time.Unix(1<<40, 0)
	}
	return step.Add(d)
}

// commissionsOf returns the commissions by the path of their region.
func commissionsOf(units map[string]org.Unit) map[string]org.Unit {
	out := map[string]org.Unit{}
	for _, u := range units {
		if u.Kind == org.Commission {
			out[strings.TrimSuffix(u.Path, u.ID+"/")] = u
		}
	}
	return out
}
