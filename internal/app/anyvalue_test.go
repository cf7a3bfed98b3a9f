package app

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"pgregory.net/rapid"
)

// values draws what stands in a request, from the schema of it.
type values struct {
	known []string // names of things that there are
}

// deepest is how far objects are nested at most.
const deepest = 6

// of draws a value that a schema allows, or, one time in fifteen, another.
func (v values) of(t *rapid.T, ref *openapi3.SchemaRef, depth int) any {
	if ref == nil || ref.Value == nil || depth > deepest || rapid.IntRange(0, 14).Draw(t, "odd") == 0 {
		return v.odd(t)
	}
	s := ref.Value
	if len(s.Enum) > 0 {
		return rapid.SampledFrom(s.Enum).Draw(t, "one of")
	}
	kind := ""
	if s.Type != nil {
		kinds := slices.DeleteFunc(slices.Clone(s.Type.Slice()), func(k string) bool { return k == "null" })
		if len(kinds) > 0 {
			kind = kinds[0]
		}
	}
	switch kind {
	case "object":
		return v.object(t, s, depth)
	case "array":
		return v.list(t, s, depth)
	case "boolean":
		return rapid.Bool().Draw(t, "yes or no")
	case "integer", "number":
		return v.number(t, s)
	case "string":
		return v.text(t, s)
	}
	return v.odd(t)
}

// like draws a value like one that is in order, and one that a schema allows where
// there is none. One value in twenty-five is spoilt.
func (v values) like(t *rapid.T, right any, ref *openapi3.SchemaRef) any {
	if right == nil {
		return v.of(t, ref, 0)
	}
	if rapid.IntRange(0, 24).Draw(t, "spoilt") == 0 {
		return rapid.SampledFrom([]func() any{func() any { return v.odd(t) }, func() any { return v.word(t) }, func() any { return v.of(t, ref, 0) }}).Draw(t, "how")()
	}
	switch x := right.(type) {
	case map[string]any:
		out := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(x)) {
			out[name] = v.like(t, x[name], v.property(ref, name))
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i := range x {
			out[i] = v.like(t, x[i], nil)
		}
		return out
	}
	return right
}

// property is the schema of a member of an object; nil where it has none.
func (values) property(ref *openapi3.SchemaRef, name string) *openapi3.SchemaRef {
	if ref == nil || ref.Value == nil {
		return nil
	}
	return ref.Value.Properties[name]
}

func (v values) object(t *rapid.T, s *openapi3.Schema, depth int) any {
	out := map[string]any{}
	names := make([]string, 0, len(s.Properties))
	for name := range s.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if slices.Contains(s.Required, name) && rapid.IntRange(0, 29).Draw(t, "left out") > 0 || rapid.Bool().Draw(t, name) {
			out[name] = v.of(t, s.Properties[name], depth+1)
		}
	}
	if more := s.AdditionalProperties.Schema; more != nil {
		for range rapid.IntRange(0, 3).Draw(t, "more") {
			out[v.word(t)] = v.of(t, more, depth+1)
		}
	}
	return out
}

func (v values) list(t *rapid.T, s *openapi3.Schema, depth int) any {
	out := []any{}
	for range rapid.IntRange(0, 3).Draw(t, "how many") {
		out = append(out, v.of(t, s.Items, depth+1))
	}
	return out
}

func (v values) number(t *rapid.T, s *openapi3.Schema) any {
	low, high := int64(-3), int64(400)
	if s.Min != nil {
		low = int64(*s.Min)
	}
	if s.Max != nil {
		high = int64(*s.Max)
	}
	return rapid.Int64Range(low, max(low, high)).Draw(t, "number")
}

func (v values) text(t *rapid.T, s *openapi3.Schema) any {
	if s.Format == "date-time" {
		return rapid.SampledFrom([]string{"2026-10-28T09:00:00+08:00", "2026-10-01T00:00:00Z", "2026-11-30T23:59:59.999999999+08:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"}).Draw(t, "when")
	}
	return v.word(t)
}

// word is a name of something, a date, or some words.
func (v values) word(t *rapid.T) string {
	switch rapid.IntRange(0, 5).Draw(t, "word") {
	case 0, 1, 2:
		return rapid.SampledFrom(v.known).Draw(t, "known")
	case 3:
		return rapid.SampledFrom([]string{"2026-10-28", "2026-11-20", "2026-02-29", "2026-10", "13900000001", "general", "csv", "xlsx", "pdf", "zh", "en"}).Draw(t, "usual")
	case 4:
		return rapid.StringN(0, 30, 120).Draw(t, "letters")
	}
	return rapid.SampledFrom([]string{"护士站态度冷漠。", "同意。", "请尽快办理。"}).Draw(t, "said")
}

// odd is what no schema allows, or hardly one.
func (v values) odd(t *rapid.T) any {
	return rapid.SampledFrom([]any{nil, "", true, -1, 0, 1e300, 9007199254740993, []any{}, map[string]any{}, []any{nil, []any{map[string]any{"": nil}}},
		"\x00", "\u202e\u200f", "𝒳😀é", strings.Repeat("长", 3000), strings.Repeat("[", 200), "'; drop table report; --", "../../etc/passwd", "%00", "{{7*7}}", "-0", "1e9", "+5", "٣", "\n\r\t",
		"2026-13-45", "99999-01-01", "-2026-01-01", "*", "%", "_", "NEAR(a b)", "a* OR b", "\"", "\\", ",,,,", "&&", "//"}).Draw(t, "strange")
}
