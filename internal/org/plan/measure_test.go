package plan

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"qingfeng/internal/kit/fault"
)

// shared is where real documents lie, which are not part of the project.
const shared = "../../../../shared"

// document reads a real document by the beginning of its name, or skips the test
// where there is none.
func document(t *testing.T, folder, begin string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(shared, folder, begin+"*"))
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Skipf("the real documents, which may not be part of the project, are not beside it: no %s/%s", folder, begin)
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return filed.ReplaceAllString(string(text), "")
}

// filed is what who keeps the documents wrote into them: where one is from, and whether it ends there.
var filed = regexp.MustCompile(`\A\s*SOURCE:[^\n]*\n|\[[A-Z ]{4,}\]\s*\z`)

// beginning is how much of a text a key has.
const beginning = 12

func cut(s *string) string {
	if s == nil {
		return ""
	}
	r := []rune(strings.ReplaceAll(*s, "\n", " "))
	return strings.TrimSpace(string(r[:min(len(r), beginning)]))
}

// flat is what was found, a line for each value, as keys have them: each field of
// an item is a value of its own, beside the item's number or title.
func (p Plan) flat() (all []string) {
	add := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	for name, v := range map[string]*string{"title": p.Title, "doc_number": p.DocNumber, "issuer": p.Issuer, "goal": p.Goal} {
		if v != nil {
			add("%s %s", name, cut(v))
		}
	}
	for _, s := range p.Scope {
		add("scope %s", cut(&s))
	}
	for i, x := range p.Tasks {
		addItem(&all, "task", i, "number", cut(x.Number), "title", cut(x.Title), "lead", cut(x.Lead))
		for _, u := range x.Units {
			add("task %d unit %s", i, u)
		}
	}
	for i, x := range p.Stages {
		addItem(&all, "stage", i, "number", cut(x.Number), "title", cut(x.Title), "start", cut(x.Start), "end", cut(x.End))
	}
	for i, x := range p.Milestones {
		addItem(&all, "milestone", i, "percent", strconv.FormatFloat(x.Percent, 'f', -1, 64), "kind", cut(x.Kind), "due", cut(x.Due))
	}
	for i, x := range p.Reports {
		addItem(&all, "report", i, "due", cut(x.Due))
	}
	for i, x := range p.Leaders {
		addItem(&all, "leader", i, "role", cut(x.Role), "name", cut(x.Name))
	}
	return all
}

func addItem(all *[]string, item string, i int, fields ...string) {
	*all = append(*all, fmt.Sprintf("%s %d", item, i))
	for k := 0; k+1 < len(fields); k += 2 {
		if fields[k+1] != "" {
			*all = append(*all, fmt.Sprintf("%s %d %s %s", item, i, fields[k], fields[k+1]))
		}
	}
}

// keys reads a file of testdata/keys: what a person found, plan by plan.
func keys(t *testing.T, name string) (plans []map[string]int) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "keys", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string][]string{"task": {"number", "title", "unit", "lead"}, "stage": {"number", "title", "start", "end"}, "milestone": {"percent", "kind", "due"}, "report": {"due"}, "leader": {"role", "name"}}
	count := map[string]int{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		item, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "plan":
			plans, count = append(plans, map[string]int{}), map[string]int{}
		case names[item] == nil:
			plans[len(plans)-1][line]++
		default:
			var all []string
			fields := []string{}
			for k, v := range strings.Split(rest, "|") {
				fields = append(fields, names[item][k], strings.TrimSpace(v))
			}
			addItem(&all, item, count[item], fields...)
			for _, x := range all {
				if units, ok := strings.CutPrefix(x, fmt.Sprintf("task %d unit ", count[item])); ok {
					for u := range strings.SplitSeq(units, "、") {
						plans[len(plans)-1][fmt.Sprintf("task %d unit %s", count[item], u)]++
					}
					continue
				}
				plans[len(plans)-1][x]++
			}
			count[item]++
		}
	}
	return plans
}

// TestPlansAreReadAsAPersonReadsThem measures precision and recall, value by value,
// on the founding documents and on plans from public sites, and that nothing was
// found that is not in the text.
func TestPlansAreReadAsAPersonReadsThem(t *testing.T) {
	const goal = 0.9
	right, found, wanted := 0, 0, 0
	for _, c := range []struct{ folder, begin, key string }{
		{"seeds", "001", "seeds-001"}, {"seeds", "003", "seeds-003"},
		{"data/plans", "01", "plans-01"}, {"data/plans", "03", "plans-03"}, {"data/plans", "05", "plans-05"}, {"data/plans", "07", "plans-07"},
		{"data/plans", "09", "plans-09"}, {"data/plans", "11", "plans-11"}, {"data/plans", "13", "plans-13"}, {"data/plans", "15", "plans-15"},
	} {
		source := document(t, c.folder, c.begin)
		plans, err := Parse(source)
		if err != nil {
			t.Errorf("%s: %v", c.key, err)
			continue
		}
		want := keys(t, c.key)
		if len(plans) != len(want) {
			t.Errorf("%s: %d plans, want %d", c.key, len(plans), len(want))
			continue
		}
		for i, p := range plans {
			r, f, w := 0, 0, 0
			for _, n := range want[i] {
				w += n
			}
			for _, x := range p.flat() {
				if f++; want[i][x] > 0 {
					want[i][x]--
					r++
				} else {
					t.Logf("%s, plan %d: too much: %s", c.key, i+1, x)
				}
			}
			for x, n := range want[i] {
				for range n {
					t.Logf("%s, plan %d: missing: %s", c.key, i+1, x)
				}
			}
			right, found, wanted = right+r, found+f, wanted+w
			checkSpans(t, c.key, source, p)
		}
	}
	precision, recall := float64(right)/float64(found), float64(right)/float64(wanted)
	t.Logf("%d of %d values found are right (precision %.3f), of %d wanted (recall %.3f)", right, found, precision, wanted, recall)
	if precision < goal || recall < goal {
		t.Errorf("precision %.3f, recall %.3f, want %.1f of each", precision, recall, goal)
	}
}

// checkSpans looks whether each value stands where it is said to.
func checkSpans(t *testing.T, name, source string, p Plan) {
	t.Helper()
	text := []rune(source)
	for pointer, s := range p.Spans {
		if s[0] < 0 || s[1] > len(text) || s[0] >= s[1] {
			t.Errorf("%s%s: %v is no place in the text", name, pointer, s)
			continue
		}
		value, there := valueAt(p, pointer)
		if !there {
			t.Errorf("%s%s: a place, and no value", name, pointer)
		}
		stands := squeezed(string(text[s[0]:s[1]]))
		if !invented(squeezed(value), stands) {
			continue
		}
		t.Errorf("%s%s: %q was made of %q", name, pointer, value, stands)
	}
}

// invented reports whether a value says what its place does not: other words, or
// for a date and a share other numbers.
func invented(value, stands string) bool {
	if value == stands || value == "100" && strings.Contains(stands, "全覆盖") {
		return false
	}
	for number := range strings.FieldsFuncSeq(value, func(r rune) bool { return r < '0' || r > '9' }) {
		if !strings.Contains(stands, strings.TrimLeft(number, "0")) && len(number) < 4 {
			return true
		}
	}
	return strings.IndexFunc(value, func(r rune) bool { return r > 0x2e80 }) >= 0
}

// valueAt is the value of a JSON pointer.
func valueAt(p Plan, pointer string) (string, bool) {
	at := func(s *string) (string, bool) {
		if s == nil {
			return "", false
		}
		return *s, true
	}
	parts := strings.Split(pointer, "/")[1:]
	i := 0
	if len(parts) > 1 {
		i, _ = strconv.Atoi(parts[1])
	}
	switch parts[0] {
	case "title":
		return at(p.Title)
	case "doc_number":
		return at(p.DocNumber)
	case "issuer":
		return at(p.Issuer)
	case "goal":
		return at(p.Goal)
	case "scope":
		return p.Scope[i], true
	case "tasks":
		if parts[2] == "units" {
			k, _ := strconv.Atoi(parts[3])
			return p.Tasks[i].Units[k], true
		}
		return at(map[string]*string{"group": p.Tasks[i].Group, "number": p.Tasks[i].Number, "title": p.Tasks[i].Title, "text": p.Tasks[i].Text, "lead": p.Tasks[i].Lead}[parts[2]])
	case "stages":
		x := p.Stages[i]
		return at(map[string]*string{"number": x.Number, "title": x.Title, "start": x.Start, "end": x.End, "text": x.Text}[parts[2]])
	case "milestones":
		x := p.Milestones[i]
		percent := strconv.FormatFloat(x.Percent, 'f', -1, 64)
		return at(map[string]*string{"percent": &percent, "kind": x.Kind, "due": x.Due, "text": x.Text}[parts[2]])
	case "reports":
		return at(map[string]*string{"due": p.Reports[i].Due, "text": p.Reports[i].Text}[parts[2]])
	case "leaders":
		return at(map[string]*string{"role": p.Leaders[i].Role, "name": p.Leaders[i].Name}[parts[2]])
	}
	return "", false
}

func TestWhatIsNoPlanIsRefused(t *testing.T) {
	for what, source := range map[string]string{
		"news in English": document(t, "seeds", "000"), "a report in English": document(t, "seeds", "002"), "a speech": document(t, "seeds", "004"),
		"nothing": " \n", "a recipe": strings.Repeat("先把锅烧热，再放油，然后放葱姜蒜炒香。", 10),
	} {
		if plans, err := Parse(source); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %d plans, %v", what, len(plans), err)
		}
	}
}
