package form

import (
	"cmp"
	"database/sql"
	"strings"
	"time"

	"qingfeng/internal/kit/clock"
)

// value is one thing that an answer says, as form_value keeps it. Nil is unsaid.
type value struct {
	Field  string
	Item   int
	Number any // int64: 分, or ten-thousandths of a number
	Text   any // string: text, code, name
	Ref    any // string: identifier of a person, unit, place or file
	At     any // time.Time: midnight in Shanghai
}

// flat takes answers apart.
func (f *Form) flat(values map[string]any) (list []value) {
	for _, field := range f.order {
		v, there := values[field.ID]
		if !there {
			continue
		}
		items, many := v.([]any)
		if !many {
			items = []any{v}
		}
		for i, x := range items {
			one := value{Field: field.ID, Item: i}
			field.say(&one, x)
			list = append(list, one)
		}
	}
	return list
}

// say writes down one item of an answer.
func (f *Field) say(one *value, v any) {
	switch f.Kind {
	case Number, Money, Computed:
		one.Number = f.Count(v)
	case Text, Choice:
		one.Text = v
	case Date:
		one.At = dayOf(v)
	case Institution, Place, File:
		one.Ref = v
	case Person, Signature:
		m, _ := v.(map[string]any)
		one.Ref, one.Text = m["staff"], m["name"]
		if file, there := m["file"]; there {
			one.Ref = file
		}
	}
}

// Count is the number that an answer to the field says: 分, or ten-thousandths.
func (f *Field) Count(v any) int64 {
	d, _ := decimalOf(v)
	if f.worth() == Money {
		fen, _ := d.whole()
		return fen
	}
	return int64(d)
}

// dayOf is the midnight of an answer to a date.
func dayOf(v any) time.Time {
	s, _ := v.(string)
	t, err := time.ParseInLocation(time.DateOnly, s, clock.Shanghai)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Uploads are the files that answers name, in the order of the form.
func (f *Form) Uploads(values map[string]any) (ids []string) {
	for _, v := range f.flat(values) {
		field := f.fields[v.Field]
		if id, ok := v.Ref.(string); ok && (field.Kind == File || field.Kind == Signature) {
			ids = append(ids, id)
		}
	}
	return ids
}

// References are the identifiers of people, units and places that answers name.
func (f *Form) References(values map[string]any) (ids []string) {
	for _, v := range f.flat(values) {
		if id, ok := v.Ref.(string); ok && f.fields[v.Field].refers() {
			ids = append(ids, id)
		}
	}
	return ids
}

// row is a value as it is read back; what is unsaid is the zero of its type and
// not there.
type row struct {
	Field  string
	Item   int
	Number sql.NullInt64
	Text   sql.NullString
	Ref    sql.NullString
	At     sql.NullInt64
}

func (a row) before(b row) int {
	return cmp.Or(strings.Compare(a.Field, b.Field), cmp.Compare(a.Item, b.Item))
}

// rowsOf are values as they are read back.
func rowsOf(values []value) []row {
	out := make([]row, len(values))
	for i, v := range values {
		out[i] = row{Field: v.Field, Item: v.Item}
		out[i].Number.Int64, out[i].Number.Valid = v.Number.(int64)
		out[i].Text.String, out[i].Text.Valid = v.Text.(string)
		out[i].Ref.String, out[i].Ref.Valid = v.Ref.(string)
		if at, ok := v.At.(time.Time); ok {
			out[i].At = sql.NullInt64{Int64: at.UnixMilli(), Valid: true}
		}
	}
	return out
}
