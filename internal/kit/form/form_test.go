package form_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/form"
)

// vector is one form with answers to it, and what both sides say. The console's
// tests read the same file.
type vector struct {
	Name    string          `json:"name"`
	Schema  json.RawMessage `json:"schema"`
	Answers []struct {
		Name     string         `json:"name"`
		Given    map[string]any `json:"given"`
		Values   map[string]any `json:"values"`
		Problems []complaint    `json:"problems"`
	} `json:"answers"`
}

type complaint struct {
	Field string `json:"field"`
	ZH    string `json:"zh"`
	EN    string `json:"en"`
}

func complaints(err error) []complaint {
	out := []complaint{}
	for _, d := range fault.Details(err) {
		out = append(out, complaint{d.Field, d.Text.ZH, d.Text.EN})
	}
	return out
}

const vectorsFile = "testdata/vectors.json"

func vectors(t testing.TB) []vector {
	t.Helper()
	text, err := os.ReadFile(vectorsFile)
	if err != nil {
		t.Fatal(err)
	}
	var list []vector
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// parsed is a form that must be sound.
func parsed(t testing.TB, schema string) *form.Form {
	t.Helper()
	f, err := form.Parse([]byte(schema))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// asJSON compares values whatever Go holds their numbers in.
func asJSON(t *testing.T, v any) (out any) {
	t.Helper()
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestVectors(t *testing.T) {
	list := vectors(t)
	for i, v := range list {
		f := parsed(t, string(v.Schema))
		for j, a := range v.Answers {
			t.Run(v.Name+"/"+a.Name, func(t *testing.T) {
				values, err := f.Check(a.Given)
				if os.Getenv("QINGFENG_GOLDEN") == "write" {
					list[i].Answers[j].Values, _ = asJSON(t, values).(map[string]any)
					list[i].Answers[j].Problems = complaints(err)
					return
				}
				if diff := cmp.Diff(a.Problems, complaints(err)); diff != "" {
					t.Error(diff)
				}
				if diff := cmp.Diff(asJSON(t, a.Values), asJSON(t, values)); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
	if os.Getenv("QINGFENG_GOLDEN") == "write" {
		text, err := json.MarshalIndent(list, "", "  ")
		if err == nil {
			err = os.WriteFile(vectorsFile, append(text, '\n'), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// What a form says of itself is read back as the same form.
func TestSchemaIsReadBackAsItself(t *testing.T) {
	for _, v := range vectors(t) {
		f := parsed(t, string(v.Schema))
		again := parsed(t, string(f.Schema()))
		if diff := cmp.Diff(string(f.Schema()), string(again.Schema())); diff != "" {
			t.Errorf("%s: %s", v.Name, diff)
		}
	}
}

// field puts one field into a form of its own.
func field(id, said string) string {
	return `{"x-title":{"zh":"表","en":"Form"},"x-sections":[{"zh":"一","en":"One","fields":["` + id + `"]}],"properties":{"` + id + `":{"x-label":{"zh":"甲","en":"A"},` + said + `}}}`
}

func TestParseRefuses(t *testing.T) {
	two := func(a, b, more string) string {
		return `{"x-title":{"zh":"表","en":"Form"},"x-sections":[{"zh":"一","en":"One","fields":["a","b"]}],"properties":{"a":{"x-label":{"zh":"甲","en":"A"},` + a +
			`},"b":{"x-label":{"zh":"乙","en":"B"},` + b + `}}` + more + `}`
	}
	number, yesNo := `"x-kind":"number"`, `"x-kind":"choice","x-options":[{"code":"yes","zh":"是","en":"yes"},{"code":"no","zh":"否","en":"no"}]`
	for name, c := range map[string]struct{ schema, at, says string }{
		"no JSON":                 {`{`, "/", "no JSON"},
		"two values":              {`{} {}`, "/", "no JSON"},
		"too large":               {`{"x":"` + strings.Repeat("a", form.Heaviest) + `"}`, "/", "at most 256 KB"},
		"no object":               {`[]`, "/", "object"},
		"another dialect":         {`{"$schema":"http://json-schema.org/draft-07/schema#"}`, "/$schema", "2020-12"},
		"no title":                {`{}`, "/x-title", "in Chinese (zh) and in English (en)"},
		"no fields":               {`{}`, "/properties", "1 to 200"},
		"a reference":             {field("a", `"x-kind":"text","$ref":"http://example.com/"`), "/properties/a/$ref", "take it out"},
		"a pattern":               {field("a", `"x-kind":"text","pattern":"^a"`), "/properties/a/pattern", "take it out"},
		"a kind that is not":      {field("a", `"x-kind":"colour"`), "/properties/a/x-kind", `"colour"; there are: text`},
		"a name that is not":      {field("A", `"x-kind":"text"`), "/properties/A", "small letters"},
		"a name that is sum":      {field("sum", `"x-kind":"text"`), "/properties/sum", "not sum"},
		"a label in one tongue":   {field("a", `"x-kind":"text","x-help":{"zh":"甲"}`), "/properties/a/x-help", "in Chinese (zh)"},
		"another type":            {field("a", `"x-kind":"text","type":"number"`), "/properties/a/type", `must be "string"`},
		"bounds the wrong way":    {field("a", `"x-kind":"text","minLength":9,"maxLength":3`), "/properties/a/minLength", "above the upper"},
		"a bound that is text":    {field("a", `"x-kind":"number","minimum":"1"`), "/properties/a/minimum", "must be a number"},
		"a bound too fine":        {field("a", `"x-kind":"number","minimum":0.5`), "/properties/a/minimum", "more decimals"},
		"decimals":                {field("a", `"x-kind":"number","x-decimals":5`), "/properties/a/x-decimals", "from 0 to 4"},
		"half a cent":             {field("a", `"x-kind":"money","minimum":0.5`), "/properties/a/minimum", "分"},
		"a currency":              {field("a", `"x-kind":"money","x-in":"usd"`), "/properties/a/x-in", "元"},
		"no options":              {field("a", `"x-kind":"choice"`), "/properties/a/x-options", "1 to 200"},
		"options all retired":     {field("a", `"x-kind":"choice","x-options":[{"code":"a","zh":"甲","en":"A","retired":true}]`), "/properties/a/x-options", "not retired"},
		"an option twice":         {field("a", `"x-kind":"choice","x-options":[{"code":"a","zh":"甲","en":"A"},{"code":"a","zh":"甲","en":"A"}]`), "/properties/a/x-options/1/code", "twice"},
		"too many files":          {field("a", `"x-kind":"file","maxItems":21`), "/properties/a/maxItems", "from 1 to 20"},
		"a default out of bounds": {field("a", `"x-kind":"number","maximum":3,"default":4`), "/properties/a/default", "must be at most 3"},
		"a default of a day":      {field("a", `"x-kind":"date","default":"2018-02-29"`), "/properties/a/default", "there is no 2018-02-29"},
		"a default file":          {field("a", `"x-kind":"file","default":["x"]`), "/properties/a/default", "no default"},
		"a formula of nothing":    {field("a", `"x-kind":"computed","x-formula":""`), "/properties/a/x-formula", "write a formula"},
		"a formula that breaks":   {field("a", `"x-kind":"computed","x-formula":"1 + * 2"`), "/properties/a/x-formula", "character 5"},
		"a formula of a stranger": {field("a", `"x-kind":"computed","x-formula":"b + 1"`), "/properties/a/x-formula", `"b"`},
		"a circle of one":         {field("a", `"x-kind":"computed","x-formula":"a + 1"`), "/properties/a/x-formula", "A → A"},
		"a circle of two":         {two(`"x-kind":"computed","x-formula":"b"`, `"x-kind":"computed","x-formula":"a"`, ""), "/properties/a/x-formula", "A → B → A"},
		"money and a number":      {two(`"x-kind":"money"`, `"x-kind":"computed","x-of":"money","x-formula":"a + 1"`, ""), "/properties/b/x-formula", "adds money and numbers"},
		"money by money":          {two(`"x-kind":"money"`, `"x-kind":"computed","x-of":"money","x-formula":"a * a"`, ""), "/properties/b/x-formula", "money by money"},
		"a number by money":       {two(`"x-kind":"money"`, `"x-kind":"computed","x-formula":"1 / a"`, ""), "/properties/b/x-formula", "number by money"},
		"another result":          {two(`"x-kind":"money"`, `"x-kind":"computed","x-formula":"a * 2"`, ""), "/properties/b/x-of", "gives money"},
		"a field in no section":   {strings.Replace(two(number, number, ""), `["a","b"]`, `["a"]`, 1), "/properties/b", "in no section"},
		"a field in two sections": {strings.Replace(two(number, number, ""), `["a","b"]`, `["a","b","a"]`, 1), "/x-sections/0/fields", "twice"},
		"a section of a stranger": {strings.Replace(two(number, number, ""), `["a","b"]`, `["a","b","c"]`, 1), "/x-sections/0/fields", `no field "c"`},
		"a stranger required":     {two(number, number, `,"required":["c"]`), "/required", `no field "c"`},
		"a result required":       {two(number, `"x-kind":"computed","x-formula":"a"`, `,"required":["b"]`), "/required", "not filled in"},
		"a field retired":         {two(number, number, `,"x-retired":["a"]`), "/x-retired", "still a field"},
		"a condition on below":    {two(number+`,"x-when":{"field":"b","equals":"yes"}`, yesNo, ""), "/properties/a/x-when/field", "stands above"},
		"a condition on a number": {two(number, number+`,"x-when":{"field":"a","equals":"1"}`, ""), "/properties/b/x-when/field", "choice of one"},
		"a condition on no code":  {two(yesNo, number+`,"x-when":{"field":"a","equals":"maybe"}`, ""), "/properties/b/x-when/equals", "maybe"},
		"required in two places":  {two(yesNo, number+`,"x-when":{"field":"a","equals":"yes"}`, `,"required":["b"]`), "/required", "x-when"},
		"another allOf":           {two(number, number, `,"allOf":[{"not":{}}]`), "/allOf", "follows"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := form.Parse([]byte(c.schema))
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("got %v", err)
			}
			for _, d := range fault.Details(err) {
				if d.Field == c.at && strings.Contains(d.Text.EN+d.Text.ZH, c.says) {
					return
				}
			}
			t.Errorf("nothing says %q at %s: %v", c.says, c.at, fault.Details(err))
		})
	}
}
