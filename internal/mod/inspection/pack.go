package inspection

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/violation"
)

// packed is how many open tasks a phone takes along.
const packed = 100

// Pack is all that a phone needs to inspect where there is no network.
type Pack struct {
	MadeAt     time.Time         `json:"made_at"`
	Tasks      []PackedTask      `json:"tasks" doc:"Those that are due first, a hundred at most."`
	Forms      []PackedForm      `json:"forms" doc:"Checklists of these tasks, as they are in force."`
	Violations []violation.Group `json:"violations"`
	// What checklists ask for by name.
	Institutions []PackedName `json:"institutions" doc:"Those that are inspected."`
	Places       []PackedName `json:"places" doc:"Open ones of these institutions, a thousand at most."`
	People       []PackedName `json:"people" doc:"Inspectors with accounts."`
}

// PackedName is something that an answer can name, with what tells it apart.
type PackedName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// mostPlaces is how many places a phone takes along.
const mostPlaces = 1000

// PackedTask is an open task, with its team and the version of the visit that is
// there.
type PackedTask struct {
	ID         string    `json:"id"`
	Number     string    `json:"number"`
	Kind       i18n.Text `json:"kind"`
	TargetName string    `json:"target_name"`
	Licence    string    `json:"licence"`
	DueAt      time.Time `json:"due_at"`
	Reason     string    `json:"reason"`
	Items      []string  `json:"items" doc:"What is looked at, by name."`
	FormID     string    `json:"form_id"`
	Team       []Member  `json:"team"`
	Version    int       `json:"version" doc:"Of the visit that was handed in; 0: none."`
}

// PackedForm is a checklist with its schema.
type PackedForm struct {
	ID       string         `json:"id"`
	Version  int            `json:"version"`
	Document map[string]any `json:"document"`
}

// MyPack returns what a phone needs for the open tasks of the actor.
func (s *Service) MyPack(ctx context.Context, _ struct{}) (Pack, error) {
	return read(ctx, s, func(r db.Reader) (Pack, error) {
		out := Pack{MadeAt: s.now(), Tasks: []PackedTask{}, Forms: []PackedForm{}, Violations: violation.Groups(), Institutions: []PackedName{}, Places: []PackedName{}, People: []PackedName{}}
		var w db.Where
		w.And("id in (select task_id from inspection_member where staff_id <> '' and staff_id = ?)", authz.From(ctx).ID)
		w.And("state in ('pending', 'running')")
		tasks, err := rowsOf[Task](r, selectTasks, &w, "due_at, id", packed)
		if err != nil {
			return out, err
		}
		taken := map[string]bool{"": true}
		for _, t := range tasks {
			p, err := packedTask(r, t)
			if err != nil {
				return out, err
			}
			out.Tasks = append(out.Tasks, p)
			if taken[t.FormID] {
				continue
			}
			taken[t.FormID] = true
			f, err := packedForm(r, t.FormID)
			if err != nil {
				return out, err
			}
			out.Forms = append(out.Forms, f)
		}
		err = out.names(r, tasks)
		return out, err
	})
}

// names adds what checklists of tasks may ask for by name.
func (p *Pack) names(r db.Reader, tasks []Task) error {
	units, staff := []string{}, []string{}
	for i, t := range tasks {
		if t.UnitID != "" {
			units = append(units, t.UnitID)
		}
		for _, m := range p.Tasks[i].Team {
			if m.StaffID != "" {
				staff = append(staff, m.StaffID)
			}
		}
	}
	return fault.First(
		func() error {
			var w db.Where
			w.AndIn("id", unique(units))
			return p.add(r, &p.Institutions, `select id, name from unit `, w, "name, id", packed)
		},
		func() error {
			var w db.Where
			w.AndIn("institution", unique(units))
			w.And("closed_at is null")
			return p.add(r, &p.Places, `select id, case location when '' then name else name || ' · ' || location end as name from place `, w, "institution, name, id", mostPlaces)
		},
		func() error {
			var w db.Where
			w.AndIn("id", unique(staff))
			return p.add(r, &p.People, `select id, name from staff `, w, "name, id", 2*packed)
		},
	)
}

func (*Pack) add(r db.Reader, to *[]PackedName, query string, w db.Where, order string, most int) (err error) {
	found, err := rowsOf[PackedName](r, query, &w, order, most)
	*to = append(*to, found...)
	return err
}

func packedTask(r db.Reader, t Task) (p PackedTask, err error) {
	p = PackedTask{ID: t.ID, Number: t.Number, Kind: nameOf(kinds(), string(t.Kind)), TargetName: t.TargetName, Licence: t.Licence, DueAt: t.DueAt, Reason: t.Reason,
		FormID: t.FormID, Items: []string{}}
	err = fault.First(
		func() error {
			items, err := itemsByID(r, t.Items)
			for _, x := range items {
				p.Items = append(p.Items, x.Name)
			}
			return err
		},
		func() (err error) { p.Team, err = teamOf(r, t.ID); return err },
		func() error {
			last, err := latestVisit(r, t.ID)
			p.Version = last.Number
			return err
		},
	)
	return p, err
}

func packedForm(r db.Reader, id string) (PackedForm, error) {
	v, err := form.VersionOf(r, id, 0)
	f := PackedForm{ID: id, Version: v.N}
	if err == nil {
		err = json.Unmarshal([]byte(v.Document), &f.Document)
	}
	return f, err
}

// usableForm refuses a checklist that cannot be filled in; none is no matter.
func usableForm(r db.Reader, id string) error {
	if id == "" {
		return nil
	}
	f, err := form.ByID(r, id)
	if fault.Is(err, fault.NotFound) || err == nil && (f.Current == 0 || !f.RetiredAt.IsZero()) {
		return fault.Field("form_id", i18n.T("没有这张检查表，或尚未发布、已停用，请另选一张", "there is no such checklist, or it is not published or retired; choose another"))
	}
	return err
}

// withForms gives tasks the checklist of their first item that has one, where none
// was chosen.
func withForms(r db.Reader, all []planned) error {
	ids := []string{}
	for _, t := range all {
		ids = append(ids, t.Items...)
	}
	items, err := readMany(r, `select `+itemColumns+` from inspection_item `, unique(ids), func(x Item) string { return x.ID })
	for i := range all {
		for _, id := range all[i].Items {
			if all[i].FormID == "" {
				all[i].FormID = items[id].FormID
			}
		}
	}
	return err
}

// unique leaves each of some identifiers once.
func unique(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}
