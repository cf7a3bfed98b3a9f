package form

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// node is one object of a schema, read keyword by keyword. What nobody has read
// in the end is outside of the vocabulary.
type node struct {
	at   string // JSON pointer
	m    map[string]any
	read map[string]bool
	bad  *fault.Fields
}

// open returns the object of a value; false, with a complaint, where it is none.
func open(v any, at string, bad *fault.Fields) (node, bool) {
	m, ok := v.(map[string]any)
	bad.Refuse(!ok, pointer(at), saidObject)
	return node{at: at, m: m, read: map[string]bool{}, bad: bad}, ok
}

// pointer names a place; the whole document is "/".
func pointer(at string) string {
	if at == "" {
		return "/"
	}
	return at
}

// below is the place of a keyword.
func (n node) below(key string) string {
	return n.at + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
}

func (n node) has(key string) bool { _, ok := n.m[key]; return ok }

// refuse complains about a keyword.
func (n node) refuse(bad bool, key string, text i18n.Text, args ...any) {
	n.bad.Refuse(bad, n.below(key), text, args...)
}

// get reads a keyword as a T; the zero T where it is absent, or is no T, which is
// complained about.
func get[T any](n node, key string, said i18n.Text) (v T) {
	n.read[key] = true
	raw, there := n.m[key]
	if !there {
		return v
	}
	v, ok := raw.(T)
	n.refuse(!ok, key, said)
	return v
}

func (n node) text(key string) string           { return get[string](n, key, saidText) }
func (n node) flag(key string) bool             { return get[bool](n, key, saidFlag) }
func (n node) list(key string) []any            { return get[[]any](n, key, saidList) }
func (n node) object(key string) map[string]any { return get[map[string]any](n, key, saidObject) }

// strings reads a list of texts.
func (n node) strings(key string) []string {
	out := []string{}
	for _, v := range n.list(key) {
		s, ok := v.(string)
		n.refuse(!ok, key, saidTexts)
		out = append(out, s)
	}
	return out
}

// integer reads a whole number between two others; usual where it is absent.
func (n node) integer(key string, usual, least, most int) int {
	d := n.decimal(key, Decimal(usual)*Scale)
	i, ok := d.whole()
	if !ok || i < int64(least) || i > int64(most) {
		n.refuse(true, key, saidBetween, least, most)
		return usual
	}
	return int(i)
}

// decimal reads a number; usual where it is absent.
func (n node) decimal(key string, usual Decimal) Decimal {
	n.read[key] = true
	raw, there := n.m[key]
	if !there {
		return usual
	}
	d, is := decimalOf(raw)
	n.refuse(is != sound, key, saidNumber)
	if is != sound {
		return usual
	}
	return d
}

// words reads a text in both languages.
func (n node) words(key string, most int, needed bool) i18n.Text {
	n.read[key] = true
	raw, there := n.m[key]
	if !there {
		n.refuse(needed, key, saidWords)
		return i18n.Text{}
	}
	w, ok := open(raw, n.below(key), n.bad)
	if !ok {
		return i18n.Text{}
	}
	t := w.label(most)
	w.close(nil)
	return t
}

// label reads the two languages of an object.
func (n node) label(most int) i18n.Text {
	t := i18n.T(trim(n.text("zh")), trim(n.text("en")))
	n.bad.Refuse(t.ZH == "" || t.EN == "", n.at, saidWords)
	for _, s := range []string{t.ZH, t.EN} {
		n.bad.Refuse(utf8.RuneCountInString(s) > most, n.at, saidTooLong, most)
		n.bad.Refuse(strings.ContainsRune(s, 0), n.at, saidControl)
	}
	return t
}

// close complains about what nobody read: keywords that follow from others must
// say what follows, all else is outside of the vocabulary.
func (n node) close(follows map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(n.m)) {
		want, derived := follows[key]
		switch {
		case n.read[key]:
		case derived:
			n.refuse(!reflect.DeepEqual(n.m[key], want), key, saidFollows, compact(want))
		default:
			known := slices.Sorted(maps.Keys(n.read))
			n.refuse(true, key, saidUnknown, i18n.T(strings.Join(known, "、"), strings.Join(known, ", ")))
		}
	}
}

// compact writes a value of JSON for a complaint, no longer than is read.
func compact(v any) string {
	text, err := json.Marshal(v)
	if err != nil || len(text) > 200 {
		return "…"
	}
	return string(text)
}
