package demo

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"qingfeng/internal/demo/story"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/notify"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/mod/rates"
	"qingfeng/internal/mod/rectify"
	"qingfeng/internal/mod/sanction"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// Parts are the pieces of the program that the demo works with.
type Parts struct {
	DB       *db.DB
	Queue    *job.Queue
	Org      *org.Service
	Intake   *intake.Service
	Casework *casework.Service
	Rates    *rates.Service
	Campaign *campaign.Service
	Notify   *notify.Service
	Forms    *form.Service
	// Inspections has the city inspected.
	Inspections *inspection.Service
	Rectify     *rectify.Service
	Sanction    *sanction.Service
	// Photo uploads an invented photograph.
	Photo func(ctx context.Context) (upload string, err error)
	// Sketch uploads the n-th of some invented signatures, drawn by hand.
	Sketch func(ctx context.Context, n int) (upload string, err error)
	// Upload brings in an invented paper and returns its upload.
	Upload func(ctx context.Context) (string, error)
	// Begin begins the transparency log, as of the beginning of the past.
	Begin func(ctx context.Context) error
	// Sign signs what waits for it.
	Sign func(ctx context.Context) error
	// Progress hears of each step of the past, of how many.
	Progress func(done, all int)
	// Figures is the periodic work that counts what happened.
	Figures []job.Periodic
	// Observe tells the rates that a case has changed.
	Observe func(tx *db.Tx, caseID string) error
	// Opening puts a report into casework's words.
	Opening func(intake.Opening) casework.Opening
	// Record tells the rates of cases that are new to them.
	Record func(*db.Tx, []casework.Fact) error
	Clock  *Clock
}

// Plan says how much to make.
type Plan struct {
	Seed         uint64
	Institutions int
	// Registered is how many institutions the register has, with the small ones that
	// have neither staff nor codes.
	Registered int
	Cases      int // none: a city on its first day
	Days       int // length of the past
	// Written has the past written down (past.go) instead of lived through: so
	// many cases cannot each go through every use case.
	Written bool
}

// Small is the plan of "make run".
func Small() Plan {
	return Plan{Seed: 20260728, Institutions: 60, Registered: publishedAll, Cases: 900, Days: 180}
}

// Large is the plan of "demo --scale city".
func Large() Plan {
	return Plan{Seed: 20260728, Institutions: 2567, Cases: 500_000, Days: 365, Written: true}
}

// history makes the past: events in the order of time, each a use case.
type history struct {
	Parts
	plan    Plan
	now     time.Time
	rand    *rand.Rand
	story   *story.Generator
	leaves  []string // weighted
	spots   []spot
	queue   events
	planned int // events so far
	sweeps  int
	roles   map[string]string // role and path → staff
	units   map[string]org.Unit
	lived   []string // the cases that went through the use cases
	logins  []Login
	hash    string // of the password that all of them have
	// commissions by the path of their region
	commissions map[string]org.Unit
	driven      map[string]string // campaigns by the name of their document
	followUp    string            // form of the calls after a discharge
	checklist   string            // form of inspections
}

// life is one case and how it will go.
type life struct {
	number  uint64
	told    story.Case
	mode    demand.Mode
	id      string
	receipt string
	quality int // of the institution: 0 bad to 9 good
	// sentBack is set once its result has been: the second is better.
	sentBack bool
}

type event struct {
	at  time.Time
	seq int
	do  func() error
}

type events []event

// Len is how many events wait.
func (e events) Len() int { return len(e) }

// Less puts events in the order of time, and those of one instant in the order in
// which they were planned.
func (e events) Less(i, j int) bool {
	return e[i].at.Before(e[j].at) || e[i].at.Equal(e[j].at) && e[i].seq < e[j].seq
}

// Swap exchanges two events.
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }

// Push implements heap.Interface.
func (e *events) Push(x any) { *e = append(*e, x.(event)) } //nolint:errcheck,forcetypeassert // only events are pushed

// Pop implements heap.Interface.
func (e *events) Pop() any {
	old := *e
	last := old[len(old)-1]
	*e = old[:len(old)-1]
	return last
}

func (h *history) plans(at time.Time, do func() error) {
	h.planned++
	heap.Push(&h.queue, event{at, h.planned, do})
}

// earlier is the earlier of two instants.
func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// run makes everything that happens before now.
func (h *history) run(ctx context.Context) error {
	begin := h.now.AddDate(0, 0, -h.plan.Days)
	for n := range h.plan.Cases {
		at := h.moment(begin, n)
		h.plans(at, func() error { return h.submit(ctx, uint64(n), at) })
	}
	h.custody(ctx)
	h.libraries(ctx)
	h.county(ctx)
	h.campaigns(ctx)
	h.halfYear(ctx)
	h.hospitals(ctx)
	h.selfChecks(ctx)
	h.conductStaff(ctx)
	h.desk(ctx)
	h.plans(clock.Day(h.now.AddDate(0, 0, -57)).Add(9*time.Hour), func() error { return h.forms(ctx) })
	h.inspections(ctx)
	h.onTheSpot(ctx)
	h.supervisors(ctx)
	h.rectified(ctx)
	h.sanctions(ctx)
	// What happens is signed within the day: by sweeps, and before these at once.
	swept := earlier(begin, h.now.AddDate(0, 0, -longest))
	for at := swept; at.Before(h.now); at = at.Add(12 * time.Hour) {
		h.plans(at, func() error { return h.sweep(ctx) })
	}
	h.plans(h.now.Add(-unread), func() error { return h.readAll(ctx) })
	h.plans(h.now, func() error { return h.sweep(ctx) }) // no alarm of the past is left to ring
	for h.queue.Len() > 0 {
		e := heap.Pop(&h.queue).(event) //nolint:errcheck,forcetypeassert // only events are pushed
		if e.at.After(h.now) {
			break
		}
		h.Clock.Set(e.at)
		h.Progress(int(e.at.Sub(begin)), int(h.now.Sub(begin)))
		if err := e.do(); err != nil {
			return fmt.Errorf("demo at %s: %w", e.at.Format(time.DateTime), err)
		}
		if err := h.Queue.RunDue(ctx); err != nil {
			return err
		}
		if e.at.Before(swept) {
			if err := h.Sign(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// sweep writes what was scanned and lets periodic work look at the clocks.
func (h *history) sweep(ctx context.Context) error {
	h.sweeps++
	one := 14 + h.rand.IntN(12) // one code in so many; some days are busier
	if h.Clock.Now().In(clock.Shanghai).Weekday() == time.Sunday {
		one *= 3
	}
	for i, at := range h.spots { // most who scan only look; some walls nobody looks at
		if (7*i+h.sweeps)%one == 0 && i%9 != 0 {
			h.Intake.Scanned(at.code)
		}
	}
	return errors.Join(h.Intake.FlushScans(ctx), h.Sign(ctx), h.enqueue(ctx, h.Casework.Module().Periodic))
}

// count lets the figures be counted as they stand now.
func (h *history) count(ctx context.Context) error {
	h.Clock.Set(h.now)
	err := h.DB.InTx(ctx, func(tx *db.Tx) error {
		for _, id := range h.lived {
			if err := h.Observe(tx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := h.Queue.RunDue(ctx); err != nil {
		return err
	}
	if err := errors.Join(h.Intake.FlushScans(ctx), h.enqueue(ctx, h.Figures)); err != nil {
		return err
	}
	return h.Queue.RunDue(ctx)
}

func (h *history) enqueue(ctx context.Context, work []job.Periodic) error {
	return h.DB.InTx(ctx, func(tx *db.Tx) error {
		for _, p := range work {
			if err := h.Queue.Enqueue(tx, p.Kind, struct{}{}); err != nil {
				return err
			}
		}
		return nil
	})
}

// submit sends one report in and plans what follows.
func (h *history) submit(ctx context.Context, n uint64, at time.Time) error {
	where, told, sub, err := h.invent(n, at)
	if err != nil {
		return err
	}
	l := &life{number: n, told: told, mode: sub.Mode}
	acc, err := h.Intake.Submit(ctx, sub, intake.Origin{EnteredBy: h.enteredBy(n), Channel: h.channel(n)})
	if err != nil {
		return err
	}
	h.Intake.Scanned(where.code)
	l.id, l.receipt = acc.CaseID, acc.Receipt
	h.lived = append(h.lived, l.id)
	return h.follow(ctx, l, at)
}

// invent makes up what a report says, and where.
func (h *history) invent(n uint64, at time.Time) (where spot, told story.Case, sub intake.Submission, err error) {
	where = h.spots[min(h.rand.IntN(len(h.spots)), h.rand.IntN(len(h.spots)))]
	// Some days ago: a narrative that has waited three days is not of this morning.
	where.scene.On = at.AddDate(0, 0, -4-h.rand.IntN(5))
	told, err = h.story.Case(story.Ask{Leaf: h.leaves[h.rand.IntN(len(h.leaves))], Number: n, Scene: where.scene})
	if err != nil {
		return where, told, sub, err
	}
	sub = intake.Submission{Token: where.token, Category: told.Leaf.Code, Narrative: told.Narrative, Wish: told.Wish, OccurredOn: where.scene.On.Format(time.DateOnly), Mode: demand.Anonymous}
	switch k := h.rand.IntN(10); {
	case k < 4:
		who := h.story.Person(n)
		sub.Mode, sub.ReporterName, sub.ReporterPhone = demand.RealName, who.Name, who.Phone
	case k < 5:
		who := h.story.Person(n)
		sub.Mode, sub.ReporterName, sub.ReporterPhone = demand.Confidential, who.Name, who.Phone
	}
	return where, told, sub, nil
}

// enteredBy: an eighth of the reports come by telephone.
func (h *history) enteredBy(n uint64) string {
	if n%8 != 0 {
		return "system" // past the gate, which thinks that this is a flood
	}
	return h.roles["operator "+cityPath]
}

func (h *history) channel(n uint64) demand.Channel {
	switch {
	case n%8 == 0:
		return demand.Telephone
	case n%13 == 0:
		return demand.Hotline12345
	}
	return ""
}
