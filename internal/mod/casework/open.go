package casework

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// jobRoute makes a new case findable and sends it on.
const jobRoute = "casework.route"

type routeArgs struct {
	CaseID string `json:"case_id"`
}

// autoDispatch says whether cases whose unit the catalogue names are accepted
// and sent without a person.
var autoDispatch = config.Define("casework.auto_dispatch", true,
	i18n.T("按派单目录自动派单", "Dispatch by the catalogue without a person"), i18n.Text{})

// Open opens the case of a report, inside the transaction that accepts the
// report: there is no report without a case and no case without a deadline.
func (s *Service) Open(ctx context.Context, tx *db.Tx, o Opening) (c Case, err error) {
	defer fault.Wrap(&err, "casework.Open(%s)", o.Number)
	policy, version, err := s.policyFor(ctx, o)
	if err != nil {
		return c, err
	}
	c = caseOf(o, version)
	start, limit := o.term(policy.Finish)
	c.DueAt = s.calendar(ctx, o.ReceivedAt).Due(start, limit).At
	h := holding{file: fileRow{Case: c}, bars: concerned(c)}
	h.fresh()
	if err := insertCase(tx, h.file); err != nil {
		return c, err
	}
	for _, x := range h.bars {
		if err := insertBar(tx, x); err != nil {
			return c, err
		}
	}
	begun := []Clock{{Kind: ClockFinish, StartedAt: start, TimeLimit: limit}, {Kind: ClockDispatch, StartedAt: o.ReceivedAt, TimeLimit: policy.Dispatch}}
	if h.clocks, err = s.beginClocks(ctx, tx, c, begun); err != nil {
		return c, err
	}
	if err := addNodes(tx, c, regionPath(o.Path, o.Institution)); err != nil {
		return c, err
	}
	ev := opened(c, o)
	if err := markEntry(ctx, tx.Reader, o, ev); err != nil {
		return c, err
	}
	ev.Fingerprint = h.fingerprint() // of what is at hand: a reporter waits, and nothing is read again
	return c, fault.First(
		func() error { return s.writeEvent(tx, c, ev) },
		func() error { return commit(s, tx, c, &ev) },
		func() error { return s.Queue.Enqueue(tx, jobRoute, routeArgs{c.ID}) },
	)
}

// beginClocks starts the clocks of a new case, and that of what is promised to
// its reporter.
func (s *Service) beginClocks(ctx context.Context, tx *db.Tx, c Case, ks []Clock) ([]Clock, error) {
	if c.promised() {
		limit, err := s.tellLimit(ctx, c)
		if err != nil {
			return nil, err
		}
		ks = append(ks, Clock{Kind: ClockTold, StartedAt: c.ReceivedAt, TimeLimit: limit})
	}
	for i, k := range ks {
		var err error
		if ks[i], err = s.addClock(ctx, tx, c, k); err != nil {
			return nil, err
		}
	}
	return ks, nil
}

// term is when the clock of the result begins and how long it runs. A deadline
// that the sender gave becomes whole hours, because a limit is pausable and
// extensible and a bare instant is not; they begin up to an hour before the
// report so that they end on the minute.
func (o Opening) term(policy calendar.Limit) (start time.Time, l calendar.Limit) {
	switch {
	case !o.DueAt.IsZero():
		n := int((o.DueAt.Sub(o.ReceivedAt) + time.Hour - 1) / time.Hour)
		l = calendar.Limit{N: min(max(n, 1), calendar.MaxN), Unit: calendar.Hours}
		return o.DueAt.Add(-time.Duration(l.N) * time.Hour), l
	case o.Finish.Valid():
		return o.ReceivedAt, o.Finish
	}
	return o.ReceivedAt, policy
}

func caseOf(o Opening, policy string) Case {
	c := Case{ID: o.ID, Number: o.Number, Title: o.Title, Category: o.Category, Item: o.Item, Class: o.Class, Channel: o.Channel,
		Mode: o.Mode, Urgency: o.Urgency, Route: General, State: Received, Region: o.Region, Path: o.Path, Institution: o.Institution,
		Department: o.Department, Place: o.Place, ReceivedAt: o.ReceivedAt, Policy: policy}
	if demand.Disciplined(o.Category, o.AboutLeader) {
		c.Route = Integrity
	}
	c.Sealed = demand.Sealed(o.Category, o.AboutLeader, o.Mode)
	return c
}

func opened(c Case, o Opening) Event {
	actor := "reporter"
	if o.EnteredBy != "" {
		actor = o.EnteredBy
	}
	detail := map[string]any{"channel": o.Channel}
	if o.Finish.Valid() {
		detail["sender_limit"] = o.Finish.String()
	}
	if !o.DueAt.IsZero() {
		detail["sender_due"] = o.DueAt.UTC().Format(time.RFC3339Nano)
	}
	return Event{ID: db.NewID(), CaseID: c.ID, At: c.ReceivedAt, Actor: actor, Action: string(doOpen), ToState: Received, Detail: detail}
}

// senderTerm returns what the sender said of the time, as the first event keeps it.
func (e Event) senderTerm() (o Opening, err error) {
	o.ReceivedAt = e.At
	if limit := detailText(e.Detail, "sender_limit"); limit != "" {
		if o.Finish, err = calendar.ParseLimit(limit); err != nil {
			return o, err
		}
	}
	if due := detailText(e.Detail, "sender_due"); due != "" {
		o.DueAt, err = time.Parse(time.RFC3339Nano, due)
	}
	return o, err
}

// markEntry notes on the first event of a case that people of an institution
// typed the report in. They hold its receipt, and what is said by that may not be
// the reporter's word.
func markEntry(ctx context.Context, r db.Reader, o Opening, ev Event) error {
	path := authz.From(ctx).Path
	if o.EnteredBy == "" || path == "" {
		return nil
	}
	top := authz.Nodes(strings.TrimPrefix(path, org.RegionPart(path)))
	if len(top) == 0 {
		return nil
	}
	u, err := org.UnitByID(r, top[0])
	if err == nil && u.Kind != org.Commission {
		ev.Detail["entered_at"] = u.ID
	}
	return err
}

// enteredByInstitution reports whether people of an institution typed a report in.
func enteredByInstitution(es []Event) bool {
	return slices.ContainsFunc(es, func(e Event) bool { return e.Action == string(doOpen) && detailText(e.Detail, "entered_at") != "" })
}

// regionPath is the part of a path that supervises: the nodes above the
// institution. The institution itself sees a case when it is sent there.
func regionPath(path, institution string) string {
	if i := strings.Index(path, "/"+institution+"/"); institution != "" && i >= 0 {
		return path[:i+1]
	}
	return path
}

// concerned keeps a report of the discipline line from the unit that it is
// about: the institution, or the commission when it is about the commission.
func concerned(c Case) []bar {
	if c.Route != Integrity || c.Institution == "" {
		return nil
	}
	return []bar{{c.ID, c.Institution, "concerned", system, c.ReceivedAt}}
}

// take does what need not be done while the reporter waits: it makes the case
// findable and sends it on.
func (s *Service) take(ctx context.Context, a routeArgs) error {
	return errors.Join(s.index(ctx, a), s.route(ctx, a))
}

// route accepts and dispatches a new case by the catalogue. Where the
// catalogue names nobody the case waits for a person, and its clock runs.
func (s *Service) route(ctx context.Context, a routeArgs) (err error) {
	defer fault.Wrap(&err, "casework.route(%s)", a.CaseID)
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		c, err := CaseByID(tx.Reader, a.CaseID)
		if err != nil || c.State != Received {
			return err
		}
		if err := s.Tell(tx, c.ID); err != nil {
			return err
		}
		auto, _, err := config.At(ctx, s.Settings, autoDispatch, c.Path, c.ReceivedAt)
		if err != nil {
			return err
		}
		if !auto {
			return s.tellDispatchers(ctx, tx, c)
		}
		target, err := s.suggest(tx.Reader, c, nil)
		if err != nil {
			return err
		}
		if target == nil {
			return s.tellDispatchers(ctx, tx, c)
		}
		c.AcceptedAt = s.Now()
		if c, err = s.step(ctx, tx, c, doAccept, Event{Detail: map[string]any{"auto": true}}); err != nil {
			return err
		}
		_, err = s.dispatch(ctx, tx, c, *target, Event{Detail: map[string]any{"auto": true, "rule": target.Rule}})
		return err
	})
}

// fitting asks the catalogue where a case goes. A row that names a unit which
// may not handle it, because it has closed since or is barred, names nobody.
func (s *Service) fitting(r db.Reader, c Case) (t Target, err error) {
	if t, err = s.target(r, c); err != nil {
		return t, err
	}
	_, err = t.units(r, c)
	return t, err
}

// tellDispatchers lets those know who send cases on.
func (s *Service) tellDispatchers(ctx context.Context, tx *db.Tx, c Case) error {
	return s.tellHolders(ctx, tx, c, regionPath(c.Path, c.Institution), "case.new",
		i18n.T("新诉求 %s 等待派单", "New case %s waits to be dispatched").With(c.Number), roleFor(c, RoleDispatcher)...)
}

// The roles that casework tells things to. Who holds them is granted in org.
const (
	RoleDispatcher  = "dispatcher"
	RoleSupervisor  = "supervisor"
	RoleDirector    = "director"
	RoleDiscipline  = "discipline"
	RoleCoordinator = "coordinator"
	RoleLeader      = "leader"
)

// roleFor replaces the general roles by the discipline line's where the case
// is on it.
func roleFor(c Case, roles ...string) []string {
	if c.Route == Integrity {
		return []string{RoleDiscipline}
	}
	return roles
}

// tellHolders tells those who hold roles at a path, but nobody whom the case
// keeps out.
func (s *Service) tellHolders(ctx context.Context, tx *db.Tx, c Case, path, kind string, text i18n.Text, roles ...string) error {
	staff, err := org.HoldersOf(tx.Reader, path, roles...)
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, c, staff, kind, text)
}

// tell tells members of staff something about a case, but nobody whom it keeps
// out.
func (s *Service) tell(ctx context.Context, tx *db.Tx, c Case, staff []org.Staff, kind string, text i18n.Text) error {
	return s.tellAt(ctx, tx, c, staff, kind, text, "/cases/"+c.ID)
}

// tellAt is tell with a link to somewhere else than the case. Whatever is told
// about a case goes through it.
func (s *Service) tellAt(ctx context.Context, tx *db.Tx, c Case, staff []org.Staff, kind string, text i18n.Text, link string) error {
	may, err := unbarred(tx.Reader, c.ID, staff)
	if err != nil {
		return err
	}
	to := make([]string, len(may))
	for i, p := range may {
		to[i] = p.ID
	}
	return s.Notify.Send(ctx, tx, to, kind, text, link)
}

// barredAmong returns which of some people, by identifier, a case keeps out.
func barredAmong(r db.Reader, id string) func([]string) ([]string, error) {
	return func(ids []string) (out []string, err error) {
		for _, staff := range ids {
			p, err := org.StaffByID(r, staff)
			if err != nil {
				return nil, err
			}
			may, err := unbarred(r, id, []org.Staff{p})
			if err != nil {
				return nil, err
			}
			if len(may) == 0 {
				out = append(out, staff)
			}
		}
		return out, nil
	}
}

// unbarred returns those of some members of staff whom a case does not keep out.
func unbarred(r db.Reader, id string, staff []org.Staff) ([]org.Staff, error) {
	kept, err := keptOut(r, id)
	if err != nil || len(kept[id]) == 0 {
		return staff, err
	}
	ids := make([]string, len(staff))
	for i, p := range staff {
		ids[i] = p.UnitID
	}
	units, err := org.UnitsByID(r, ids)
	return slices.DeleteFunc(slices.Clone(staff), func(p org.Staff) bool {
		return slices.ContainsFunc(append(authz.Nodes(units[p.UnitID].Path), p.ID), func(node string) bool { return slices.Contains(kept[id], node) })
	}), err
}
