package story

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A template is text with slots in braces:
//
//	{科}        a word of that name; the same in every text of one case
//	{科~}       a word of that name, thrown anew
//	{20-90}     a number; {20-90/5} in steps of five
//	{真的||太}  one of the alternatives, which may be empty or hold slots
//	{say}       a piece of the event, the leaf, the voice or the reply
//
// The source of the syntax is this file alone; story_test.go proves that every
// text compiles.
type template []node

// node is plain text and the slot after it, if there is one.
type node struct {
	text string
	slot *slot
}

// op is what a slot is filled with.
type op uint8

const (
	opWord op = iota
	opFresh
	opNumber
	opChoice
	opPiece
)

// slot is what stands between braces. Equal slots are one slot: there are few
// of them, and a case visits a hundred.
type slot struct {
	op           op
	column       int // opWord, opFresh
	piece        piece
	word         *word      // opWord, opFresh
	choices      []template // opChoice
	low, n, step int        // opNumber: low + step × (0 … n-1)
}

// word is a list of values under one or several names. With several, a value
// has as many columns, and the choice is the same for all: a patient, the
// pronoun, the age.
type word struct {
	id     uint64 // tells its stream of numbers from those of other words
	scene  scenery
	values []value
}

// column is a column of a word.
type column struct {
	word  *word
	index int
}

// compiler knows the names that templates may use, and the slots that it has
// compiled.
type compiler struct {
	columns map[string]column
	pieces  map[string]piece
	slots   map[string]*slot
}

func newCompiler() compiler {
	return compiler{columns: map[string]column{}, pieces: pieceNames(), slots: map[string]*slot{}}
}

// compile reads source as a template.
func (c compiler) compile(source string) (template, error) {
	var out template
	for source != "" {
		open := strings.IndexByte(source, '{')
		if open < 0 {
			open = len(source)
		}
		if strings.IndexByte(source[:open], '}') >= 0 {
			return nil, fmt.Errorf("closing brace without an opening one in %q", source)
		}
		if open == len(source) {
			return append(out, node{text: source}), nil
		}
		end := closing(source[open:])
		if end < 0 {
			return nil, fmt.Errorf("opening brace without a closing one in %q", source)
		}
		s, err := c.slot(source[open+1 : open+end])
		if err != nil {
			return nil, err
		}
		out = append(out, node{source[:open], s})
		source = source[open+end+1:]
	}
	return out, nil
}

// closing returns the place of the brace that closes the one s begins with.
func closing(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// split cuts s at sep where no brace is open.
func split(s string, sep byte) []string {
	var out []string
	depth, start := 0, 0
	for i := range len(s) {
		switch {
		case s[i] == '{':
			depth++
		case s[i] == '}':
			depth--
		case s[i] == sep && depth == 0:
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[start:])
}

// slot compiles what stands between braces.
func (c compiler) slot(body string) (*slot, error) {
	if s, ok := c.slots[body]; ok {
		return s, nil
	}
	s, err := c.newSlot(body)
	if err == nil {
		c.slots[body] = s
	}
	return s, err
}

func (c compiler) newSlot(body string) (*slot, error) {
	if parts := split(body, '|'); len(parts) > 1 {
		return c.choice(parts)
	}
	if s, ok := number(body); ok {
		return s, nil
	}
	if p, ok := c.pieces[body]; ok {
		return &slot{op: opPiece, piece: p}, nil
	}
	name, fresh := strings.CutSuffix(body, "~")
	at, ok := c.columns[name]
	if !ok {
		return nil, fmt.Errorf("no word, number or piece is called {%s}", body)
	}
	s := &slot{op: opWord, word: at.word, column: at.index}
	if fresh {
		s.op = opFresh
	}
	return s, nil
}

func (c compiler) choice(parts []string) (*slot, error) {
	s := &slot{op: opChoice}
	for _, part := range parts {
		t, err := c.compile(part)
		if err != nil {
			return nil, err
		}
		s.choices = append(s.choices, t)
	}
	return s, nil
}

// number reads "20-90" or "20-90/5".
func number(body string) (*slot, bool) {
	span, by, stepped := strings.Cut(body, "/")
	low, high, ranged := strings.Cut(span, "-")
	step := 1
	var err error
	if stepped {
		if step, err = strconv.Atoi(by); err != nil || step < 1 {
			return nil, false
		}
	}
	from, err1 := strconv.Atoi(low)
	to, err2 := strconv.Atoi(high)
	if !ranged || err1 != nil || err2 != nil || to < from {
		return nil, false
	}
	return &slot{op: opNumber, low: from, n: (to-from)/step + 1, step: step}, true
}

// mentions reports whether t has the piece p outside of alternatives.
func (t template) mentions(p piece) bool {
	return slices.ContainsFunc(t, func(n node) bool { return n.slot != nil && n.slot.op == opPiece && n.slot.piece == p })
}

// words visits the words that t mentions, alternatives included.
func (t template) words(visit func(*word)) {
	for _, n := range t {
		if n.slot == nil {
			continue
		}
		if n.slot.word != nil {
			visit(n.slot.word)
		}
		for _, c := range n.slot.choices {
			c.words(visit)
		}
	}
}

// circular reports whether w mentions itself, over however many others.
func (w *word) circular(path map[*word]bool) bool {
	if path[w] {
		return true
	}
	path[w] = true
	defer delete(path, w)
	found := false
	for _, v := range w.values {
		for _, column := range v {
			column.words(func(inner *word) { found = found || inner.circular(path) })
		}
	}
	return found
}
