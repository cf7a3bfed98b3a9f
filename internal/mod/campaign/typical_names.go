package campaign

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/org"
	"qingfeng/internal/org/plan"
)

// The kinds of warnings.
const (
	aPerson       = "person"
	anIdentity    = "identity"
	aTelephone    = "telephone"
	anInstitution = "institution"
)

// Warning is a place in a text where somebody may be named.
type Warning struct {
	Kind  string `json:"kind" enum:"person,identity,telephone,institution"`
	Field string `json:"field" enum:"title,text"`
	Start int    `json:"start" doc:"In characters."`
	Text  string `json:"text"`
}

// namings are what names somebody by its form. A surname with 某 names nobody.
type namings struct{ oldIdentity, landline, titled, introduced *regexp.Regexp }

var naming = sync.OnceValue(func() namings {
	surnames := "[" + plan.CommonSurnames + "]"
	return namings{
		oldIdentity: regexp.MustCompile(`\d{15}`),
		landline:    regexp.MustCompile(`0\d{2,3}[- ]?\d{7,8}`),
		// 王建国主任, 患者李小明
		titled:     regexp.MustCompile(`(` + surnames + `[\p{Han}]{1,2}?)(?:主任|院长|医生|医师|护士|护士长|教授|书记|局长|处长|科长|经理|先生|女士)`),
		introduced: regexp.MustCompile(`(?:患者|医生|医师|护士|院长|主任|负责人|法定代表人|当事人|职工|员工|举报人|投诉人|代表)(` + surnames + `[\p{Han}]{1,2})(?:[，。、；（(]|[在于因向被将系的与和对]|$)`),
	}
})

// found returns what a pattern finds in a text, by its last group.
func found(re *regexp.Regexp, kind, text string) []Warning {
	var places [][]int
	for _, at := range re.FindAllStringSubmatchIndex(text, -1) {
		places = append(places, at[len(at)-2:])
	}
	return warningsAt(places, kind, text)
}

// warningsAt are the warnings of places of a text, in bytes.
func warningsAt(places [][]int, kind, text string) (out []Warning) {
	for _, at := range places {
		if part := text[at[0]:at[1]]; !strings.Contains(part, "某") {
			out = append(out, Warning{Kind: kind, Start: utf8.RuneCountInString(text[:at[0]]), Text: part})
		}
	}
	return out
}

// warnOf looks for whoever is named in a text: by its form, and those whom the program
// knows.
func warnOf(field, text string, people, institutions []string) []Warning {
	n := naming()
	out := slices.Concat(warningsAt(org.IdentityNumbers(text), anIdentity, text), found(n.oldIdentity, anIdentity, text),
		warningsAt(org.MobileNumbers(text), aTelephone, text), found(n.landline, aTelephone, text), found(n.titled, aPerson, text), found(n.introduced, aPerson, text))
	for kind, names := range map[string][]string{aPerson: people, anInstitution: institutions} {
		for _, name := range names {
			if before, _, named := strings.Cut(text, name); named {
				out = append(out, Warning{Kind: kind, Start: utf8.RuneCountInString(before), Text: name})
			}
		}
	}
	for i := range out {
		out[i].Field = field
	}
	slices.SortFunc(out, func(a, b Warning) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(len(b.Text), len(a.Text)), cmp.Compare(a.Kind, b.Kind))
	})
	return slices.CompactFunc(out, func(x, before Warning) bool { return x.Start < before.Start+utf8.RuneCountInString(before.Text) })
}

// warnings are those of a typical case: staff of its region by name, and where no
// institution is to be named, those too.
func (c Typical) warnings(r db.Reader) ([]Warning, error) {
	var w db.Where
	w.AndBelow("u.path", c.Path)
	w.And("length(s.name) > 1")
	people, err := db.Values[string](r, `select distinct s.name from staff s join unit u on u.id = s.unit_id `+w.String()+` order by s.name`, w.Args()...)
	if err != nil {
		return nil, err
	}
	var places []string
	if c.Anonymous {
		var w db.Where
		w.And("kind = 'institution'")
		w.AndBelow("path", c.Path)
		if places, err = db.Values[string](r, `with here as (select name, short_name from unit `+w.String()+`)
			select name from here union select short_name from here where length(short_name) > 2 order by 1`, w.Args()...); err != nil {
			return nil, err
		}
	}
	return append(append([]Warning{}, warnOf("title", c.Title, people, places)...), warnOf("text", c.Text, people, places)...), nil
}
