package casework

import (
	"context"
	"slices"
	"strings"
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

// suggest returns where a case would go by the catalogue, or nil where that
// names nobody who may handle it, or the unit that has just returned it.
func (s *Service) suggest(r db.Reader, c Case, as []Assignment) (*Target, error) {
	t, err := s.fitting(r, c)
	switch {
	case fault.Is(err, fault.NotFound) || fault.Is(err, fault.Invalid):
		return nil, nil //nolint:nilnil // no suggestion is an answer
	case err != nil:
		return nil, err
	case slices.ContainsFunc(as, func(a Assignment) bool { return a.UnitID == t.Lead && a.EndedBy == "returned" }):
		return nil, nil //nolint:nilnil // as above
	}
	return &t, nil
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
func (s *Service) Dispatch(ctx context.Context, in DispatchInput) (Case, error) {
	return s.onCase(ctx, in.ID, "Dispatch", func(tx *db.Tx, c Case) (Case, error) {
		ev := Event{Reason: in.Body.Reason, Detail: map[string]any{}}
		if in.Body.Designated {
			ev.Detail["designated"] = true
		}
		return s.send(ctx, tx, c, Target{Lead: in.Body.Lead, Helpers: in.Body.Helpers, Rule: "person"}, ev)
	})
}

// mustDesignate reports whether a case was returned so often that the unit which
// gets it next may not return it.
func (s *Service) mustDesignate(ctx context.Context, c Case) (bool, error) {
	most, _, err := config.At(ctx, s.Settings, returnsBeforeDesignation, c.Path, c.ReceivedAt)
	return c.Returns >= most, err
}

// dispatch takes the step and gives each unit its part and its clocks.
func (s *Service) dispatch(ctx context.Context, tx *db.Tx, c Case, t Target, ev Event) (Case, error) {
	t.Helpers = distinct(t.Helpers) // a unit has one part in a case
	ev.At = s.Now()
	units, err := t.units(tx.Reader, c)
	if err != nil {
		return c, err
	}
	lead := units[0]
	c.LeadUnit, c.LeadPath = lead.ID, lead.Path
	ev.Detail["lead"], ev.Detail["helpers"] = t.Lead, t.Helpers
	ev.Public = namesOf(units)
	if c, err = s.step(ctx, tx, c, doDispatch, ev); err != nil {
		return c, err
	}
	if err := meet(tx, c.ID, ClockDispatch, "", ev.At); err != nil {
		return c, err
	}
	for i, u := range units {
		part := Assist
		if i == 0 {
			part = Lead
		}
		if err := s.handOver(ctx, tx, c, u, part, ev); err != nil {
			return c, err
		}
	}
	return c, touchNodes(tx, c) // the clocks of the units run now
}

// namesOf writes the names of units one after the other, the leading one first.
func namesOf(units []org.Unit) string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = u.Name
	}
	return strings.Join(names, "、")
}

// units returns the units of a target, the leading one first, or why one of
// them may not handle the case.
func (t Target) units(r db.Reader, c Case) ([]org.Unit, error) {
	if slices.Contains(t.Helpers, t.Lead) {
		return nil, fault.Field("helpers", i18n.T("主办单位不能同时协办", "the leading unit cannot also help"))
	}
	lead, err := mayHandle(r, c, t.Lead, "lead")
	if err != nil {
		return nil, err
	}
	units := []org.Unit{lead}
	for _, id := range t.Helpers {
		u, err := mayHandle(r, c, id, "helpers")
		if err != nil {
			return nil, err
		}
		units = append(units, u)
	}
	return units, nil
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
	return s.turn(ctx, in.ID, doAddHelper, ev, func(tx *db.Tx, c *Case, as []Assignment, ev *Event) error {
		var added []org.Unit
		for _, id := range distinct(in.Body.Units) {
			if slices.ContainsFunc(as, func(a Assignment) bool { return a.UnitID == id && a.EndedAt.IsZero() }) {
				return fault.Field("units", i18n.T("这个单位已经在办本件", "that unit has the case already"))
			}
			u, err := mayHandle(tx.Reader, *c, id, "units")
			if err != nil {
				return err
			}
			if err := s.handOver(ctx, tx, *c, u, Assist, *ev); err != nil {
				return err
			}
			added = append(added, u)
		}
		ev.Public = namesOf(added)
		return nil
	})
}

// handOver gives a unit its part of a case, by the event that sends it there.
func (s *Service) handOver(ctx context.Context, tx *db.Tx, c Case, u org.Unit, part Part, ev Event) error {
	a := Assignment{ID: db.NewID(), CaseID: c.ID, UnitID: u.ID, UnitPath: unitScope(u), Part: part, Designated: ev.Detail["designated"] == true,
		DispatchedBy: authz.From(ctx).ID, DispatchedAt: ev.At}
	if err := insertAssignment(tx, a); err != nil {
		return err
	}
	if err := addNodes(tx, c, a.UnitPath); err != nil {
		return err
	}
	if err := s.startUnitClocks(ctx, tx, c, u, part, ev.At); err != nil {
		return err
	}
	return s.tellHolders(ctx, tx, c, a.UnitPath, "case.dispatched", i18n.T("诉求 %s 派至本单位，请签收", "Case %s was sent to your unit, please sign for it").With(c.Number),
		roleFor(c, RoleCoordinator)...)
}

func (s *Service) startUnitClocks(ctx context.Context, tx *db.Tx, c Case, u org.Unit, part Part, now time.Time) error {
	policy, err := s.policyOf(ctx, c)
	if err != nil {
		return err
	}
	_, err = s.startClock(ctx, tx, c, Clock{Kind: ClockSign, UnitID: u.ID, StartedAt: now, TimeLimit: policy.Sign})
	if err != nil || part != Lead || !c.ContactedAt.IsZero() {
		return err
	}
	_, err = s.startClock(ctx, tx, c, Clock{Kind: ClockContact, StartedAt: now, TimeLimit: policy.Contact})
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
