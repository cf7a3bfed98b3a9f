package form

import (
	"regexp"
	"slices"
	"strconv"

	"qingfeng/internal/kit/i18n"
)

// reader reads the keywords of one kind.
type reader func(*Field, node)

// readers are the kinds with what their fields may say. It is a function, for a
// field in a default is checked by the same kinds.
func readers() map[Kind]reader {
	nothing := func(*Field, node) {}
	return map[Kind]reader{
		Text: readText, Number: readNumber, Money: readMoney, Date: nothing, Choice: readChoice,
		Person: nothing, Institution: nothing, Place: nothing, Signature: nothing,
		File: func(f *Field, n node) { readItems(f, n, 1, mostFiles) }, Computed: readComputed,
	}
}

// kinds are the names of the kinds, as people are told of them.
const kinds = "text, number, money, date, choice, person, institution, place, file, signature, computed"

func parseField(id string, n node) *Field {
	f := &Field{ID: id, Kind: Kind(n.text("x-kind")), Label: n.words("x-label", mostShort, true), Help: n.words("x-help", mostHelp, false), Default: n.m["default"]}
	n.read["default"] = true
	f.parseWhen(n)
	read, known := readers()[f.Kind]
	n.refuse(!known, "x-kind", saidKind, string(f.Kind), kinds)
	if !known {
		return f
	}
	read(f, n)
	n.close(f.schema())
	return f
}

func (f *Field) parseWhen(n node) {
	m := n.object("x-when")
	if m == nil {
		return
	}
	w, _ := open(m, n.below("x-when"), n.bad)
	f.When = &When{w.text("field"), w.text("equals")}
	f.Required = w.flag("required")
	w.refuse(f.Required && f.Kind == Computed, "required", saidRequired, f.ID)
	w.close(nil)
}

func readText(f *Field, n node) {
	f.Long = n.flag("x-long")
	usual, most := mostShort, mostShort
	if f.Long {
		usual, most = mostLong/5, mostLong
	}
	f.Least, f.Most = n.integer("minLength", 1, 1, most), n.integer("maxLength", usual, 1, most)
	n.refuse(f.Least > f.Most, "minLength", saidBounds)
}

func readNumber(f *Field, n node) {
	f.Unit = n.words("x-unit", mostShort, false)
	f.Decimals = n.integer("x-decimals", 0, 0, 4)
	f.Min, f.Max = n.decimal("minimum", -Largest), n.decimal("maximum", Largest)
	n.refuse(f.Min > f.Max, "minimum", saidBounds)
	s := step(f.Decimals)
	n.refuse(f.Min%s != 0, "minimum", saidDecimals)
	n.refuse(f.Max%s != 0, "maximum", saidDecimals)
}

func readMoney(f *Field, n node) {
	in := "yuan"
	if n.has("x-in") {
		in = n.text("x-in")
		n.refuse(in != "yuan" && in != "wan", "x-in", saidIn)
	}
	n.read["x-in"] = true
	f.Wan = in == "wan"
	f.Min, f.Max = n.decimal("minimum", 0), n.decimal("maximum", Largest)
	n.refuse(f.Min > f.Max, "minimum", saidBounds)
	n.refuse(f.Min%Scale != 0, "minimum", saidCents)
	n.refuse(f.Max%Scale != 0, "maximum", saidCents)
}

func readChoice(f *Field, n node) {
	f.Many = n.flag("x-many")
	f.parseOptions(n)
	if f.Many {
		readItems(f, n, 1, mostOptions)
	}
}

func readItems(f *Field, n node, least, most int) {
	f.Least, f.Most = n.integer("minItems", least, least, most), n.integer("maxItems", most, 1, most)
	n.refuse(f.Least > f.Most, "minItems", saidBounds)
}

var plainCode = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)

func (f *Field) parseOptions(n node) {
	list, seen := n.list("x-options"), map[string]bool{}
	for i, v := range list {
		on, ok := open(v, n.below("x-options")+"/"+strconv.Itoa(i), n.bad)
		if !ok {
			continue
		}
		o := Option{Code: on.text("code"), Label: on.label(mostShort), Retired: on.flag("retired")}
		on.refuse(!plainCode.MatchString(o.Code), "code", saidCode)
		on.refuse(seen[o.Code], "code", saidTwice, o.Code)
		on.close(nil)
		seen[o.Code] = true
		f.Options = append(f.Options, o)
	}
	offered := slices.ContainsFunc(f.Options, func(o Option) bool { return !o.Retired })
	n.refuse(!offered || len(list) > mostOptions, "x-options", saidOptions, mostOptions)
}

func readComputed(f *Field, n node) {
	f.Formula, f.Of = n.text("x-formula"), Number
	if n.has("x-of") {
		f.Of = Kind(n.text("x-of"))
		n.refuse(f.Of != Number && f.Of != Money, "x-of", saidOf)
	}
	n.read["x-of"] = true
	n.refuse(f.Formula == "" || len(f.Formula) > mostFormula, "x-formula", saidNoFormula, mostFormula)
	f.Min, f.Max = n.decimal("minimum", -Largest), n.decimal("maximum", Largest)
	n.refuse(f.Min > f.Max, "minimum", saidBounds)
	if f.Of == Money {
		n.refuse(f.Min%Scale != 0, "minimum", saidCents)
		n.refuse(f.Max%Scale != 0, "maximum", saidCents)
		return
	}
	f.Unit = n.words("x-unit", mostShort, false)
	f.Decimals = n.integer("x-decimals", 2, 0, 4)
	n.refuse(f.Min%step(f.Decimals) != 0, "minimum", saidDecimals)
	n.refuse(f.Max%step(f.Decimals) != 0, "maximum", saidDecimals)
}

// In is the unit in which the numbers of a field are written.
func (f *Field) In() i18n.Text {
	switch {
	case f.worth() == Money && f.Wan:
		return wanYuan
	case f.worth() == Money:
		return yuan
	}
	return f.Unit
}
