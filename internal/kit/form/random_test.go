package form_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/form"
)

func object(text string) (m map[string]any) {
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		panic(err)
	}
	return m
}

// judge is the schema of a form, as somebody else's validator understands it.
func judge(t testing.TB, f *form.Form) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(f.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("x.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("x.json")
}

// Whatever Check accepts, the schema accepts, and the other way round: answers that
// are tidied already, with values from all vectors thrown together.
func TestSchemaSaysWhatCheckSays(t *testing.T) {
	list := vectors(t)
	var pool []any
	for _, v := range list {
		for _, a := range v.Answers {
			for _, x := range a.Given {
				pool = append(pool, x)
			}
		}
	}
	yes, no := 0, 0
	for _, v := range list {
		f := parsed(t, string(v.Schema))
		schema := judge(t, f)
		dice := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same each time
		for range 2000 {
			given := map[string]any{}
			base := v.Answers[dice.IntN(len(v.Answers))].Values
			for _, field := range f.Fields() {
				if x, there := base[field.ID]; there && dice.IntN(8) > 0 && field.Kind != form.Computed {
					given[field.ID] = x
				} else if dice.IntN(4) == 0 && field.Kind != form.Computed {
					given[field.ID] = pool[dice.IntN(len(pool))]
				}
			}
			given = form.Tidied(given)
			values, err := f.Check(given)
			text, _ := json.Marshal(given)
			if computed(err) || bytes.Contains(text, []byte(`\u0000`)) { // what a schema cannot say
				continue
			}
			instance, _ := jsonschema.UnmarshalJSON(bytes.NewReader(text))
			said := schema.Validate(instance)
			if (err == nil) != (said == nil) {
				t.Fatalf("%s %s: we say %v, the schema says %v", v.Name, text, err, said)
			}
			if err != nil {
				no++
				continue
			}
			yes++
			text, _ = json.Marshal(values)
			instance, _ = jsonschema.UnmarshalJSON(bytes.NewReader(text))
			if err := schema.Validate(instance); err != nil {
				t.Fatalf("%s: what is kept is refused: %v", text, err)
			}
		}
	}
	if yes < 500 || no < 500 {
		t.Errorf("%d were right and %d wrong: that proves little", yes, no)
	}
}

// computed reports whether a result is wrong.
func computed(err error) bool {
	for _, d := range fault.Details(err) {
		if d.Text.EN != "" && bytes.Contains([]byte(d.Text.EN), []byte("what is computed for")) {
			return true
		}
	}
	return false
}

// Whatever is thrown at them, neither falls over: a schema that is taken says the
// same when it is read back, and answers that are taken are taken again.
func FuzzForm(f *testing.F) {
	for _, v := range vectors(f) {
		for _, a := range v.Answers {
			text, _ := json.Marshal(a.Given)
			f.Add([]byte(v.Schema), text)
		}
	}
	f.Add([]byte(field("a", `"x-kind":"number","minimum":1e400`)), []byte(`{"a":1e999999999}`))
	f.Fuzz(func(t *testing.T, schema, answers []byte) {
		parsed, err := form.Parse(schema)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid || len(fault.Details(err)) == 0 {
				t.Fatalf("refused without a word: %v", err)
			}
			return
		}
		again, err := form.Parse(parsed.Schema())
		if err != nil || !bytes.Equal(parsed.Schema(), again.Schema()) {
			t.Fatalf("not read back: %v", err)
		}
		d := json.NewDecoder(bytes.NewReader(answers))
		d.UseNumber()
		var given map[string]any
		if d.Decode(&given) != nil {
			return
		}
		values, err := parsed.Check(given)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		if _, err := again.Check(values); err != nil {
			t.Fatalf("what was kept is refused: %v", err)
		}
	})
}
