package form

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

var errMore = errors.New("more than one value")

const dialect = "https://json-schema.org/draft/2020-12/schema"

// Heaviest is how many bytes a schema has at most.
const Heaviest = 256 << 10

// Parse reads a schema. The fault is Invalid and names each place, as a JSON
// pointer, where the schema leaves the vocabulary or contradicts itself.
func Parse(schema []byte) (*Form, error) {
	if len(schema) > Heaviest {
		return nil, fault.Field("/", saidSize, Heaviest>>10)
	}
	var doc any
	if decode(schema, &doc) != nil {
		return nil, fault.Field("/", saidJSON)
	}
	var bad fault.Fields
	f := parse(doc, &bad)
	if err := bad.Err(); err != nil {
		return nil, err
	}
	err := f.compile()
	return f, err
}

// decode reads one value of JSON, its numbers as they are written.
func decode(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if d.More() {
		return errMore
	}
	return nil
}

func parse(doc any, bad *fault.Fields) *Form {
	f := &Form{fields: map[string]*Field{}}
	n, ok := open(doc, "", bad)
	if !ok {
		return f
	}
	if n.has("$schema") {
		n.refuse(n.text("$schema") != dialect, "$schema", saidDialect, dialect)
	}
	n.read["allOf"] = true // looked at when all is known
	f.Title = n.words("x-title", mostShort, true)
	f.Retired = n.strings("x-retired")
	f.parseFields(n)
	f.parseSections(n)
	f.parseRequired(n)
	f.checkRetired(n)
	n.close(map[string]any{"type": "object", "additionalProperties": false})
	if bad.Err() != nil {
		return f // what follows needs fields that are sound
	}
	f.checkWhens(n)
	f.checkFormulas(n)
	f.checkDefaults(n)
	f.document = f.schema()
	want := f.document["allOf"]
	n.refuse(n.has("allOf") && !reflect.DeepEqual(n.m["allOf"], want), "allOf", saidFollows, compact(want))
	return f
}

func (f *Form) parseFields(n node) {
	props := n.object("properties")
	n.refuse(len(props) == 0 || len(props) > mostFields, "properties", saidFields, mostFields)
	at := node{at: n.below("properties"), m: props, bad: n.bad}
	for _, id := range slices.Sorted(maps.Keys(props)) {
		at.refuse(!fieldID(id), id, saidID)
		if fn, ok := open(props[id], at.below(id), n.bad); ok {
			f.fields[id] = parseField(id, fn)
		}
	}
}

var plainID = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

func fieldID(id string) bool { return plainID.MatchString(id) && id != sumName }

// parseSections reads in which order the fields are asked: each stands in one
// section, once.
func (f *Form) parseSections(n node) {
	list := n.list("x-sections")
	n.refuse(len(list) == 0 || len(list) > mostSections, "x-sections", saidSections, mostSections)
	seen := map[string]bool{}
	for i, v := range list {
		sn, ok := open(v, n.below("x-sections")+"/"+strconv.Itoa(i), n.bad)
		if !ok {
			continue
		}
		s := Section{Title: sn.label(mostShort), Fields: sn.strings("fields")}
		sn.close(nil)
		f.Sections = append(f.Sections, s)
		for _, id := range s.Fields {
			sn.refuse(f.fields[id] == nil, "fields", saidNoField, id)
			sn.refuse(seen[id], "fields", saidTwice, id)
			if f.fields[id] != nil && !seen[id] {
				f.order = append(f.order, f.fields[id])
			}
			seen[id] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.fields)) {
		n.bad.Refuse(!seen[id], n.below("properties")+"/"+id, saidNowhere)
	}
}

func (f *Form) parseRequired(n node) {
	seen := map[string]bool{}
	for _, id := range n.strings("required") {
		field := f.fields[id]
		n.refuse(field == nil, "required", saidNoField, id)
		n.refuse(seen[id], "required", saidTwice, id)
		seen[id] = true
		if field != nil {
			n.refuse(field.Kind == Computed || field.When != nil, "required", saidRequired, id)
			field.Required = true
		}
	}
}

func (f *Form) checkRetired(n node) {
	seen := map[string]bool{}
	for _, id := range f.Retired {
		n.refuse(f.fields[id] != nil, "x-retired", saidRetired, id)
		n.refuse(seen[id], "x-retired", saidTwice, id)
		n.refuse(!fieldID(id), "x-retired", saidID)
		seen[id] = true
	}
}

// checkWhens sees that conditions look at what was asked before: so there is no
// circle among them.
func (f *Form) checkWhens(n node) {
	above := map[string]bool{}
	for _, field := range f.order {
		if w := field.When; w != nil {
			at, on := fieldAt(n, field.ID)+"/x-when", f.fields[w.Field]
			fits := above[w.Field] && on.Kind == Choice && !on.Many
			n.bad.Refuse(!fits, at+"/field", saidWhen, w.Field)
			n.bad.Refuse(fits && !slices.Contains(on.Offered(), w.Equals), at+"/equals", saidEquals, w.Field, w.Equals)
		}
		above[field.ID] = true
	}
}

func fieldAt(n node, id string) string { return n.below("properties") + "/" + id }

// checkDefaults sees that what a form begins with would be accepted.
func (f *Form) checkDefaults(n node) {
	for _, field := range f.order {
		if field.Default == nil {
			continue
		}
		at := fieldAt(n, field.ID) + "/default"
		if field.Kind == Computed || field.Kind == File || field.Kind == Signature || field.refers() {
			n.bad.Refuse(true, at, saidPreset)
			continue
		}
		v := tidy(field.Default)
		said, ok := field.check(v)
		n.bad.Refuse(!ok, at, saidDefault, said)
		field.Default = v
	}
}

// named joins the labels of fields.
func (f *Form) named(ids []string) i18n.Text {
	var zh, en []string
	for _, id := range ids {
		zh, en = append(zh, f.fields[id].Label.ZH), append(en, f.fields[id].Label.EN)
	}
	return i18n.T(strings.Join(zh, " → "), strings.Join(en, " → "))
}
