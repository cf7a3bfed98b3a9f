package figure

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
)

// Way is how a figure counts.
type Way string

// The ways to count.
const (
	Count  Way = "count"  // rows
	Sum    Way = "sum"    // their amounts
	Things Way = "things" // different things
	Share  Way = "share"  // what one figure is of another
)

// Source is rows that can be counted.
type Source struct {
	Name string // "problems"
	// Rows is a select statement without arguments; see the package for its columns.
	Rows string
	// Lasting rows are from at until until; others happen at an instant.
	Lasting bool
	// Told is a condition on the columns of the source, without arguments: the rows
	// that count at the node of a unit, where its own people read; empty: all.
	Told string
	Dims []Dim
	See  authz.Permission // who may read figures and rows at a node
	Link string           // page of the console that shows a record: "/rectify/{record}"
	// Visible returns those of some records that the actor of ctx may see; nil: all
	// of them. It narrows lists of rows, not numbers.
	Visible func(ctx context.Context, r db.Reader, records []string) ([]string, error)
}

// Dim is a dimension by which rows are narrowed.
type Dim struct {
	Name string    `json:"name" doc:"Column of the source."`
	Text i18n.Text `json:"text"`
}

// Figure is a number with a name.
type Figure struct {
	Name  string    `json:"name" example:"rectify.found"`
	Text  i18n.Text `json:"text"`
	Unit  i18n.Text `json:"unit" doc:"个, 家, 户次, 元; % of a share."`
	Basis i18n.Text `json:"basis" doc:"What is counted, and by which time."`
	Way   Way       `json:"way" enum:"count,sum,things,share"`
	Money bool      `json:"money" doc:"In 分."`
	// Part and Whole are the figures of a share.
	Part  string `json:"part,omitempty"`
	Whole string `json:"whole,omitempty"`

	Source *Source `json:"-"`
	// Where is a condition on the columns of the source, without arguments.
	Where string `json:"-"`
	// Settings are the keys on which the number depends.
	Settings []string `json:"-"`
}

// Period is a span of time: [From, Until).
type Period struct {
	From  time.Time `json:"from"`
	Until time.Time `json:"until"`
}

// Value is what a figure came to.
type Value struct {
	Number int64 `json:"number"`
	// Among is the denominator of a share.
	Among int64 `json:"among,omitempty"`
}

// Narrow says which rows count: those at or below a node, with some values in
// some dimensions. A source that lacks a dimension has no such rows to tell
// apart: asking for it is refused.
type Narrow struct {
	Path string
	Dims map[string][]string
}

// Book is all figures that modules publish.
type Book struct {
	figures map[string]Figure
	order   []string
}

// NewBook returns an empty book.
func NewBook() *Book { return &Book{figures: map[string]Figure{}} }

// Publish adds figures. Shares stand after what they are shares of.
func (b *Book) Publish(list ...Figure) {
	for _, f := range list {
		if wrong := b.wrong(f); wrong != "" {
			panic("figure " + f.Name + ": " + wrong)
		}
		b.figures[f.Name], b.order = f, append(b.order, f.Name)
	}
}

// wrong says what is amiss with a figure, or nothing.
func (b *Book) wrong(f Figure) string {
	_, twice := b.figures[f.Name]
	_, part := b.figures[f.Part]
	_, whole := b.figures[f.Whole]
	switch {
	case f.Name == "" || twice:
		return "no name, or one that is taken"
	case f.Text.ZH == "" || f.Text.EN == "" || f.Unit.ZH == "" || f.Unit.EN == "" || f.Basis.ZH == "" || f.Basis.EN == "":
		return "no text, unit or basis in both languages"
	case f.Way == Share && (!part || !whole || b.figures[f.Part].Way == Share || b.figures[f.Whole].Way == Share):
		return "a share of what is no figure"
	case f.Way != Share && (f.Source == nil || f.Source.Rows == "" || f.Source.See == ""):
		return "no source"
	case !slices.Contains([]Way{Count, Sum, Things, Share}, f.Way):
		return "counts in no known way"
	}
	return ""
}

// Known returns every figure, in the order in which they were published.
func (b *Book) Known() []Figure {
	list := make([]Figure, len(b.order))
	for i, name := range b.order {
		list[i] = b.figures[name]
	}
	return list
}

// Find returns a figure by its name.
func (b *Book) Find(name string) (Figure, bool) {
	f, ok := b.figures[name]
	return f, ok
}

// sources returns the sources of a figure: one, or the two of a share.
func (b *Book) sources(f Figure) []*Source {
	if f.Way == Share {
		return []*Source{b.figures[f.Part].Source, b.figures[f.Whole].Source}
	}
	return []*Source{f.Source}
}

// May reports whether an actor may read a figure at a node.
func (b *Book) May(a authz.Actor, f Figure, path string) bool {
	return !slices.ContainsFunc(b.sources(f), func(s *Source) bool { return !a.Covers(s.See, path) })
}

// has reports whether every dimension of a narrowing is one of the source.
func (s *Source) has(n Narrow) bool {
	for name := range n.Dims {
		if !slices.ContainsFunc(s.Dims, func(d Dim) bool { return d.Name == name }) {
			return false
		}
	}
	return true
}
