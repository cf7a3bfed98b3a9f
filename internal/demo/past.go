package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"qingfeng/internal/demo/story"
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
		h.Progress(first, h.plan.Cases)
		reports, cases := make([]intake.Past, n), make([]casework.Past, n)
		for i := range n {
			at := h.moment(begin, first+i)
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

// live decides how a case goes. What would lie in the future has not happened.
func (h *history) live(c *casework.Past, n uint64, told story.Case) {
	quality := qualityOf(c.Institution)
	c.Unit = h.units[c.Institution]
	region := regionOf(casework.Case{Path: c.Path, Region: c.Region})
	worker, review := casework.RoleCoordinator+" "+c.Unit.Path, casework.RoleSupervisor+" "+region
	if cat, _, ok := demand.Find(c.Category); ok && cat.Sensitive {
		c.Unit = h.commissions[region]
		worker, review = casework.RoleDiscipline+" "+region, casework.RoleDirector+" "+cityPath
	}
	c.Worker, c.Reviewer, c.Contact = h.roles[worker], h.roles[review], "已电话联系诉求人，核实情况。"
	c.Result = casework.Result{Outcome: outcomes[told.Outcome], Cause: causeOf(told.Cause), Findings: told.Finding, Measures: told.Measures, Reply: told.Reply}
	accepted := c.ReceivedAt.Add(time.Minute + h.upTo(5*time.Minute))
	p := h.pace(quality, accepted)
	c.AcceptedAt, c.SignedAt, c.SubmittedAt, c.ApprovedAt = h.happened(accepted), h.happened(p.sign), h.happened(p.submit), h.happened(p.approve)
	if c.Mode != demand.Anonymous || n%3 != 0 {
		c.ContactedAt = h.happened(p.contact)
	}
	h.ask(c, p.approve, answers(told, n, quality))
}

// ask decides what the reporter answers to an approved result, if anything.
func (h *history) ask(c *casework.Past, approve time.Time, a casework.Answers) {
	at, ok := h.answered(approve)
	if !ok {
		c.ClosedAt = h.happened(approve.Add(7 * 24 * time.Hour))
		c.Asked = casework.Callback{Method: "none", Actor: "system"}
		return
	}
	c.ClosedAt = h.happened(at)
	c.Asked = casework.Callback{Method: "receipt", Actor: "reporter", Reached: true, Valid: true, Contacted: a.Contacted, Solved: a.Solved, Satisfied: a.Satisfied, Remark: a.Remark}
}

// happened is t, or nothing when t has not come yet.
func (h *history) happened(t time.Time) time.Time {
	if t.After(h.now) {
		return time.Time{}
	}
	return t.Truncate(time.Millisecond)
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
