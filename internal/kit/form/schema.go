package form

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// judge is the schema as any validator of JSON Schema understands it.
type judge struct{ schema *jsonschema.Schema }

// compile makes the judge of the form.
func (f *Form) compile() error {
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	const at = "form.json"
	err := c.AddResource(at, f.document)
	if err == nil {
		f.judge.schema, err = c.Compile(at)
	}
	if err != nil {
		return fault.Field("/", saidSchema, err.Error())
	}
	return nil
}

// accepts asks the schema alone about tidied answers.
func (j judge) accepts(values map[string]any) bool { return j.schema.Validate(values) == nil }

// Schema is the document of the form: a JSON Schema 2020-12 that says all that one
// can, and the rest in keywords of its own. Parse reads it back as the same form.
func (f *Form) Schema() []byte {
	text, err := json.Marshal(f.document)
	if err != nil {
		panic(fmt.Sprintf("form: a schema that was parsed cannot be written: %v", err)) // it is made of texts, numbers and lists
	}
	return text
}

type object = map[string]any

func words(t i18n.Text) object { return object{"zh": t.ZH, "en": t.EN} }

func (f *Form) schema() object {
	props, required, conditions := object{}, []any{}, []any{}
	for _, field := range f.order {
		props[field.ID] = field.schema()
		switch {
		case field.When != nil:
			conditions = append(conditions, field.condition())
		case field.Required:
			required = append(required, field.ID)
		}
	}
	sections := []any{}
	for _, s := range f.Sections {
		sections = append(sections, object{"zh": s.Title.ZH, "en": s.Title.EN, "fields": s.Fields})
	}
	doc := object{"$schema": dialect, "type": "object", "additionalProperties": false, "x-title": words(f.Title), "x-sections": sections,
		"properties": props, "required": required, "x-retired": f.Retired}
	if len(conditions) > 0 {
		doc["allOf"] = conditions
	}
	return plain(doc)
}

// condition says in the words of JSON Schema when a field is asked.
func (f *Field) condition() object {
	asked := object{"properties": object{f.When.Field: object{"const": f.When.Equals}}, "required": []any{f.When.Field}}
	c := object{"if": asked, "else": object{"properties": object{f.ID: false}}}
	if f.Required {
		c["then"] = object{"required": []any{f.ID}}
	}
	return c
}

// schema is what a document says of the field.
func (f *Field) schema() object {
	m := object{"x-kind": string(f.Kind), "x-label": words(f.Label)}
	set := func(there bool, key string, v any) {
		if there {
			m[key] = v
		}
	}
	set(!f.Help.Zero(), "x-help", words(f.Help))
	set(f.Default != nil, "default", f.Default)
	set(!f.Unit.Zero(), "x-unit", words(f.Unit))
	if f.When != nil {
		m["x-when"] = object{"field": f.When.Field, "equals": f.When.Equals, "required": f.Required}
	}
	maps.Copy(m, f.said())
	return plain(m)
}

// said is what follows from the kind and its bounds.
func (f *Field) said() object {
	ref := object{"type": "string", "minLength": 1, "maxLength": mostID}
	switch f.Kind {
	case Text:
		return object{"type": "string", "x-long": f.Long, "minLength": f.Least, "maxLength": f.Most}
	case Number:
		return object{"type": "number", "x-decimals": f.Decimals, "multipleOf": step(f.Decimals).number(), "minimum": f.Min.number(), "maximum": f.Max.number()}
	case Money:
		return object{"type": "integer", "x-in": f.in(), "minimum": f.Min.number(), "maximum": f.Max.number()}
	case Date:
		return object{"type": "string", "format": "date"}
	case Choice:
		return f.choice()
	case Institution, Place:
		return ref
	case Person:
		return either(object{"staff": ref, "name": nameSchema()})
	case Signature:
		return either(object{"file": ref, "name": nameSchema()})
	case File:
		return object{"type": "array", "items": ref, "uniqueItems": true, "minItems": f.Least, "maxItems": f.Most}
	case Computed:
		return f.result()
	}
	return object{}
}

func nameSchema() object { return object{"type": "string", "minLength": 1, "maxLength": mostName} }

// either is an object with one of some properties.
func either(of object) object {
	return object{"type": "object", "properties": of, "additionalProperties": false, "minProperties": 1, "maxProperties": 1}
}

func (f *Field) in() string {
	if f.Wan {
		return "wan"
	}
	return "yuan"
}

func (f *Field) choice() object {
	options := []any{}
	for _, o := range f.Options {
		said := object{"code": o.Code, "zh": o.Label.ZH, "en": o.Label.EN}
		if o.Retired {
			said["retired"] = true
		}
		options = append(options, said)
	}
	one := object{"type": "string", "enum": f.Offered()}
	if !f.Many {
		one["x-many"], one["x-options"] = false, options
		return one
	}
	return object{"type": "array", "items": one, "uniqueItems": true, "minItems": f.Least, "maxItems": f.Most, "x-many": true, "x-options": options}
}

func (f *Field) result() object {
	m := object{"readOnly": true, "x-formula": f.Formula, "x-of": string(f.Of), "type": "number", "multipleOf": step(f.Decimals).number()}
	if f.Of == Number {
		m["x-decimals"] = f.Decimals
	}
	if f.Min > -Largest {
		m["minimum"] = f.Min.number()
	}
	if f.Max < Largest {
		m["maximum"] = f.Max.number()
	}
	return m
}

// plain is a value as decoding its JSON gives it, so that documents compare.
func plain(v object) object {
	text, err := json.Marshal(v)
	var out object
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		err = d.Decode(&out)
	}
	if err != nil {
		panic(fmt.Sprintf("form: %v", err)) // as in Schema
	}
	return out
}
