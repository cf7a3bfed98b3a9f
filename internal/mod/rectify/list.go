package rectify

import (
	"context"
	"errors"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// Filter chooses problems.
type Filter struct {
	Box         string `query:"box" enum:"all,open,review,my_review,asked,overdue,soon,listed,look_back,closed" default:"all" doc:"open: not begun or being put right. review: applied for. my_review: of those, what the actor may review now. asked: somebody has to decide. overdue: nothing was applied for by the deadline. soon: a week or less is left. listed: on the list of an authority. look_back: closed, and the day to look back has come. closed: closed or held."`
	State       string `query:"state" enum:"open,doing,applied,reviewing,closed,held,withdrawn"`
	Kind        string `query:"kind" enum:"problem,hazard"`
	Grade       string `query:"grade" enum:"general,major"`
	Source      string `query:"source" enum:"inspection,case,report,self,patrol,superior,hazards"`
	SourceID    string `query:"source_id" maxLength:"64" doc:"Of what the source found, such as a problem of an inspection."`
	Category    string `query:"category" maxLength:"8" doc:"Code of a violation, or of a group of them."`
	Below       string `query:"below" maxLength:"40" doc:"Code of a region or identifier of a unit."`
	Campaign    string `query:"campaign" maxLength:"40"`
	Responsible string `query:"responsible" maxLength:"40" doc:"Staff identifier."`
	From        string `query:"from" doc:"Found on or after this day."`
	To          string `query:"to" doc:"Found on or before this day."`
	Q           string `query:"q" maxLength:"100" doc:"Words of number, description or location."`
}

// soonDays is how long before the deadline a problem counts as due soon.
const soonDays = 7

// ListInput chooses a page of problems.
type ListInput struct {
	list.Query
	Filter
	Count bool `query:"count" doc:"Count them as well, up to a thousand."`
}

// ProblemRow is a problem in a list.
type ProblemRow struct {
	Problem
	UnitName        string `json:"unit_name"`
	DepartmentName  string `json:"department_name"`
	ResponsibleName string `json:"responsible_name"`
	Overdue         bool   `json:"overdue"`
	OnList          bool   `json:"on_list" doc:"Listed and not delisted."`
}

// ListProblems returns the problems that the actor may see: what runs against a
// deadline by that, all else the newest first.
func (s *Service) ListProblems(ctx context.Context, in ListInput) (out list.Page[ProblemRow], err error) {
	defer fault.Wrap(&err, "rectify.ListProblems")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		narrow := func(ctx context.Context, r db.Reader, w *db.Where) error { return s.narrow(ctx, r, w, in.Filter) }
		sorted := in.sorted()
		load := func(r db.Reader, w *db.Where, limit int) ([]Problem, error) { return page(r, w, sorted.SQL(), limit) }
		found, err := list.Read(ctx, r, in.Query, sorted, narrow, load)
		if err != nil {
			return err
		}
		out.Next = found.Next
		if out.Items, err = s.rows(r, found.Items); err != nil || !in.Count {
			return err
		}
		out.Count, err = s.count(ctx, r, in.Filter)
		return err
	})
	return out, err
}

// sorted is the order of the list: what runs against a deadline by that.
func (f Filter) sorted() list.Order[Problem] {
	switch f.Box {
	case "overdue", "soon":
		return list.Up("due_at", "id", func(p Problem) list.Key { return list.At(p.DueAt, p.ID) })
	case "look_back":
		return list.Up("look_due", "id", func(p Problem) list.Key { return list.At(p.LookDue, p.ID) })
	}
	return list.Down("created_at", "id", func(p Problem) list.Key { return list.At(p.CreatedAt, p.ID) })
}

// narrow adds what the actor may see and the filters.
func (s *Service) narrow(ctx context.Context, r db.Reader, w *db.Where, f Filter) error {
	readable(authz.From(ctx), w)
	w.AndIf(f.State != "", "state = ?", f.State)
	w.AndIf(f.State == "", "state <> ?", Withdrawn)
	w.AndIf(f.Kind != "", "kind = ?", f.Kind)
	w.AndIf(f.Grade != "", "grade = ?", f.Grade)
	w.AndIf(f.Source != "", "source = ?", f.Source)
	w.AndIf(f.SourceID != "", "source_id = ? and source_id <> ''", f.SourceID) // as the index has it
	w.AndIf(f.Category != "", "substr(category, 1, ?) = ?", len(f.Category), f.Category)
	w.AndIf(f.Campaign != "", "campaign_id = ?", f.Campaign)
	w.AndIf(f.Responsible != "", "responsible = ? and responsible <> ''", f.Responsible)
	s.box(ctx, w, f.Box)
	if err := found(w, f); err != nil {
		return err
	}
	org.Contains(w, f.Q, "number", "description", "location")
	return below(r, w, f.Below)
}

// box narrows to a box, as Filter says what is in each.
func (s *Service) box(ctx context.Context, w *db.Where, box string) {
	now := s.Now()
	switch box {
	case "open":
		w.And("state in ('open', 'doing')")
	case "review":
		w.And("state in ('applied', 'reviewing')")
	case "my_review":
		mayReview(authz.From(ctx), w)
	case "asked":
		w.And("asked <> '' and state in ('open', 'doing')")
	case "overdue":
		w.And("state in ('open', 'doing') and due_at <= ?", now)
	case "soon":
		w.And("state in ('open', 'doing') and due_at > ? and due_at <= ?", now, clock.End(now.AddDate(0, 0, soonDays)))
	case "listed":
		w.And("listed_at is not null and delisted_at is null")
	case "look_back":
		w.And("state = 'closed' and look_due <= ?", now)
	case "closed":
		w.And("state in ('closed', 'held')")
	}
}

// found adds the days between which a problem was found.
func found(w *db.Where, f Filter) error {
	from, err := clock.ParseDay("from", f.From)
	if err != nil {
		return err
	}
	to, err := clock.ParseDay("to", f.To)
	if err != nil {
		return err
	}
	w.AndIf(!from.IsZero(), "found_on >= ?", from)
	w.AndIf(!to.IsZero(), "found_on < ?", clock.End(to))
	return nil
}

// below adds that problems lie at or below a node; one that nobody knows has none.
func below(r db.Reader, w *db.Where, node string) error {
	if node == "" {
		return nil
	}
	path, err := org.PathOf(r, node)
	if fault.Is(err, fault.NotFound) {
		w.And("1 = 0")
		return nil
	}
	if err == nil {
		org.Within(w, "path", []string{path})
	}
	return err
}

func (s *Service) rows(r db.Reader, ps []Problem) ([]ProblemRow, error) {
	var units, people []string
	for _, p := range ps {
		units, people = append(units, p.UnitID, p.DepartmentID), append(people, p.Responsible)
	}
	names, err1 := org.UnitsByID(r, units)
	staff, err2 := org.StaffNames(r, people)
	now, rows := s.Now(), make([]ProblemRow, len(ps))
	for i, p := range ps {
		rows[i] = ProblemRow{Problem: p, UnitName: names[p.UnitID].Name, DepartmentName: names[p.DepartmentID].Name, ResponsibleName: staff[p.Responsible], Overdue: p.Overdue(now), OnList: p.Listed()}
	}
	return rows, errors.Join(err1, err2)
}

func (s *Service) count(ctx context.Context, r db.Reader, f Filter) (*list.Count, error) {
	var w db.Where
	if err := s.narrow(ctx, r, &w, f); err != nil {
		return nil, err
	}
	return list.CountOf(r, "problem", &w)
}

// Counts counts each box of the ledger, as the other filters narrow it.
func (s *Service) Counts(ctx context.Context, in Filter) (counts map[string]list.Count, err error) {
	defer fault.Wrap(&err, "rectify.Counts")
	counts = map[string]list.Count{}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		for _, box := range []string{"all", "open", "review", "my_review", "asked", "overdue", "soon", "listed", "look_back", "closed"} {
			in.Box = box
			n, err := s.count(ctx, r, in)
			if err != nil {
				return err
			}
			counts[box] = *n
		}
		return nil
	})
	return counts, err
}

// dayText writes a day; of none it writes nothing.
func dayText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(clock.Shanghai).Format(time.DateOnly)
}

// lastDay writes the last day before a deadline.
func lastDay(due time.Time) string {
	if due.IsZero() {
		return ""
	}
	return dayText(due.Add(-time.Millisecond))
}

// refusal is what a person reads of an error that is one of theirs.
func refusal(err error) (i18n.Text, bool) {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind == fault.Internal {
		return i18n.Text{}, false
	}
	if len(e.Fields) > 0 {
		return e.Fields[0].Text, true
	}
	return e.Text, true
}
