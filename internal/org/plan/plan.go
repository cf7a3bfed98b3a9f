package plan

import (
	"fmt"

	"qingfeng/internal/kit/outline"
)

// Plan is what a document says of one campaign. A null or missing value is one
// that it does not say. Spans has the place of each value in the characters of
// the source, by JSON pointer (RFC 6901).
type Plan struct {
	Title      *string         `json:"title"`
	DocNumber  *string         `json:"doc_number"`
	Issuer     *string         `json:"issuer"`
	Goal       *string         `json:"goal"`
	Scope      []string        `json:"scope"`
	Tasks      []Task          `json:"tasks"`
	Stages     []Stage         `json:"stages"`
	Milestones []Milestone     `json:"milestones"`
	Reports    []Report        `json:"reports"`
	Leaders    []Leader        `json:"leaders"`
	Doubts     []Doubt         `json:"doubts"`
	Spans      map[string]Span `json:"spans"`
}

// Task is an item of the table of responsibilities.
type Task struct {
	Group  *string  `json:"group"` // title of the heading above, where there is one
	Number *string  `json:"number"`
	Title  *string  `json:"title"`
	Text   *string  `json:"text"`
	Units  []string `json:"units"`
	Lead   *string  `json:"lead"`
}

// Stage is a stage; its dates are days or months (2026-07-28, 2026-07).
type Stage struct {
	Number *string `json:"number"`
	Title  *string `json:"title"`
	Start  *string `json:"start"`
	End    *string `json:"end"`
	Text   *string `json:"text"`
}

// Milestone is a share of institutions, in percent, to be reached.
type Milestone struct {
	Percent float64 `json:"percent"`
	Kind    *string `json:"kind"`
	Due     *string `json:"due"`
	Text    *string `json:"text"`
}

// Report is something to be sent.
type Report struct {
	Due  *string `json:"due"`
	Text *string `json:"text"`
}

// Leader is somebody of the leading group.
type Leader struct {
	Role *string `json:"role"`
	Name *string `json:"name"`
}

// Doubt is what the document says and no calendar has (2018年2月29日): the
// value of its pointer stays null, and somebody must ask whoever wrote it.
type Doubt struct {
	Pointer string `json:"pointer"`
	Text    string `json:"text"`
	At      Span   `json:"at"`
}

// Span is a place in the source: the first character, and the one behind the last.
type Span [2]int

// Said is a text, or nothing where the document does not say it.
func Said(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// Bounds of what is read. A document beyond them says more than any campaign takes,
// and one sentence of it may be copied into each of its items.
const (
	mostItems       = 500  // tasks, shares, reports or people
	mostUnits       = 50   // of a task
	longestSentence = 5000 // characters of one that speaks of shares or reports
	longestUnits    = 2000 // characters of who is responsible for a task
	longestRole     = 50
	nearRole        = 12 // how far before a role is looked for what it begins behind
)

// reading is a plan on its way out of a text.
type reading struct {
	text  outline.Text
	whole outline.Span // of this plan
	heads []*outline.Heading
	plan  Plan
}

// take keeps what stands at a place as a value; nil where nothing does.
func (r *reading) take(at outline.Span, pointer string, parts ...any) *string {
	at = r.text.Trim(at)
	if at.Empty() {
		return nil
	}
	return r.keep(r.text.At(at), at, pointer, parts...)
}

// keep keeps a value that a place says in other letters.
func (r *reading) keep(value string, at outline.Span, pointer string, parts ...any) *string {
	r.plan.Spans[fmt.Sprintf(pointer, parts...)] = Span{at.Start, at.End}
	return &value
}

// forget leaves out the places of a task that turned out to be none.
func (r *reading) forget(task int) {
	for _, of := range [...]string{"number", "title", "text", "lead"} {
		delete(r.plan.Spans, fmt.Sprintf("/tasks/%d/%s", task, of))
	}
	for unit := range mostUnits {
		delete(r.plan.Spans, fmt.Sprintf("/tasks/%d/units/%d", task, unit))
	}
}
