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

// op is what a node does.
type op uint8

const (
	opText op = iota
	opWord
	opFresh
	opNumber
	opChoice
	opPiece
)

// node is one step of writing a template. It fills one cache line: a case
// visits a hundred of them, spread over all texts.
type node struct {
	text         string     // opText
	choices      []template // opChoice
	word         *word      // opWord, opFresh
	low, n, step int32      // opNumber: low + step × (0 … n-1)
	op           op
	column       uint8 // opWord, opFresh
	piece        piece // opPiece
}

// word is a list of values under one or several names. With several, a value
// has as many columns, and the choice is the same for all: a patient, the
// pronoun, the age.
type word struct {
	id     uint64 // tells its stream of numbers from those of other words
	scene  scenery
	values []value
}

// slot is a column of a word.
type slot struct {
	word   *word
	column uint8
}

// compiler knows the names that templates may use.
type compiler struct {
	slots  map[string]slot
	pieces map[string]piece
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
		if open > 0 {
			out = append(out, node{op: opText, text: source[:open]})
		}
		if open == len(source) {
			break
		}
		end := closing(source[open:])
		if end < 0 {
			return nil, fmt.Errorf("opening brace without a closing one in %q", source)
		}
		n, err := c.slot(source[open+1 : open+end])
		if err != nil {
			return nil, err
		}
		out = append(out, n)
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
func (c compiler) slot(body string) (node, error) {
	if parts := split(body, '|'); len(parts) > 1 {
		return c.choice(parts)
	}
	if n, ok := number(body); ok {
		return n, nil
	}
	if p, ok := c.pieces[body]; ok {
		return node{op: opPiece, piece: p}, nil
	}
	name, fresh := strings.CutSuffix(body, "~")
	s, ok := c.slots[name]
	if !ok {
		return node{}, fmt.Errorf("no word, number or piece is called {%s}", body)
	}
	n := node{op: opWord, word: s.word, column: s.column}
	if fresh {
		n.op = opFresh
	}
	return n, nil
}

func (c compiler) choice(parts []string) (node, error) {
	n := node{op: opChoice}
	for _, part := range parts {
		t, err := c.compile(part)
		if err != nil {
			return node{}, err
		}
		n.choices = append(n.choices, t)
	}
	return n, nil
}

// number reads "20-90" or "20-90/5".
func number(body string) (node, bool) {
	span, by, stepped := strings.Cut(body, "/")
	low, high, ranged := strings.Cut(span, "-")
	step := int64(1)
	var err error
	if stepped {
		if step, err = strconv.ParseInt(by, 10, 32); err != nil || step < 1 {
			return node{}, false
		}
	}
	from, err1 := strconv.ParseInt(low, 10, 32)
	to, err2 := strconv.ParseInt(high, 10, 32)
	if !ranged || err1 != nil || err2 != nil || to < from {
		return node{}, false
	}
	return node{op: opNumber, low: int32(from), n: int32((to-from)/step + 1), step: int32(step)}, true
}

// mentions reports whether t has the piece p outside of alternatives.
func (t template) mentions(p piece) bool {
	return slices.ContainsFunc(t, func(n node) bool { return n.op == opPiece && n.piece == p })
}

// words returns the words that t mentions, alternatives included.
func (t template) words(visit func(*word)) {
	for _, n := range t {
		if n.word != nil {
			visit(n.word)
		}
		for _, c := range n.choices {
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
