package rectify

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// ProblemListingInput puts a problem on the list of an authority (挂牌督办).
type ProblemListingInput struct {
	ID   string `path:"id"`
	Body struct {
		Authority string `json:"authority" minLength:"1" maxLength:"100" doc:"Who lists it."`
		DueOn     string `json:"due_on" minLength:"1" doc:"Day by which it is to be put right."`
		Reason    string `json:"reason" minLength:"1" maxLength:"2000"`
	}
}

// Enlist lists a problem. The deadline of the list is that of the problem from
// then on. Listed from which node is kept: delisted is it from there.
func (s *Service) Enlist(ctx context.Context, in ProblemListingInput) (Problem, error) {
	due, err := clock.ParseDay("due_on", in.Body.DueOn)
	if err != nil {
		return Problem{}, err
	}
	return s.reasoned(ctx, in.ID, doList, in.Body.Reason, func(tx *db.Tx, p *Problem, detail map[string]any) error {
		now := s.instant()
		if strings.TrimSpace(in.Body.Authority) == "" {
			return fault.Field("authority", i18n.T("请写明挂牌单位", "please say who lists it"))
		}
		if due.IsZero() || clock.End(due).Before(now) {
			return fault.Field("due_on", i18n.T("请填写督办期限，且不早于今天", "please set a deadline, not before today"))
		}
		p.ListedAt, p.ListedBy, p.ListedPath = now, authz.From(ctx).ID, nearest(authz.From(ctx), p.Path)
		p.Authority, p.DelistedAt = strings.TrimSpace(in.Body.Authority), time.Time{}
		p.Term = Fixed
		p.dueAnew(clock.End(due))
		if p.Asked == extension {
			p.lapse(detail)
		}
		detail["authority"], detail["due"] = p.Authority, in.Body.DueOn
		return s.tell(ctx, tx, *p, "listed", i18n.T("问题被挂牌督办", "a problem was listed by an authority"), []string{p.Responsible}, roleCoordinator, roleLeader)
	})
}

// dueAnew sets another deadline. Lateness begins anew with it.
func (p *Problem) dueAnew(at time.Time) { p.DueAt, p.Pressed = at, 0 }

// lapse takes back what was asked where it has nothing to decide any more, and notes
// that.
func (p *Problem) lapse(detail map[string]any) {
	if p.Asked != "" {
		detail["lapsed"] = p.Asked
	}
	p.forgetAsked()
}

func (p *Problem) forgetAsked() {
	p.Asked, p.AskedAt, p.AskedBy, p.AskedDue = "", time.Time{}, "", time.Time{}
}

// nearest is the node nearest to a path at which the actor may list.
func nearest(a authz.Actor, path string) (at string) {
	for _, g := range a.Grants {
		if strings.HasPrefix(path, g.Path) && len(g.Path) > len(at) && (authz.Actor{Grants: []authz.Grant{g}}).Can(List) {
			at = g.Path
		}
	}
	return at
}

// Delist takes a problem off the list (摘牌).
func (s *Service) Delist(ctx context.Context, in ProblemSaid) (Problem, error) {
	return s.reasoned(ctx, in.ID, doDelist, in.Body.Reason, func(_ *db.Tx, p *Problem, _ map[string]any) error {
		p.DelistedAt = s.instant()
		return nil
	})
}

// ProblemAskInput asks for what another person decides.
type ProblemAskInput struct {
	ID   string `path:"id"`
	Body struct {
		What   string `json:"what" enum:"extension,withdrawal"`
		DueOn  string `json:"due_on,omitempty" doc:"The deadline that an extension asks for."`
		Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	}
}

// Ask asks for more time, once, or to withdraw what was entered in error.
func (s *Service) Ask(ctx context.Context, in ProblemAskInput) (Problem, error) {
	due, err := clock.ParseDay("due_on", in.Body.DueOn)
	if err != nil {
		return Problem{}, err
	}
	action := doAskExtend
	if in.Body.What == withdrawal {
		action, due = doAskRetract, time.Time{}
	}
	return s.reasoned(ctx, in.ID, action, in.Body.Reason, func(tx *db.Tx, p *Problem, detail map[string]any) error {
		if action == doAskExtend && !clock.End(due).After(p.DueAt) {
			return fault.Field("due_on", i18n.T("新的期限应晚于现在的期限", "the new deadline must be later than the present one"))
		}
		p.Asked, p.AskedAt, p.AskedBy, p.AskedDue = in.Body.What, s.instant(), authz.From(ctx).ID, clock.End(due)
		if !due.IsZero() {
			detail["due"] = in.Body.DueOn
		}
		return s.tell(ctx, tx, *p, "asked", i18n.T("有整改申请待审批", "something was asked about a problem"), nil, roleSupervisor, roleCampaign)
	})
}

// ProblemDecideInput decides on what was asked.
type ProblemDecideInput struct {
	ID   string `path:"id"`
	Body struct {
		Grant  bool   `json:"grant"`
		Reason string `json:"reason,omitempty" maxLength:"2000" doc:"Needed for a refusal."`
	}
}

// Decide grants or refuses what somebody else asked.
func (s *Service) Decide(ctx context.Context, in ProblemDecideInput) (Problem, error) {
	var asked string
	err := s.DB.Read(ctx, func(r db.Reader) error {
		p, err := seen(ctx, r, in.ID)
		asked = p.Asked
		return err
	})
	if err != nil {
		return Problem{}, err
	}
	switch {
	case !in.Body.Grant:
		return s.reasoned(ctx, in.ID, doRefuse, in.Body.Reason, s.decided(ctx, false))
	case asked == withdrawal:
		return s.turn(ctx, in.ID, doRetract, in.Body.Reason, s.decided(ctx, true))
	default:
		return s.turn(ctx, in.ID, doExtend, in.Body.Reason, s.decided(ctx, true))
	}
}

// decided is what a decision changes. One who asked is told.
func (s *Service) decided(ctx context.Context, granted bool) change {
	return func(tx *db.Tx, p *Problem, detail map[string]any) error {
		asked, who := p.Asked, p.AskedBy
		detail["asked"] = asked
		if granted && asked == extension {
			detail["was"], detail["due"] = lastDay(p.DueAt), lastDay(p.AskedDue)
			p.dueAnew(p.AskedDue)
			p.Extended = true
		}
		if granted && asked == withdrawal && strings.HasPrefix(p.SourceID, fromSheet) {
			p.SourceID = "" // the line may be imported again, as it should be
		}
		p.forgetAsked()
		return s.tell(ctx, tx, *p, "decided", i18n.T("您的整改申请有了审批结果", "what you asked about a problem was decided"), []string{who})
	}
}
