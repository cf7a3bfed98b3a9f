package story

import (
	"sync"
	"time"
)

// Kind is a kind of demand, in the words of the hotlines.
type Kind string

// The kinds of demand that stories are told about.
const (
	Complaint  Kind = "投诉"
	Clue       Kind = "举报"
	Question   Kind = "咨询"
	Suggestion Kind = "建议"
	Praise     Kind = "表扬"
)

// Outcome is how a case ends.
type Outcome string

// The outcomes. A kind has some of them: Generator.Outcomes.
const (
	True      Outcome = "属实"
	Partly    Outcome = "部分属实"
	Untrue    Outcome = "不属实"
	Unproven  Outcome = "无法核实"
	Explained Outcome = "已解释"
	Solved    Outcome = "已解决"
)

// Rating is what the person says at the call-back.
type Rating string

// The ratings.
const (
	Content Rating = "满意"
	Fair    Rating = "基本满意"
	Unhappy Rating = "不满意"
)

// Cause is the class of a root cause.
type Cause string

// Speaker is who says a line of a dialogue.
type Speaker uint8

// The speakers.
const (
	Handler Speaker = iota
	Reporter
)

// Line is one message between the handler and the person.
type Line struct {
	From Speaker
	Text string
}

// Leaf is a category of the taxonomy: Code is the letter of its group and its
// number in it, "A01".
type Leaf struct {
	Code, Name       string
	Group, GroupName string
	Kind             Kind
}

// Scene is where a case happens. What is empty is made up.
type Scene struct {
	Institution string
	Department  string
	Place       string
	Person      string    // who is complained of or praised, as people say it: "周医生"
	On          time.Time // the day that the narrative may name
}

// Ask says which case to tell.
type Ask struct {
	Leaf    string // a leaf's code or name, or the letter of a group for any of its leaves
	Number  uint64 // tells the cases of a generator apart
	Scene   Scene
	Outcome Outcome // empty: the story decides
	Rating  Rating  // empty: the story decides, by the outcome
}

// Case is a complaint from the first word to the call-back. Its texts agree
// with each other: names, amounts and what turned out.
type Case struct {
	Leaf      Leaf
	Outcome   Outcome
	Rating    Rating
	Title     string // 3 to MaxTitle characters
	Narrative string // MinNarrative to MaxNarrative characters
	Wish      string // what the person asks for
	Finding   string // what the inquiry found, for the file
	Cause     Cause
	RootCause string // why it happened
	Measures  string // what was done about it
	Reply     string // what the handler tells the person
	Dialogue  []Line // may be empty
	// CallbackRemark is what the person says about the handling.
	CallbackRemark string
}

// The bounds of a narrative and of a title, in characters.
const (
	MinNarrative = 15
	MaxNarrative = 600
	MaxTitle     = 60
)

// Generator tells the cases of one imagined city. It may be used by many
// goroutines at once.
type Generator struct {
	seed   uint64
	book   *book
	themes map[string][]*theme
	desks  sync.Pool // of *writer
}

// New reads the texts and returns the generator of that seed. It fails only
// if the embedded texts are broken, which the tests exclude.
func New(seed uint64) (*Generator, error) {
	b, err := load(texts)
	if err != nil {
		return nil, err
	}
	g := &Generator{seed: seed, book: b, themes: map[string][]*theme{}}
	g.desks.New = func() any { return &writer{buf: make([]byte, 0, 8192)} }
	for _, t := range b.leaves {
		for _, key := range []string{t.leaf.Code, t.leaf.Name, t.leaf.Group} {
			g.themes[key] = append(g.themes[key], t)
		}
	}
	return g, nil
}

// Leaves returns every leaf, in the order of the taxonomy.
func (g *Generator) Leaves() []Leaf {
	out := make([]Leaf, len(g.book.leaves))
	for i, t := range g.book.leaves {
		out[i] = t.leaf
	}
	return out
}

// Outcomes returns the outcomes that a kind can have.
func (g *Generator) Outcomes(k Kind) []Outcome {
	var out []Outcome
	for _, o := range []Outcome{True, Partly, Untrue, Unproven, Explained, Solved} {
		if c := g.book.classes[k]; c != nil && c.answers[o] != nil {
			out = append(out, o)
		}
	}
	return out
}
