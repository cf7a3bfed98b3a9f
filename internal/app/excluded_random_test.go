package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// A script is a world that was drawn: who is kept out, and what happens.
type (
	script struct {
		role  string
		where int  // of the sites
		inner int  // commission, agency, hospital or department
		unit  bool // the whole unit is kept out, not the one person
		tales []tale
	}
	// tale is a case of which somebody must not know.
	tale struct {
		where    int
		category string
		mode     demand.Mode
		leader   bool
		late     int // after how many steps it is kept from them
		steps    []int
	}
)

// worlds is how many are drawn, each from its number.
const worlds = 12

// drawn draws a script.
func drawn(t *rapid.T) (p script) {
	var keys []string
	for _, r := range Roles() {
		keys = append(keys, r.Key)
	}
	p.role = rapid.SampledFrom(keys).Draw(t, "role")
	p.where, p.inner = rapid.IntRange(0, 2).Draw(t, "where"), rapid.IntRange(0, 3).Draw(t, "inner")
	p.unit = rapid.Bool().Draw(t, "unit")
	for range rapid.IntRange(1, 4).Draw(t, "cases") {
		x := tale{where: rapid.IntRange(0, 2).Draw(t, "site"), leader: rapid.IntRange(0, 4).Draw(t, "leader") == 0}
		x.category = rapid.SampledFrom([]string{"A", "B", "C", "D", "F"}).Draw(t, "category")
		x.mode = rapid.SampledFrom([]demand.Mode{demand.Anonymous, demand.Confidential, demand.RealName}).Draw(t, "mode")
		usual := course()[:rapid.IntRange(0, len(course())).Draw(t, "as usual")]
		x.steps = slices.Concat(usual, rapid.SliceOfN(rapid.IntRange(0, len(walks())-1), 5, 25).Draw(t, "steps"))
		if rapid.Bool().Draw(t, "late") {
			x.late = rapid.IntRange(0, len(x.steps)).Draw(t, "after")
		}
		p.tales = append(p.tales, x)
	}
	return p
}

// The same in worlds that are drawn: somebody in any role at any place, or the
// whole unit, is kept out of cases that take any course, before or after they
// knew of them.
func TestExcludedSeeNoDifferenceInAnyWorld(t *testing.T) {
	u, looks, asked, taken := newUnaware(t, Place{Data: t.TempDir()}), 0, 0, 0
	u.known = true
	for n := range worlds {
		p := rapid.Custom(drawn).Example(n)
		t.Run(fmt.Sprintf("%d %s", n, p.role), func(t *testing.T) {
			u.t, u.turn, u.hidden = t, n, nil
			u.employs(p)
			before := u.lookAround()
			for i, x := range p.tales {
				taken += u.told(p, i, x)
			}
			u.passed(30)
			u.same("drawn", before, u.lookAround())
			looks, asked = looks+len(before), asked+u.askByName()
			if t.Failed() {
				t.Logf("%+v", p)
			}
		})
	}
	t.Logf("%d people and stories drawn, %d steps taken, %d looks compared, %d requests by the true name", worlds, taken, looks, asked)
}

// employs makes the one of the script the only one who is watched.
func (u *unaware) employs(p script) {
	u.t.Helper()
	x := u.sites[p.where]
	unit := []org.Unit{x.commission, x.agency, x.hospital, x.department}[p.inner]
	path := unit.Path
	if unit.Kind == org.Commission {
		path = x.region.Path
	}
	who := u.account(unit)
	u.grant(who.staff, p.role, path)
	who.role, who.session = p.role, u.signIn(who)
	u.people, u.barred, u.refused = []*person{who}, "", map[string]bool{}
	if p.unit {
		u.barred = unit.ID
	}
	u.looks = slices.DeleteFunc(u.looks, func(l look) bool { return l.op == "GET /audit" }) // pages of the newest; the export has all
}

// told has a case take its course, and tells how many steps were taken.
func (u *unaware) told(p script, n int, x tale) (taken int) {
	u.t.Helper()
	at := u.sites[x.where]
	sub := intake.Submission{Category: x.category, Mode: x.mode, AboutLeader: x.leader, Narrative: "护士站态度冷漠。", Region: at.region.Code, Institution: at.hospital.ID}
	if x.mode != demand.Anonymous {
		sub.ReporterName, sub.ReporterPhone = "张三", "13900000001"
	}
	hidden := u.reported(fmt.Sprintf("case %d", n), sub, n+1)
	for i, step := range x.steps {
		if i == x.late {
			u.keptFrom(hidden.id)
		}
		u.clock.Set(u.clock.Now().Add(time.Second))
		err := walks()[step](u, at, hidden)
		if err != nil && !refusedStep(err) {
			u.t.Fatal(step, err)
		}
		if err == nil {
			taken++
		}
	}
	u.keptFrom(hidden.id)
	return taken
}

// refusedStep reports whether a step may not be taken as things stand.
func refusedStep(err error) bool {
	for _, k := range []fault.Kind{fault.Conflict, fault.Invalid, fault.Forbidden, fault.NotFound} {
		if fault.Is(err, k) {
			return true
		}
	}
	return errors.Is(err, errNothing)
}

var errNothing = errors.New("there is nothing to take it on")

// course is how a case usually goes: work, accept, dispatch, sign, say, submit,
// approve, answer, of walks.
func course() []int { return []int{0, 2, 3, 5, 17, 7, 12, 18} }

// walk is a step that a course is made of; what is not possible as things stand is
// passed over.
type walk func(u *unaware, at site, x secret) error

// walks are all of them.
func walks() []walk { return slices.Concat(handled(), decided(), identified()) }

// handled are those of who handles a case.
func handled() []walk {
	step := func(f func(s *casework.Service, ctx context.Context, at site, id string) error) walk {
		return func(u *unaware, at site, x secret) error { return f(u.s.Casework, u.root(), at, x.id) }
	}
	return []walk{
		func(u *unaware, _ site, _ secret) error { u.work(); return nil },
		func(u *unaware, _ site, _ secret) error { return u.s.Rates.Sweep(u.root()) },
		step(func(s *casework.Service, ctx context.Context, _ site, id string) error {
			_, err := s.Accept(ctx, casework.Reasoned{ID: id})
			return err
		}),
		step(func(s *casework.Service, ctx context.Context, at site, id string) error {
			in := casework.DispatchInput{ID: id}
			in.Body.Lead, in.Body.Helpers = at.hospital.ID, []string{at.agency.ID}
			_, err := s.Dispatch(ctx, in)
			return err
		}),
		step(func(s *casework.Service, ctx context.Context, at site, id string) error {
			in := casework.DispatchInput{ID: id}
			in.Body.Lead = at.commission.ID
			_, err := s.Dispatch(ctx, in)
			return err
		}),
		step(func(s *casework.Service, ctx context.Context, _ site, id string) error {
			_, err := s.Sign(ctx, casework.ByID{ID: id})
			return err
		}),
		step(func(s *casework.Service, ctx context.Context, at site, id string) error {
			in := casework.AssignInput{ID: id}
			in.Body.Unit = at.department.ID
			_, err := s.Assign(ctx, in)
			return err
		}),
		step(func(s *casework.Service, ctx context.Context, _ site, id string) error {
			_, err := s.Submit(ctx, result(id))
			return err
		}),
		step(func(s *casework.Service, ctx context.Context, _ site, id string) error {
			_, err := s.TakeBack(ctx, because(id))
			return err
		}),
		step(func(s *casework.Service, ctx context.Context, _ site, id string) error {
			_, err := s.Close(ctx, because(id))
			return err
		}),
		step(func(s *casework.Service, ctx context.Context, _ site, id string) error {
			_, err := s.Rework(ctx, because(id))
			return err
		}),
		step(func(s *casework.Service, ctx context.Context, _ site, id string) error {
			in := casework.RejectInput{ID: id}
			in.Body.Reason = "不属于受理范围。"
			_, err := s.Reject(ctx, in)
			return err
		}),
	}
}

// decided are those of who reviews, of the reporter, and the merging.
func decided() []walk {
	return []walk{
		func(u *unaware, at site, x secret) error {
			_, err := u.s.Casework.Approve(u.by(at), casework.Reasoned{ID: x.id})
			return err
		},
		func(u *unaware, at site, x secret) error {
			_, err := u.s.Casework.Reopen(u.by(at), because(x.id))
			return err
		},
		func(u *unaware, at site, x secret) error {
			in := casework.SuperviseInput{ID: x.id}
			in.Body.Level, in.Body.Demand, in.Body.Due = 1, "请尽快办理。", "2026-11-02"
			_, err := u.s.Casework.Supervise(u.by(at), in)
			return err
		},
		func(u *unaware, _ site, x secret) error {
			in := casework.AskInput{ID: x.id}
			in.Body.Kind, in.Body.Reason, in.Body.Review = casework.AskHard, "等待鉴定结论。", "2026-11-20"
			_, err := u.s.Casework.Ask(u.root(), in)
			return err
		},
		func(u *unaware, at site, x secret) error {
			qs := u.detail(x.id).Requests
			if len(qs) == 0 {
				return errNothing
			}
			in := casework.DecideInput{ID: x.id, Request: qs[len(qs)-1].ID}
			in.Body.Grant, in.Body.Reason = true, "同意。"
			_, err := u.s.Casework.Decide(u.by(at), in)
			return err
		},
		func(u *unaware, _ site, x secret) error {
			in := casework.SayInput{ByReceipt: casework.ByReceipt{Receipt: x.receipt}}
			in.Body.Text = whispered
			_, err := u.s.Casework.Say(u.t.Context(), in)
			return err
		},
		func(u *unaware, _ site, x secret) error {
			in := casework.AnswerInput{ByReceipt: casework.ByReceipt{Receipt: x.receipt}, Body: casework.Answers{Contacted: "yes", Solved: "no", Satisfied: "unsatisfied"}}
			_, err := u.s.Casework.Answer(u.t.Context(), in)
			return err
		},
		func(u *unaware, _ site, x secret) error {
			_, err := u.s.Casework.Withdraw(u.t.Context(), casework.WithdrawInput{ByReceipt: casework.ByReceipt{Receipt: x.receipt}})
			return err
		},
		func(u *unaware, _ site, x secret) error {
			in := casework.ObjectInput{ByReceipt: casework.ByReceipt{Receipt: x.receipt}}
			in.Body.Reason = "没有解决。" + whispered
			_, err := u.s.Casework.Object(u.t.Context(), in)
			return err
		},
		func(u *unaware, _ site, x secret) error {
			in := casework.MergeInput{ID: x.id}
			in.Body.Into, in.Body.Reason = u.hidden[0].id, "同一件事。"
			_, err := u.s.Casework.Merge(u.root(), in)
			return err
		},
	}
}

// identified are those of who asks to know who reported, and of who decides.
func identified() []walk {
	why := func(x secret) casework.IdentityInput {
		in := casework.IdentityInput{ID: x.id}
		in.Body.Purpose, in.Body.Reason = casework.PurposeOther, "须当面核实。"+whispered
		return in
	}
	return []walk{
		func(u *unaware, at site, x secret) error {
			_, err := u.s.Casework.AskIdentity(u.by(at), why(x))
			return err
		},
		func(u *unaware, _ site, x secret) error {
			ds := u.detail(x.id).Disclosures
			if len(ds) == 0 {
				return errNothing
			}
			in := casework.DecideIdentityInput{Request: ds[len(ds)-1].ID}
			in.Body.Grant, in.Body.Reason = true, "确有必要。"
			_, err := u.s.Casework.DecideIdentity(u.root(), in)
			return err
		},
		func(u *unaware, at site, x secret) error {
			_, err := u.s.Casework.OpenIdentity(u.by(at), why(x))
			return err
		},
	}
}
