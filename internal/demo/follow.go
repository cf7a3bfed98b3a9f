package demo

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/demo/story"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// cityPath is the node of the city.
const cityPath = "/" + story.ProvinceCode + "/" + story.CityCode + "/"

// follow plans the steps of a case.
func (h *history) follow(ctx context.Context, l *life, at time.Time) error {
	c, err := h.read(ctx, l.id)
	if err != nil {
		return err
	}
	l.quality = qualityOf(c.Institution)
	p := h.pace(l.quality, at)
	h.plans(p.sign, func() error { return h.sign(ctx, l) })
	h.plans(p.contact, func() error { return h.contact(ctx, l) })
	h.result(ctx, l, p.submit, p.approve)
	return nil
}

// result plans the result of a case and its approval.
func (h *history) result(ctx context.Context, l *life, submit, approve time.Time) {
	h.plans(submit, func() error { return h.submitResult(ctx, l) })
	h.plans(approve, func() error { return h.approve(ctx, l) })
}

// opinion plans what the reporter says of an approved result, if anything.
func (h *history) opinion(ctx context.Context, l *life) {
	if at, ok := h.answered(h.Clock.Now()); ok {
		h.plans(at, func() error { return h.answer(ctx, l) })
	}
}

func (h *history) read(ctx context.Context, id string) (c casework.Case, err error) {
	err = h.DB.Read(ctx, func(r db.Reader) error {
		c, err = casework.CaseByID(r, id)
		return err
	})
	return c, err
}

// worker acts as somebody of the unit that leads the case.
func (h *history) worker(ctx context.Context, c casework.Case) (context.Context, bool) {
	u, ok := h.units[c.LeadUnit]
	if !ok {
		return ctx, false
	}
	role, path := casework.RoleCoordinator, u.Path
	if u.Kind == org.Commission {
		role, path = casework.RoleDispatcher, strings.TrimSuffix(u.Path, u.ID+"/")
		if c.Route == casework.Integrity {
			role = casework.RoleDiscipline
		}
	}
	return h.as(ctx, role, path)
}

// supervisor acts as somebody who reviews: of the district, and for the
// discipline line of the city, so that nobody reviews an own result.
func (h *history) supervisor(ctx context.Context, c casework.Case, role string) (context.Context, bool) {
	path := regionOf(c)
	if c.Route == casework.Integrity {
		role, path = casework.RoleDiscipline, cityPath
		if regionOf(c) == cityPath {
			return ctx, false // the city's own clues stay in review: the province decides
		}
	}
	return h.as(ctx, role, path)
}

// regionOf is the node of the region in which the case happened.
func regionOf(c casework.Case) string {
	return c.Path[:strings.Index(c.Path, "/"+c.Region+"/")+len(c.Region)+2]
}

func (h *history) as(ctx context.Context, role, path string) (context.Context, bool) {
	id, ok := h.roles[role+" "+path]
	if !ok {
		return ctx, false
	}
	return h.actor(ctx, id)
}

// actor acts as a member of staff.
func (h *history) actor(ctx context.Context, staff string) (context.Context, bool) {
	a, err := h.Org.Actor(ctx, staff)
	return authz.With(ctx, a), err == nil && a.Known()
}

// step takes a step when somebody is there to take it; a step that came too
// late, because the case went another way, is left out.
func (h *history) step(ctx context.Context, l *life, who func(context.Context, casework.Case) (context.Context, bool), do func(context.Context, casework.Case) error) error {
	c, err := h.read(ctx, l.id)
	if err != nil {
		return err
	}
	acting, ok := who(ctx, c)
	if !ok {
		return nil
	}
	if err := do(acting, c); err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Forbidden) {
		return err
	}
	return nil
}

func (h *history) sign(ctx context.Context, l *life) error {
	return h.step(ctx, l, h.worker, func(ctx context.Context, c casework.Case) error {
		_, err := h.Casework.Sign(ctx, casework.ByID{ID: c.ID})
		return err
	})
}

func (h *history) contact(ctx context.Context, l *life) error {
	if l.mode == demand.Anonymous && l.number%3 == 0 {
		return nil
	}
	return h.step(ctx, l, h.worker, func(ctx context.Context, c casework.Case) error {
		if l.mode == demand.Anonymous { // who gave no number is reached in the dialogue
			in := casework.WriteInput{ID: c.ID}
			in.Body.Text = "您好，您反映的情况我们正在核实。如方便，请在这里补充时间和经过。"
			_, err := h.Casework.Write(ctx, in)
			return err
		}
		if l.mode == demand.RealName && c.Route == casework.General {
			who := casework.IdentityInput{ID: c.ID}
			who.Body.Purpose = casework.PurposeContact
			if _, err := h.Casework.OpenIdentity(ctx, who); err != nil {
				return err
			}
		}
		in := casework.ContactInput{ID: c.ID}
		in.Body.Method, in.Body.Note = "phone", "已电话联系诉求人，核实情况。"
		_, err := h.Casework.Contact(ctx, in)
		return err
	})
}

func (h *history) submitResult(ctx context.Context, l *life) error {
	return h.step(ctx, l, h.worker, func(ctx context.Context, c casework.Case) error {
		in := casework.SubmitInput{ID: c.ID}
		in.Body.Outcome, in.Body.Cause = outcomes[l.told.Outcome], causeOf(l.told.Cause)
		in.Body.Findings, in.Body.Measures, in.Body.Reply = l.told.Finding, l.told.Measures, l.told.Reply
		_, err := h.Casework.Submit(ctx, in)
		return err
	})
}

func (h *history) approve(ctx context.Context, l *life) error {
	who := func(ctx context.Context, c casework.Case) (context.Context, bool) {
		return h.supervisor(ctx, c, casework.RoleSupervisor)
	}
	return h.step(ctx, l, who, func(acting context.Context, c casework.Case) error {
		if l.quality < 3 && l.number%9 == 0 && c.State == casework.Reviewing && !l.sentBack {
			in := casework.Reasoned{ID: c.ID}
			in.Body.Reason = "核查不够具体，请补充整改措施和佐证材料。"
			_, err := h.Casework.SendBack(acting, in)
			l.sentBack = true
			again := office(h.Clock.Now().Add(20*time.Hour + h.upTo(60*time.Hour)))
			h.result(ctx, l, again, h.reviewed(again))
			return err
		}
		_, err := h.Casework.Approve(acting, casework.Reasoned{ID: c.ID})
		if err == nil {
			h.opinion(ctx, l)
		}
		return err
	})
}

// answer is the reporter's: on the receipt page, or on the telephone.
func (h *history) answer(ctx context.Context, l *life) error {
	a := answers(l.told, l.number, l.quality)
	c, err := h.read(ctx, l.id)
	if err != nil || c.State != casework.Calling {
		return err
	}
	if l.mode == demand.Anonymous || l.number%3 != 0 {
		_, err := h.Casework.Answer(ctx, casework.AnswerInput{ByReceipt: casework.ByReceipt{Receipt: l.receipt}, Body: a})
		return err
	}
	who := func(ctx context.Context, c casework.Case) (context.Context, bool) {
		return h.supervisor(ctx, c, casework.RoleDispatcher)
	}
	return h.step(ctx, l, who, func(ctx context.Context, c casework.Case) error {
		in := casework.CallBackInput{ID: c.ID}
		in.Body.Method, in.Body.Reached, in.Body.Answers = "phone", true, a
		_, err := h.Casework.CallBack(ctx, in)
		return err
	})
}

// answers are the three answers of a reporter.
func answers(told story.Case, n uint64, quality int) casework.Answers {
	a := casework.Answers{Contacted: "yes", Solved: "yes", Satisfied: ratings[told.Rating], Remark: told.CallbackRemark}
	if told.Rating == story.Unhappy {
		a.Solved = []string{"no", "partly"}[n%2]
		if quality < 4 && n%4 == 0 {
			a.Contacted = "no"
		}
	}
	return a
}

var outcomes = map[story.Outcome]demand.Outcome{story.True: demand.True, story.Partly: demand.PartlyTrue, story.Untrue: demand.NotTrue,
	story.Unproven: demand.CannotTell, story.Explained: demand.Explained, story.Solved: demand.Solved}

var ratings = map[story.Rating]string{story.Content: "satisfied", story.Fair: "basic", story.Unhappy: "unsatisfied"}

func causeOf(c story.Cause) demand.Cause {
	for _, known := range demand.Causes() {
		if known.Name.ZH == string(c) {
			return known.Code
		}
	}
	return "communication"
}
