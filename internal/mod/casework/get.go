package casework

import (
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/org"
)

// ByID names a case.
type ByID struct {
	ID string `path:"id"`
}

// Detail is everything about a case that the actor may see.
type Detail struct {
	Case        Row                       `json:"case"`
	Content     Content                   `json:"content"`
	Actions     []flow.Label[flow.Action] `json:"actions" doc:"What the actor may do now."`
	Assignments []NamedAssignment         `json:"assignments"`
	Clocks      []Clock                   `json:"clocks"`
	Timeline    []NamedEvent              `json:"timeline"`
}

// NamedAssignment is an assignment with the names of unit and handler.
type NamedAssignment struct {
	Assignment
	UnitName    string `json:"unit_name"`
	HandlerName string `json:"handler_name"`
}

// NamedEvent is an event with the names of who acted.
type NamedEvent struct {
	Event
	ActorName string `json:"actor_name"`
	UnitName  string `json:"unit_name"`
}

// Get returns a case. Reading one is noted in the audit log.
func (s *Service) Get(ctx context.Context, in ByID) (d Detail, err error) {
	defer fault.Wrap(&err, "casework.Get(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, err := seen(ctx, r, in.ID)
		if err != nil {
			return err
		}
		d, err = s.detail(ctx, r, c)
		return err
	})
	if err != nil {
		return d, err
	}
	return d, s.DB.InTx(ctx, func(tx *db.Tx) error { return s.Audit.Append(ctx, tx, "case.view", in.ID, "") })
}

func (s *Service) detail(ctx context.Context, r db.Reader, c Case) (d Detail, err error) {
	rows, err := s.rows(r, []Case{c})
	if err != nil {
		return d, err
	}
	d.Case = rows[0]
	if d.Content, err = s.Content.Content(ctx, r, c); err != nil {
		return d, err
	}
	as, err := assignments(r, c.ID)
	if err != nil {
		return d, err
	}
	d.Actions = life().Actions(c.State, has(ctx, c, as), guards(authz.From(ctx), as)...)
	if d.Clocks, err = clocks(r, c.ID); err != nil {
		return d, err
	}
	es, err := events(r, c.ID)
	if err != nil {
		return d, err
	}
	return d, s.name(r, &d, as, es)
}

// guards returns the conditions that hold for the actor.
func guards(a authz.Actor, as []Assignment) []flow.Guard {
	if mine := worksOn(a, as); mine != nil && !mine.Designated {
		return []flow.Guard{mayReturn}
	}
	return nil
}

// name puts names beside identifiers.
func (s *Service) name(r db.Reader, d *Detail, as []Assignment, es []Event) error {
	units, people := map[string]bool{}, map[string]bool{}
	for _, a := range as {
		units[a.UnitID], people[a.Handler] = true, true
	}
	for _, e := range es {
		units[e.UnitID], people[e.Actor] = true, true
	}
	us, err := org.UnitsByID(r, keys(units))
	if err != nil {
		return err
	}
	ps, err := org.StaffNames(r, keys(people))
	if err != nil {
		return err
	}
	d.Assignments, d.Timeline = []NamedAssignment{}, []NamedEvent{}
	for _, a := range as {
		d.Assignments = append(d.Assignments, NamedAssignment{a, us[a.UnitID].Name, ps[a.Handler]})
	}
	for _, e := range es {
		d.Timeline = append(d.Timeline, NamedEvent{e, ps[e.Actor], us[e.UnitID].Name})
	}
	return nil
}
