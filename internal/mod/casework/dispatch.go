package casework

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// Target is where a case is sent.
type Target struct {
	Lead    string   `json:"lead" doc:"Identifier of the leading unit (主办)."`
	Helpers []string `json:"helpers" doc:"Identifiers of the helping units (协办)."`
	Rule    string   `json:"-"` // the catalogue's row that says so
}

// target asks the catalogue where a case goes. A case of the discipline line
// goes to the commission above the unit that it is about.
func (s *Service) target(r db.Reader, c Case) (Target, error) {
	if c.Route == Integrity {
		u, err := org.CommissionAbove(r, regionPath(c.Path, c.Institution))
		return Target{Lead: u.ID, Rule: "integrity"}, err
	}
	return s.byCatalogue(r, c)
}

// DispatchInput sends a case to units.
type DispatchInput struct {
	ID   string `path:"id"`
	Body struct {
		Lead       string   `json:"lead" minLength:"1"`
		Helpers    []string `json:"helpers,omitempty" maxItems:"10"`
		Designated bool     `json:"designated,omitempty" doc:"The unit may not return it."`
		Reason     string   `json:"reason,omitempty" maxLength:"2000"`
	}
}

// Dispatch sends a case to a leading unit and its helpers.
func (s *Service) Dispatch(ctx context.Context, in DispatchInput) (c Case, err error) {
	defer fault.Wrap(&err, "casework.Dispatch(%s)", in.ID)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if c, err = seen(ctx, tx.Reader, in.ID); err != nil {
			return err
		}
		most, _, err := config.At(ctx, s.Settings, returnsBeforeDesignation, c.Path, c.ReceivedAt)
		if err != nil {
			return err
		}
		ev := Event{Reason: in.Body.Reason, Detail: map[string]any{}}
		if in.Body.Designated || c.Returns >= most {
			ev.Detail["designated"] = true
		}
		c, err = s.dispatch(ctx, tx, c, Target{Lead: in.Body.Lead, Helpers: in.Body.Helpers, Rule: "person"}, ev)
		return err
	})
	return c, err
}

// dispatch takes the step and gives each unit its part and its clocks.
func (s *Service) dispatch(ctx context.Context, tx *db.Tx, c Case, t Target, ev Event) (Case, error) {
	t.Helpers = distinctNames(t.Helpers) // a unit has one part in a case
	if slices.Contains(t.Helpers, t.Lead) {
		return c, fault.Field("helpers", i18n.T("主办单位不能同时协办", "the leading unit cannot also help"))
	}
	units := make([]org.Unit, 0, 1+len(t.Helpers))
	for _, id := range append([]string{t.Lead}, t.Helpers...) {
		u, err := s.mayHandle(tx.Reader, c, id)
		if err != nil {
			return c, err
		}
		units = append(units, u)
	}
	c.LeadUnit, c.LeadPath = units[0].ID, units[0].Path
	ev.Detail["lead"], ev.Detail["helpers"] = t.Lead, t.Helpers
	ev.Public = units[0].Name
	c, err := s.step(ctx, tx, c, doDispatch, ev)
	if err != nil {
		return c, err
	}
	if err := meet(tx, c.ID, ClockDispatch, "", s.Now()); err != nil {
		return c, err
	}
	for i, u := range units {
		part := Assist
		if i == 0 {
			part = Lead
		}
		if err := s.handOver(ctx, tx, c, u, part, ev.Detail["designated"] == true); err != nil {
			return c, err
		}
	}
	return c, nil
}

// mayHandle refuses a unit that is closed, unknown, or kept from the case: a
// report never goes to whom it is about when that would bury it.
func (s *Service) mayHandle(r db.Reader, c Case, id string) (org.Unit, error) {
	u, err := org.UnitByID(r, id)
	if err != nil {
		return u, err
	}
	if !u.ClosedAt.IsZero() {
		return u, fault.Field("lead", i18n.T("“%s”已关闭，不能承办", "%s is closed and cannot handle cases"), u.Name)
	}
	var w db.Where
	w.And("case_id = ?", c.ID)
	w.AndIn("node", authz.Nodes(u.Path))
	n, err := db.Value[int64](r, `select count(*) from case_exclusion `+w.String(), w.Args()...)
	if err != nil {
		return u, err
	}
	if n > 0 {
		return u, fault.Field("lead", i18n.T("“%s”与本件有利益关系，应当回避", "%s has an interest in this case and must stay out"), u.Name).
			WithFix(i18n.T("请派给上一级或纪检部门", "send it one level up or to the discipline line"))
	}
	return u, nil
}

// AddHelperInput adds helping units to a case that is under way.
type AddHelperInput struct {
	ID   string `path:"id"`
	Body struct {
		Units  []string `json:"units" minItems:"1" maxItems:"10"`
		Reason string   `json:"reason" minLength:"1" maxLength:"2000"`
	}
}

// AddHelper adds helping units (协办) to a case that is under way.
func (s *Service) AddHelper(ctx context.Context, in AddHelperInput) (Case, error) {
	ev := Event{Reason: in.Body.Reason, Detail: map[string]any{"helpers": in.Body.Units}}
	return s.change(ctx, in.ID, doAddHelper, ev, func(tx *db.Tx, c *Case, _ *Event) error {
		as, err := assignments(tx.Reader, c.ID)
		if err != nil {
			return err
		}
		for _, id := range distinctNames(in.Body.Units) {
			if slices.ContainsFunc(as, func(a Assignment) bool { return a.UnitID == id && a.EndedAt.IsZero() }) {
				return fault.Field("units", i18n.T("这个单位已经在办本件", "that unit has the case already"))
			}
			u, err := s.mayHandle(tx.Reader, *c, id)
			if err != nil {
				return err
			}
			if err := s.handOver(ctx, tx, *c, u, Assist, false); err != nil {
				return err
			}
		}
		return nil
	})
}

// handOver gives a unit its part of a case.
func (s *Service) handOver(ctx context.Context, tx *db.Tx, c Case, u org.Unit, part Part, designated bool) error {
	now := s.Now()
	a := Assignment{ID: db.NewID(), CaseID: c.ID, UnitID: u.ID, UnitPath: unitScope(u), Part: part, Designated: designated,
		DispatchedBy: authz.From(ctx).ID, DispatchedAt: now}
	if err := insertAssignment(tx, a); err != nil {
		return err
	}
	if err := addNodes(tx, c, a.UnitPath); err != nil {
		return err
	}
	if err := s.startUnitClocks(ctx, tx, c, u, part, now); err != nil {
		return err
	}
	return s.tellHolders(ctx, tx, c, a.UnitPath, "case.dispatched", i18n.T("诉求 %s 派至本单位，请签收", "case %s was sent to your unit, please sign for it").With(c.Number),
		roleFor(c, RoleCoordinator)...)
}

func (s *Service) startUnitClocks(ctx context.Context, tx *db.Tx, c Case, u org.Unit, part Part, now time.Time) error {
	policy, err := s.policyOf(ctx, c)
	if err != nil {
		return err
	}
	if _, err := s.startClock(ctx, tx, c, ClockSign, u.ID, now, policy.Sign); err != nil || part != Lead {
		return err
	}
	_, err = s.startClock(ctx, tx, c, ClockContact, "", now, policy.Contact)
	return err
}

// unitScope is the path at which people of a unit hold their roles: a
// commission's people hold theirs at the region.
func unitScope(u org.Unit) string {
	if u.Kind != org.Commission {
		return u.Path
	}
	return u.Path[:len(u.Path)-len(u.ID)-1]
}

// policyOf returns the policy that held when the case opened.
func (s *Service) policyOf(ctx context.Context, c Case) (Policy, error) {
	p, _, err := s.policyFor(ctx, openingOf(c))
	return p, err
}

// openingOf is what the policies ask about a case.
func openingOf(c Case) Opening {
	return Opening{Category: c.Category, Item: c.Item, Channel: c.Channel, Class: c.Class, Urgency: c.Urgency, Path: c.Path, ReceivedAt: c.ReceivedAt}
}
