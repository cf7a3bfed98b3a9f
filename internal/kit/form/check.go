package form

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// FieldOf is how a fault names the answer to a field: the key of a use case's
// input is "answers".
func FieldOf(id string) string { return "answers." + id }

// Check looks at answers as a whole. It returns them as they are kept: tidied, with
// what is computed by the form itself, whatever the sender computed. The fault is
// Invalid and names every field that is wrong, each once, in the order of the
// form; the values are then those that are right.
func (f *Form) Check(answers map[string]any) (map[string]any, error) {
	var bad fault.Fields
	values := map[string]any{}
	f.checkStrangers(answers, &bad)
	for _, field := range f.order {
		if field.Kind != Computed {
			f.checkField(field, tidy(answers[field.ID]), values, &bad)
		}
	}
	for _, x := range f.compute(values) {
		bad.Refuse(true, FieldOf(x.field.ID), x.said)
	}
	if err := bad.Err(); err != nil {
		return values, err
	}
	if !f.judge.accepts(values) {
		return values, fault.Field("answers", saidOdd)
	}
	return values, nil
}

func (f *Form) checkStrangers(answers map[string]any, bad *fault.Fields) {
	for _, id := range slices.Sorted(maps.Keys(answers)) {
		bad.Refuse(f.fields[id] == nil, FieldOf(shortened(id)), saidStranger, shortened(id))
	}
}

// shortened keeps a stranger's name from filling the screen.
func shortened(id string) string {
	if r := []rune(id); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return id
}

func (f *Form) checkField(field *Field, v any, values map[string]any, bad *fault.Fields) {
	at, asked := FieldOf(field.ID), field.asked(values)
	switch {
	case v == nil:
		bad.Refuse(asked && field.Required, at, saidMissing, field.Label)
	case !asked:
		bad.Refuse(true, at, saidHidden, field.Label)
	default:
		said, ok := field.check(v)
		bad.Refuse(!ok, at, said)
		if ok {
			values[field.ID] = v
		}
	}
}

// asked reports whether a field is asked after what was answered above.
func (f *Field) asked(values map[string]any) bool {
	return f.When == nil || values[f.When.Field] == f.When.Equals
}

// tidy is an answer as it is kept: texts without blanks around them, numbers
// without needless digits. What says nothing is nil.
func tidy(v any) any {
	switch v := v.(type) {
	case string:
		if s := trim(v); s != "" {
			return s
		}
		return nil
	case []any:
		if len(v) == 0 {
			return nil
		}
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = tidy(x)
		}
		return out
	case map[string]any:
		return tidyObject(v)
	}
	if d, is := decimalOf(v); is == sound {
		return d.number()
	}
	return v
}

func tidyObject(m map[string]any) any {
	out := map[string]any{}
	for key, v := range m {
		if v := tidy(v); v != nil {
			out[key] = v
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// trim takes away what cannot be seen around a text.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' })
}

// check looks at one answer, and says what is wrong with it.
func (f *Field) check(v any) (i18n.Text, bool) {
	switch f.Kind {
	case Text:
		return f.checkText(v)
	case Number, Money:
		return f.checkNumber(v)
	case Date:
		return checkDate(v)
	case Choice:
		return f.checkChoice(v)
	case Person:
		return saidPerson, isEither(v, "staff")
	case Signature:
		return saidSign, isEither(v, "file")
	case Institution:
		return saidUnit, isText(v, mostID)
	case Place:
		return saidPlace, isText(v, mostID)
	case File:
		return f.checkFiles(v)
	case Computed:
		if d, is := decimalOf(v); is == sound {
			return f.bounded(d)
		}
	}
	return saidOdd, false
}

// bounded looks at what was computed. It says what that is: nobody has written it.
func (f *Field) bounded(d Decimal) (i18n.Text, bool) {
	switch {
	case d < f.Min:
		return saidUnder.With(f.Label, f.shown(d), f.shown(f.Min)), false
	case d > f.Max:
		return saidOver.With(f.Label, f.shown(d), f.shown(f.Max)), false
	}
	return right()
}

// right is the answer of a check that finds nothing.
func right() (i18n.Text, bool) { return i18n.Text{}, true }

func isText(v any, most int) bool {
	s, ok := v.(string)
	return ok && utf8.RuneCountInString(s) <= most && !strings.ContainsRune(s, 0)
}

// isEither reports whether an answer has one property: an identifier, or a name.
func isEither(v any, id string) bool {
	m, ok := v.(map[string]any)
	return ok && len(m) == 1 && (isText(m[id], mostID) || isText(m["name"], mostName))
}

func (f *Field) checkText(v any) (i18n.Text, bool) {
	s, ok := v.(string)
	n := utf8.RuneCountInString(s)
	switch {
	case !ok:
		return saidAsText, false
	case strings.ContainsRune(s, 0):
		return saidControl, false
	case n < f.Least:
		return saidShort.With(f.Least, n), false
	case n > f.Most:
		return saidLong.With(f.Most, n), false
	}
	return right()
}

func (f *Field) checkNumber(v any) (i18n.Text, bool) {
	d, is := decimalOf(v)
	switch {
	case is == noNumber && f.Kind == Money:
		return saidAsMoney.With(f.In()), false
	case is == noNumber:
		return saidAsNumber, false
	case is == tooFine:
		return f.fine(), false
	case d > f.Max:
		return saidHigh.With(f.shown(f.Max)), false
	case d < f.Min:
		return saidLow.With(f.shown(f.Min)), false
	case d%step(f.Decimals) != 0:
		return f.fine(), false
	}
	return right()
}

// fine is what is said of too many decimals. Money is kept in 分.
func (f *Field) fine() i18n.Text {
	switch {
	case f.Wan:
		return saidFine.With(6)
	case f.Kind == Money:
		return saidFine.With(2)
	case f.Decimals == 0:
		return saidWhole
	}
	return saidFine.With(f.Decimals)
}

// shown is a bound as people read it, with its unit.
func (f *Field) shown(d Decimal) i18n.Text {
	said := d.String()
	if f.worth() == Money {
		said = inUnits(d, f.Wan)
	}
	unit := f.In()
	if unit.Zero() {
		return i18n.Same(said)
	}
	return i18n.T(said+" "+unit.ZH, said+" "+unit.EN)
}

var dateForm = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

func checkDate(v any) (i18n.Text, bool) {
	s, ok := v.(string)
	if !ok || !dateForm.MatchString(s) {
		return saidAsDate, false
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return saidNoDay.With(s), false
	}
	return right()
}

func (f *Field) checkChoice(v any) (i18n.Text, bool) {
	offered := f.Offered()
	if !f.Many {
		s, ok := v.(string)
		return saidOne, ok && slices.Contains(offered, s)
	}
	return f.checkItems(v, saidMany, func(s string) bool { return slices.Contains(offered, s) })
}

func (f *Field) checkFiles(v any) (i18n.Text, bool) {
	return f.checkItems(v, saidFiles, func(s string) bool { return isText(s, mostID) })
}

// checkItems looks at a list of texts, each of which stands there once.
func (f *Field) checkItems(v any, said i18n.Text, fits func(string) bool) (i18n.Text, bool) {
	list, ok := v.([]any)
	seen := map[string]bool{}
	for _, x := range list {
		s, is := x.(string)
		ok = ok && is && !seen[s] && fits(s)
		seen[s] = true
	}
	switch n := len(list); {
	case !ok:
		return said, false
	case n < f.Least:
		return saidFew.With(f.Least, n), false
	case n > f.Most:
		return saidMuch.With(f.Most, n), false
	}
	return right()
}
