package story

import (
	"bufio"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

//go:embed text
var texts embed.FS

// piece names a part of a text that is looked up while writing.
type piece uint8

const (
	pHead  piece = iota // event: the matter in a few words
	pSay                // event: what happened
	pYes                // event: what the inquiry found, if it is true
	pNo                 // event or group: what it found, if it is not
	pMore               // leaf and group: a circumstance
	pWish               // leaf and group: what the person asks for
	pCause              // leaf and group: the root cause
	pFix                // leaf and group: a measure
	pOpen               // voice: how the person begins
	pFeel               // voice: what the person feels
	pClose              // voice: how the person ends
	pTitle              // the title, as it was written before
	pieces
)

// pieceNames are the names of pieces in templates.
func pieceNames() map[string]piece {
	return map[string]piece{
		"head": pHead, "say": pSay, "yes": pYes, "no": pNo, "more": pMore, "wish": pWish,
		"cause": pCause, "fix": pFix, "open": pOpen, "feel": pFeel, "close": pClose, "title": pTitle,
	}
}

// event is one thing that can happen, with everything that must agree.
type event struct {
	head, say, yes, no template
}

// cause is a root cause: its class and the sentence.
type cause struct {
	class Cause
	text  template
}

// turn is one line of a dialogue.
type turn struct {
	from Speaker
	text template
}

// theme is a leaf of the taxonomy, or what all leaves of a group share.
type theme struct {
	leaf   Leaf
	events []event
	// deniable are the events that say how they turn out untrue.
	deniable []event
	more     []template
	wish     []template
	fix      []template
	no       []template
	causes   []cause
	talks    [][]turn
}

// voice is a manner of writing.
type voice struct {
	weight int
	title  []template
	open   []template
	feel   []template
	close  []template
	shapes []template // repeated by their weight
	typos  int        // percent of texts with slips of the pen
	old    bool       // an old person writes
	bare   bool       // no punctuation
	shout  bool       // ends in exclamation marks
}

// answer is how an outcome is written up.
type answer struct {
	find   []template
	reply  []template
	steps  []template
	denies bool // it says why the matter is not true
}

// class is what the taxonomy calls a kind of demand, with everything that
// depends on it.
type class struct {
	voices   []*voice
	answers  map[Outcome]*answer
	outcomes []Outcome // repeated by their weight
	talks    [][]turn  // scripts of a whole dialogue; an empty one is silence
}

// book is every text, ready to be written from.
type book struct {
	compiler
	groups  map[string]*theme
	leaves  []*theme
	classes map[Kind]*class
	remarks map[Rating][]template
	slips   [][2]string
	cast    cast
}

// load reads every text. Words come first, because the others mention them.
func load(from fs.FS) (*book, error) {
	b := &book{
		compiler: newCompiler(),
		groups:   map[string]*theme{},
		classes:  map[Kind]*class{},
		remarks:  map[Rating][]template{},
	}
	if err := b.words(from); err != nil {
		return nil, err
	}
	names, err := fs.Glob(from, "text/*/*.txt")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := eachLine(from, name, (&section{book: b}).line); err != nil {
			return nil, err
		}
	}
	if err := b.inherit(); err != nil {
		return nil, err
	}
	return b, nil
}

// eachLine hands every line that is not empty and not a comment to read.
func eachLine(from fs.FS, name string, read func(string) error) error {
	f, err := from.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if err := read(line); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return lines.Err()
}

// words reads text/words.txt in two passes: names, then values, because
// values mention other names.
func (b *book) words(from fs.FS) error {
	var bodies []string
	var order []*word
	err := eachLine(from, "text/words.txt", func(line string) error {
		names, body, ok := strings.Cut(line, ": ")
		if !ok {
			return errors.New("expected “name: value | value”")
		}
		w := &word{id: uint64(len(order) + 1)}
		for i, name := range strings.Split(names, ",") {
			w.scene = max(w.scene, sceneries()[name])
			b.columns[name] = column{w, i}
		}
		order, bodies = append(order, w), append(bodies, body)
		return nil
	})
	if err != nil {
		return err
	}
	for i, w := range order {
		if err := b.values(w, bodies[i]); err != nil {
			return err
		}
	}
	for i, w := range order {
		if w.circular(map[*word]bool{}) {
			return fmt.Errorf("words.txt: word %d mentions itself: %s", i+1, bodies[i])
		}
	}
	b.cast, err = newCast(b.columns)
	return err
}

func (b *book) values(w *word, body string) error {
	columns := 0
	for _, source := range split(body, '|') {
		var row value
		for _, column := range split(source, ',') {
			t, err := b.compile(strings.TrimSpace(column))
			if err != nil {
				return fmt.Errorf("words.txt: %w", err)
			}
			row = append(row, t)
		}
		if columns == 0 {
			columns = len(row)
		}
		if len(row) != columns {
			return fmt.Errorf("words.txt: %q has %d columns instead of %d", source, len(row), columns)
		}
		w.values = append(w.values, row)
	}
	return nil
}

// section reads the lines of one file; the heading in brackets says what the
// following lines belong to.
type section struct {
	*book
	theme  *theme
	voice  *voice
	answer *answer
	class  *class
	rating Rating
}

func (s *section) line(line string) error {
	if strings.HasPrefix(line, "[") {
		return s.heading(strings.Fields(strings.Trim(line, "[]")))
	}
	key, text, ok := strings.Cut(line, " ")
	if !ok {
		return fmt.Errorf("expected “key text” and found %q", line)
	}
	switch {
	case s.theme != nil:
		return s.themeLine(key, text)
	case s.voice != nil:
		return s.voiceLine(key, text)
	case s.answer != nil:
		return s.answerLine(key, text)
	case s.class != nil:
		return s.classLine(key, text)
	case s.rating != "":
		return s.add(text, s.remark)
	}
	return s.slip(key, text)
}

// heading begins a section:
//
//	[A 投诉 服务态度]      a group: code, kind, name
//	[A01 冷漠生硬]         a leaf: code, name; the kind is that of its group
//	[G02 投诉 结算报销]    a leaf of another kind than its group
//	[voice 投诉 40]        a voice of a kind, with its weight
//	[reply 投诉 属实 45]   an outcome of a kind, with its weight
//	[talk 投诉]            dialogues of a kind
//	[remark 满意]          remarks at the call-back
//	[slips]                pairs of characters that people confuse
func (s *section) heading(words []string) error {
	*s = section{book: s.book}
	switch {
	case words[0] == "voice" && len(words) == 3:
		return s.beginVoice(Kind(words[1]), words[2])
	case words[0] == "reply" && len(words) == 4:
		return s.beginAnswer(Kind(words[1]), Outcome(words[2]), words[3])
	case words[0] == "talk" && len(words) == 2:
		s.class = s.classOf(Kind(words[1]))
	case words[0] == "remark" && len(words) == 2:
		s.rating = Rating(words[1])
	case words[0] == "slips":
	case len(words) == 3 && len(words[0]) == 1:
		s.beginTheme(words[0], Kind(words[1]), words[2])
		s.groups[words[0]] = s.theme
	case len(words) == 3:
		s.beginTheme(words[0], Kind(words[1]), words[2])
		s.leaves = append(s.leaves, s.theme)
	case len(words) == 2:
		s.beginTheme(words[0], "", words[1])
		s.leaves = append(s.leaves, s.theme)
	default:
		return fmt.Errorf("unknown heading %v", words)
	}
	return nil
}

func (s *section) beginTheme(code string, k Kind, name string) {
	s.theme = &theme{leaf: Leaf{Code: code, Group: code[:1], Kind: k, Name: name}}
}

func (b *book) classOf(k Kind) *class {
	c, ok := b.classes[k]
	if !ok {
		c = &class{answers: map[Outcome]*answer{}}
		b.classes[k] = c
	}
	return c
}

func (s *section) beginVoice(k Kind, weight string) error {
	n, err := strconv.Atoi(weight)
	s.voice = &voice{weight: n}
	c := s.classOf(k)
	for range n {
		c.voices = append(c.voices, s.voice)
	}
	return err
}

func (s *section) beginAnswer(k Kind, o Outcome, weight string) error {
	n, err := strconv.Atoi(weight)
	s.answer = &answer{}
	c := s.classOf(k)
	c.answers[o] = s.answer
	for range n {
		c.outcomes = append(c.outcomes, o)
	}
	return err
}

// add compiles text and hands it to keep.
func (b *book) add(text string, keep func(template)) error {
	t, err := b.compile(text)
	if err == nil {
		keep(t)
	}
	return err
}

// into returns a keeper that appends to list.
func into(list *[]template) func(template) {
	return func(t template) { *list = append(*list, t) }
}

func (s *section) remark(t template) { s.remarks[s.rating] = append(s.remarks[s.rating], t) }

func (s *section) slip(right, wrong string) error {
	if len(right) != len(wrong) {
		return fmt.Errorf("%s and %s differ in length", right, wrong)
	}
	s.slips = append(s.slips, [2]string{right, wrong})
	return nil
}
