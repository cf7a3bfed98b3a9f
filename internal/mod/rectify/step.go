package rectify

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// change is what a use case does with a problem: it changes the line, and adds to
// what the trail says of the step.
type change func(tx *db.Tx, p *Problem, detail map[string]any) error

// turn is the frame of nearly every use case: find the problem, ask the table,
// change the line, write the step down.
func (s *Service) turn(ctx context.Context, id string, a flow.Action, reason string, f change) (p Problem, err error) {
	defer fault.Wrap(&err, "rectify.%s(%s)", a, id)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if p, err = seen(ctx, tx.Reader, id); err != nil {
			return err
		}
		p, err = s.step(ctx, tx, p, a, reason, f)
		return err
	})
	return p, err
}

// reasoned is turn for a step that nobody takes without saying why.
func (s *Service) reasoned(ctx context.Context, id string, a flow.Action, reason string, f change) (Problem, error) {
	if strings.TrimSpace(reason) == "" {
		return Problem{}, fault.Field("reason", i18n.T("请写明理由", "please give a reason"))
	}
	return s.turn(ctx, id, a, reason, f)
}

// step takes one step with a problem, in a transaction.
func (s *Service) step(ctx context.Context, tx *db.Tx, p Problem, a flow.Action, reason string, f change) (Problem, error) {
	m, err := momentOf(ctx, tx.Reader, p)
	if err != nil {
		return p, err
	}
	to, err := m.move(a)
	if err != nil {
		return p, err
	}
	was, detail := p.State, map[string]any{}
	p.State = to
	if err := f(tx, &p, detail); err != nil {
		return p, err
	}
	if err := (moment{Problem: p}).unprepared(); err != nil && p.State != Open && p.State != Withdrawn {
		return p, err // what a major hazard needs is not taken away once it was begun with
	}
	if err := update(tx, p); err != nil {
		return p, err
	}
	return p, s.note(ctx, tx, p, trail.Step{Act: string(a), Was: string(was), Became: string(to), Reason: strings.TrimSpace(reason), Detail: detail})
}

// note writes a step into the trail, and which fields it filled into the audit
// log: what was written into them stays with the problem.
func (s *Service) note(ctx context.Context, tx *db.Tx, p Problem, step trail.Step) error {
	if err := s.Trail.Add(ctx, tx, record(p.ID), step); err != nil {
		return err
	}
	fields := slices.AppendSeq([]string{}, maps.Keys(step.Detail))
	slices.Sort(fields)
	return s.Audit.Append(ctx, tx, "problem."+step.Act, p.ID, "", "number", p.Number, "fields", fields)
}

// momentOf is a problem as the actor of ctx finds it.
func momentOf(ctx context.Context, r db.Reader, p Problem) (moment, error) {
	events, err := trail.Of(r, record(p.ID))
	return moment{Problem: p, actor: authz.From(ctx), hands: hands(events)}, err
}

// seen returns a problem that the actor of ctx may read; one that may not be read
// is missing like one that does not exist.
func seen(ctx context.Context, r db.Reader, id string) (Problem, error) {
	var w db.Where
	w.And("id = ?", id)
	readable(authz.From(ctx), &w)
	return db.Find[Problem](r, i18n.T("问题", "problem"), selectProblem+w.String(), w.Args()...)
}

// The roles that are told of problems; app has them.
const (
	roleCoordinator = "coordinator"
	roleLeader      = "leader"
	roleSupervisor  = "supervisor"
	roleCampaign    = "campaign"
	roleDirector    = "director"
	roleDiscipline  = "discipline"
)

// tell tells those who hold roles where the problem lies, and others by name; nobody at
// a unit of what is not for it.
func (s *Service) tell(ctx context.Context, tx *db.Tx, p Problem, kind string, text i18n.Text, named []string, roles ...string) error {
	to := slices.Clone(named)
	hidden, err := secret(tx.Reader, p.ID)
	if err != nil {
		return err
	}
	if hidden {
		to, roles = nil, slices.DeleteFunc(roles, func(role string) bool { return role == roleCoordinator || role == roleLeader })
	}
	if len(roles) > 0 {
		holders, err := org.HoldersOf(tx.Reader, p.Path, roles...)
		if err != nil {
			return err
		}
		for _, h := range holders {
			to = append(to, h.ID)
		}
	}
	slices.Sort(to)
	to = slices.DeleteFunc(slices.Compact(to), func(id string) bool { return id == "" || id == authz.From(ctx).ID })
	if len(to) == 0 {
		return nil
	}
	return s.Notify.Send(ctx, tx, to, "rectify."+kind, text, "/inspection/problems/"+p.ID)
}

// instant is the present as the table keeps it.
func (s *Service) instant() time.Time { return s.Now().UTC().Truncate(time.Millisecond) }

// placed puts a problem at a unit, and at a department of it when one is named.
func placed(r db.Reader, p *Problem, unit, department string) error {
	u, err := org.UnitByID(r, unit)
	if fault.Is(err, fault.NotFound) || err == nil && !u.ClosedAt.IsZero() {
		return fault.Field("unit_id", i18n.T("没有这个单位，或已撤销，请从列表中选择", "there is no such unit, or it was closed; please choose one from the list"))
	}
	if err != nil {
		return err
	}
	if u.Kind == org.Department {
		return fault.Field("unit_id", i18n.T("请选择单位，科室另选", "please choose the unit; its department is another field"))
	}
	p.Region, p.UnitID, p.DepartmentID, p.Path = u.Region, u.ID, "", u.Path
	if department == "" {
		return nil
	}
	d, err := org.UnitByID(r, department)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if err != nil || d.Kind != org.Department || !strings.HasPrefix(d.Path, u.Path) || !d.ClosedAt.IsZero() {
		return fault.Field("department_id", i18n.T("该单位没有这个科室", "the unit has no such department"))
	}
	p.DepartmentID, p.Path = d.ID, d.Path
	return nil
}

// ofUnit refuses a person who does not belong to the unit of a problem.
func ofUnit(r db.Reader, p Problem, staff string) error {
	if staff == "" {
		return nil
	}
	who, err := org.StaffByID(r, staff)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	var at org.Unit
	if err == nil && who.ClosedAt.IsZero() {
		if at, err = org.UnitByID(r, who.UnitID); err != nil {
			return err
		}
	}
	if at.Path == "" || !strings.HasPrefix(at.Path, p.unitPath()) {
		return fault.Field("responsible", i18n.T("责任人应是责任单位的在岗人员", "who is responsible must work at the unit"))
	}
	return nil
}
