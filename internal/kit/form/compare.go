package form

import (
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// What a new version does to a field that has answers.
const (
	Removed  = "removed"  // it is gone, and nobody said that it is retired
	Retold   = "retold"   // it is another kind of field, or counts in another unit
	Narrowed = "narrowed" // answers that there are would be refused
	Demanded = "demanded" // it has to be answered, and answers that there are do not
	Kept     = "kept"     // it is retired; what was answered stays beside
	Renewed  = "renewed"  // it is computed otherwise; what was computed stays
)

// Effect is what a new version does to the answers in one field.
type Effect struct {
	Field   string `json:"field"`
	NameZH  string `json:"name_zh"`
	NameEN  string `json:"name_en"`
	What    string `json:"what" enum:"removed,retold,narrowed,demanded,kept,renewed"`
	Answers int    `json:"answers" doc:"How many answers it concerns."`
	Refused bool   `json:"refused" doc:"It would lock them out; the version cannot be published."`
	// Text and Fix say so to the person.
	Text string `json:"text"`
	Fix  string `json:"fix"`
	said effectSaid
}

type effectSaid struct{ text, fix i18n.Text }

var effects = map[string]effectSaid{
	Removed:  {i18n.T("“%s”被删去，但已有 %d 份回答填了它", `"%s" is gone, and %d answers have it`), i18n.T("请把它列入停用字段，原有回答即保留可查", "list it as retired; its answers are then kept beside")},
	Retold:   {i18n.T("“%s”换了类型或单位，但已有 %d 份回答填了它", `"%s" changes its kind or unit, and %d answers have it`), i18n.T("请恢复原样，另加一个新字段，并停用旧字段", "put it back, add a new field, and retire this one")},
	Narrowed: {i18n.T("“%s”收窄了，已有 %d 份回答不再符合", `"%s" is narrower, and %d answers do not fit any more`), i18n.T("请放宽范围；不再使用的选项请标为停用，不要删去", "widen it again; mark options as retired instead of taking them out")},
	Demanded: {i18n.T("“%s”改为必填，但已有 %d 份回答没有填", `"%s" is required now, and %d answers do not have it`), i18n.T("请设为选填，或给出默认值", "make it optional, or give it a default")},
	Kept:     {i18n.T("“%s”停用，已有的 %d 份回答保留可查", `"%s" is retired; its %d answers are kept beside`), i18n.Text{}},
	Renewed:  {i18n.T("“%s”改了算法，已有 %d 份回答的结果保持不变", `"%s" is computed otherwise; the results in %d answers stay`), i18n.Text{}},
}

func effectOn(f *Field, what string, n int) Effect {
	said := effects[what]
	return Effect{Field: f.ID, NameZH: f.Label.ZH, NameEN: f.Label.EN, What: what, Answers: n, Refused: what != Kept && what != Renewed,
		said: effectSaid{said.text.With(f.Label, n), said.fix}}
}

// compare tells what a new version does to the answers that there are.
func compare(r db.Reader, formID string, next *Form) (list []Effect, err error) {
	past, err := pastFields(r, formID)
	if err != nil {
		return nil, err
	}
	n, err := answered(r, formID)
	if err != nil {
		return nil, err
	}
	list = []Effect{}
	for _, was := range past {
		if n[was.ID] > 0 {
			if what := next.change(was); what != "" {
				list = append(list, effectOn(was, what, n[was.ID]))
			}
		}
	}
	replayed, err := replay(r, formID, next, list)
	return append(list, replayed...), err
}

// pastFields are the fields that there ever were, as they were last, the youngest
// version first.
func pastFields(r db.Reader, formID string) (past []*Field, err error) {
	versions, err := versionsOf(r, formID)
	for _, v := range versions {
		f, err := v.Parsed()
		if err != nil {
			return nil, err
		}
		for _, field := range f.order {
			if !slices.ContainsFunc(past, func(x *Field) bool { return x.ID == field.ID }) {
				past = append(past, field)
			}
		}
	}
	return past, err
}

// change tells what becomes of a field that has answers; nothing where it stays
// what it is.
func (f *Form) change(was *Field) string {
	now := f.fields[was.ID]
	switch {
	case slices.Contains(f.Retired, was.ID):
		return Kept
	case now == nil:
		return Removed
	case now.Kind != was.Kind, now.Many != was.Many, now.worth() != was.worth(), now.counts() && now.worth() == Number && now.Unit != was.Unit:
		return Retold
	case now.Kind == Computed && now.Formula != was.Formula:
		return Renewed
	}
	return ""
}

// replay gives the answers that there are to the new version, field by field, and
// counts those that it would refuse. Fields of which something was said already
// are left out.
func replay(r db.Reader, formID string, next *Form, said []Effect) (list []Effect, err error) {
	narrowed, demanded := map[string]int{}, map[string]int{}
	var fields []*Field
	for _, field := range next.order {
		if !slices.ContainsFunc(said, func(e Effect) bool { return e.Field == field.ID }) {
			fields = append(fields, field.lenient())
		}
	}
	var w db.Where
	w.And("a.form_id = ?", formID)
	w.And("a.replaced_by = ''")
	for a, err := range answers(r, &w) {
		if err != nil {
			return nil, err
		}
		for _, field := range fields {
			v, there := a.Values[field.ID]
			if there {
				if _, ok := field.check(v); !ok {
					narrowed[field.ID]++
				}
			} else if field.Required && field.Default == nil && field.asked(a.Values) {
				demanded[field.ID]++
			}
		}
	}
	for _, field := range fields {
		if n := narrowed[field.ID]; n > 0 {
			list = append(list, effectOn(field, Narrowed, n))
		}
		if n := demanded[field.ID]; n > 0 {
			list = append(list, effectOn(field, Demanded, n))
		}
	}
	return list, nil
}

// lenient is the field with its retired options, which old answers may have.
func (f *Field) lenient() *Field {
	c := *f
	c.Options = slices.Clone(f.Options)
	for i := range c.Options {
		c.Options[i].Retired = false
	}
	return &c
}

// refusal is the fault of a version that would lock answers out; nil where none
// is.
func refusal(list []Effect) error {
	var bad *fault.Error
	for _, e := range list {
		if !e.Refused {
			continue
		}
		d := fault.Detail{Field: "draft.properties." + e.Field, Text: i18n.T(e.said.text.ZH+"。"+e.said.fix.ZH, e.said.text.EN+": "+e.said.fix.EN)}
		if bad == nil {
			bad = fault.New(fault.Conflict, i18n.T("新版本会让已有的回答失效，不能发布", "the new version would lock out answers that there are; it cannot be published"))
		}
		bad.Fields = append(bad.Fields, d)
	}
	if bad == nil {
		return nil
	}
	return bad
}
