package campaign

import (
	"cmp"
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/plan"
	"qingfeng/internal/org/violation"
)

// Checklist says by which form institutions examine themselves; without one, it is by
// the tasks of the plan.
type Checklist struct {
	FormID      string `json:"form_id,omitempty" doc:"Form whose choices are the checklist; absent: the tasks of the plan."`
	FormVersion int    `json:"form_version,omitempty"`
}

// CheckLine is a line of the checklist.
type CheckLine struct {
	Key   string `json:"key"`
	Group string `json:"group"`
	Title string `json:"title" doc:"Never empty: of a task without a title its text."`
	Text  string `json:"text"`
}

// lines are what institutions answer: the choices of the form, or a line for each task
// of the plan, and where it has none, one for each group of violations.
func (x Checklist) lines(ctx context.Context, r db.Reader, c Content) ([]CheckLine, error) {
	if x.FormID == "" {
		return c.checklist(ctx), nil
	}
	v, err := form.VersionOf(r, x.FormID, x.FormVersion)
	if err != nil {
		return nil, err
	}
	f, err := v.Parsed()
	if err != nil {
		return nil, err
	}
	return linesOf(ctx, f), nil
}

// checklist is what is asked without a form. Who of the authorities is responsible for
// a task is no business of the institution. A task without a title is called by its text.
func (c Content) checklist(ctx context.Context) []CheckLine {
	lines := []CheckLine{}
	for _, t := range c.Tasks {
		text := plan.WithoutUnits(t.Text)
		lines = append(lines, CheckLine{Key: t.ID, Group: t.Group, Title: cmp.Or(plan.WithoutUnits(t.Title), text), Text: text})
	}
	if len(lines) > 0 {
		return lines
	}
	for _, g := range violation.Groups() {
		lines = append(lines, CheckLine{Key: g.Code, Title: g.Name.Here(ctx)})
	}
	return lines
}

// ofForm begins the key of a line that comes from a form: no task, group or field of
// the page begins so.
const ofForm = "q-"

// linesOf are the choices of a form that are asked of everybody. What else it asks is
// for who fills it in on the spot.
func linesOf(ctx context.Context, f *form.Form) []CheckLine {
	lines, sections := []CheckLine{}, map[string]string{}
	for _, s := range f.Sections {
		for _, id := range s.Fields {
			sections[id] = s.Title.Here(ctx)
		}
	}
	for _, x := range f.Fields() {
		if x.Kind == form.Choice && !x.Many && x.When == nil {
			lines = append(lines, CheckLine{Key: ofForm + x.ID, Group: sections[x.ID], Title: x.Label.Here(ctx), Text: x.Help.Here(ctx)})
		}
	}
	return lines
}

// chosen is the checklist of a form in the version in force. Fault: Invalid for a form
// that is not in force, or asks nothing that can be a line.
func chosen(ctx context.Context, r db.Reader, id string) (x Checklist, err error) {
	if id == "" {
		return x, nil
	}
	f, err := form.ByID(r, id)
	if fault.Is(err, fault.NotFound) || err == nil && (f.Current == 0 || !f.RetiredAt.IsZero()) {
		return x, fault.Field("form_id", i18n.T("没有这张表，或尚未发布、已停用，请另选一张", "there is no such form, or it is not published or retired; please choose another"))
	}
	if err != nil {
		return x, err
	}
	x = Checklist{FormID: id, FormVersion: f.Current}
	if lines, err := x.lines(ctx, r, Content{}); err != nil || len(lines) > 0 {
		return x, err
	}
	return x, fault.Field("form_id", i18n.T("这张表没有每家机构都要答的单选题，做不了自查清单，请另选一张", "the form has no choice that everybody is asked, and can be no checklist; please choose another"))
}

// SelfChecklist is what the checklist of a round is called.
type SelfChecklist struct {
	ID      string    `json:"id" doc:"Of the form; empty: the tasks of the plan."`
	Name    i18n.Text `json:"name"`
	Version int       `json:"version"`
}

// named tells what a checklist is called.
func (x Checklist) named(r db.Reader) (SelfChecklist, error) {
	if x.FormID == "" {
		return SelfChecklist{}, nil
	}
	f, err := form.ByID(r, x.FormID)
	return SelfChecklist{ID: x.FormID, Name: f.Name(), Version: x.FormVersion}, err
}
