package outline

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a place in a text, in characters; End is the first one behind it.
type Span struct{ Start, End int }

// Empty reports whether there is nothing at the place.
func (s Span) Empty() bool { return s.End <= s.Start }

// Length is how many characters stand at the place.
func (s Span) Length() int { return s.End - s.Start }

// Text is a text whose places are counted in characters.
type Text []rune

// At returns what stands at a place.
func (t Text) At(s Span) string { return string(t[s.Start:s.End]) }

// Trim takes white space off both ends of a place.
func (t Text) Trim(s Span) Span {
	for !s.Empty() && unicode.IsSpace(t[s.Start]) {
		s.Start++
	}
	for !s.Empty() && unicode.IsSpace(t[s.End-1]) {
		s.End--
	}
	return s
}

// Find returns where a pattern matches within a place: the whole and its groups,
// an empty span for a group that is not there; nil where it does not match.
func (t Text) Find(within Span, pattern *regexp.Regexp) []Span {
	all := t.FindAll(within, pattern, 1)
	if len(all) == 0 {
		return nil
	}
	return all[0]
}

// FindAll is Find for up to n matches, or all of them for a negative n.
func (t Text) FindAll(within Span, pattern *regexp.Regexp, n int) (found [][]Span) {
	if within.Empty() {
		return nil
	}
	text := t.At(within)
	runes := newRuler(text)
	for _, m := range pattern.FindAllStringSubmatchIndex(text, n) {
		spans := make([]Span, len(m)/2)
		for i := range spans {
			if m[2*i] >= 0 {
				spans[i] = Span{within.Start + runes.at(m[2*i]), within.Start + runes.at(m[2*i+1])}
			}
		}
		found = append(found, spans)
	}
	return found
}

// ruler turns places in bytes into places in characters. It walks from the place
// before, so that near places cost little: forwards, or back to the groups of a match.
type ruler struct {
	text        string
	bytes, char int
	walked      int // characters, there and back
}

func newRuler(text string) *ruler { return &ruler{text: text} }

func (r *ruler) at(b int) int {
	for r.bytes < b {
		_, n := utf8.DecodeRuneInString(r.text[r.bytes:])
		r.bytes, r.char, r.walked = r.bytes+n, r.char+1, r.walked+1
	}
	for r.bytes > b {
		_, n := utf8.DecodeLastRuneInString(r.text[:r.bytes])
		r.bytes, r.char, r.walked = r.bytes-n, r.char-1, r.walked+1
	}
	return r.char
}

// Heading is a numbered heading and what stands below it.
type Heading struct {
	Level    int // 1 for 一、, 2 for （一）, 3 for 1、, 4 for （1）
	Number   Span
	Value    int  // what the number says
	Title    Span // empty where there is none
	Body     Span // behind the title, up to the next heading of any level
	Whole    Span // from the number to the next heading of this level or above
	Children []*Heading
}

// Parse finds the headings of a part of a text. Those of the first level that it
// has are returned, whatever level that is.
func (t Text) Parse(within Span) []*Heading {
	marks := t.marks(within)
	heads := make([]*Heading, len(marks))
	for i, m := range marks {
		next := within.End
		if i+1 < len(marks) {
			next = marks[i+1].at.Start
		}
		h := &Heading{Level: m.level, Number: m.number, Value: m.value, Whole: Span{m.at.Start, within.End}}
		h.Title = t.title(Span{m.at.End, next}, m.level)
		h.Body = t.body(h.Title, Span{m.at.End, next})
		heads[i] = h
	}
	return nest(heads)
}

// nest hangs headings below those of the level above them.
func nest(heads []*Heading) (top []*Heading) {
	var open []*Heading
	for _, h := range heads {
		for len(open) > 0 && open[len(open)-1].Level >= h.Level {
			open[len(open)-1].Whole.End = h.Whole.Start
			open = open[:len(open)-1]
		}
		if len(open) == 0 {
			top = append(top, h)
		} else {
			above := open[len(open)-1]
			above.Children = append(above.Children, h)
		}
		open = append(open, h)
	}
	for i := len(open) - 2; i >= 0; i-- {
		open[i].Whole.End = open[i+1].Whole.End
	}
	return top
}

// body is what is left behind a title, without the mark that ends it.
func (t Text) body(title, rest Span) Span {
	if !title.Empty() {
		rest.Start = title.End
		if rest.Start < rest.End && strings.ContainsRune("。：:", t[rest.Start]) {
			rest.Start++
		}
	}
	return t.Trim(rest)
}
